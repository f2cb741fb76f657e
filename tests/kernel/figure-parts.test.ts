import { expect, test } from "vitest";
import { parseFigureParts } from "../../kernel/figure-parts.ts";

const button = { kind: "button", id: "c/Pin", slot: 3, label: "Pin", answers: false, value: 0 };

test("parseFigureParts() keeps controls and sentences, and leaves out what is neither", () => {
  expect(parseFigureParts({ controls: [button, { kind: "lever" }, 7], notes: ["a", 7] })).toEqual({
    controls: [button],
    notes: ["a"],
  });
});

test("parseFigureParts() finds nothing in what is no such thing", () => {
  for (const value of [undefined, null, 7, "text", [], { controls: "all", notes: {} }])
    expect(parseFigureParts(value)).toEqual({ controls: [], notes: [] });
});

test("parseFigureParts() takes 16 of each at the most", () => {
  const many = Array.from({ length: 1000 }, () => "note");
  expect(parseFigureParts({ notes: many }).notes).toHaveLength(16);
});
