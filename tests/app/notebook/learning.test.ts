import { expect, test } from "vitest";
import { marked, noLearning, parseLearning } from "../../../app/notebook/learning.ts";
import type { CellId } from "../../../kernel/protocol.ts";

const id = (name: string) => name as CellId;

test("marked() counts a cell once, and changes nothing the second time", () => {
  const once = marked(noLearning, "solved", id("ex"));
  expect(once.solved).toEqual(["ex"]);
  expect(marked(once, "solved", id("ex"))).toBe(once);
});

test("parseLearning() reads what was kept", () => {
  const kept = {
    place: id("a"),
    seen: [id("a")],
    solved: [id("b")],
    hints: { b: 2 },
    chosen: { "quiz/0": 1 },
  };
  expect(parseLearning(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test("parseLearning() believes nothing that makes no sense", () => {
  expect(parseLearning(undefined)).toEqual(noLearning);
  const odd = {
    place: 7,
    seen: ["a", "a", "no id!", 3],
    solved: "all",
    hints: { a: -1, b: 0.5, c: 1 },
    chosen: [1],
  };
  expect(parseLearning(odd)).toEqual({ ...noLearning, seen: ["a"], hints: { c: 1 } });
});
