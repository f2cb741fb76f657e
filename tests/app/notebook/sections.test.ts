import { describe, expect, test } from "vitest";
import type { Cell, Notebook } from "../../../app/notebook/document.ts";
import { noLearning } from "../../../app/notebook/learning.ts";
import { type Done, progressOf, sectionsOf } from "../../../app/notebook/sections.ts";
import type { CellId } from "../../../kernel/protocol.ts";
import { lessonCells } from "./lesson.fixture.ts";

const notebook: Notebook = { metadata: { title: "Knobs" }, cells: lessonCells };
const id = (name: string) => name as CellId;
const done = (ran: readonly string[], learning: Partial<Done["learning"]> = {}): Done => ({
  learning: { ...noLearning, ...learning },
  hasRun: (cell) => ran.includes(cell),
});

describe("sectionsOf()", () => {
  test("begins one at each heading, with its words and what there is to do", () => {
    expect(sectionsOf(notebook)).toEqual([
      { id: "opening", title: "Turn the knobs", acts: ["guess", "run"] },
      { id: "turn", title: "Your turn", acts: ["ex"] },
      { id: "recap", title: "What you take along", acts: [] },
    ]);
  });

  test("names what stands before the first heading after the notebook", () => {
    const [first] = sectionsOf({ ...notebook, cells: lessonCells.slice(1) });
    expect(first).toMatchObject({ id: "setup", title: "Knobs" });
  });

  test("takes a heading of the third level for a part of its section", () => {
    const cells = lessonCells.map((cell) => ({
      ...cell,
      source: cell.source.replace("## ", "### "),
    }));
    expect(sectionsOf({ ...notebook, cells })).toHaveLength(1);
  });
});

describe("progressOf()", () => {
  test("counts a section when all in it has run, and one to read when it was seen", () => {
    expect(progressOf(notebook, done([]))).toEqual({ done: 0, total: 3 });
    expect(progressOf(notebook, done(["guess"]))).toEqual({ done: 0, total: 3 });
    expect(progressOf(notebook, done(["guess", "run"]))).toEqual({ done: 1, total: 3 });
    const seen = done(["guess", "run"], { seen: [id("recap")] });
    expect(progressOf(notebook, seen)).toEqual({ done: 2, total: 3 });
  });

  test("counts an exercise by its check, not by its run", () => {
    expect(progressOf(notebook, done(["ex"])).done).toBe(0);
    expect(progressOf(notebook, done([], { solved: [id("ex")] })).done).toBe(1);
  });

  test("counts a section with questions when the last of them has its right answer", () => {
    const quiz: Cell = {
      id: id("quiz"),
      type: "markdown",
      source: "### Two\n\nOne?\n\n- [x] Yes.\n- [ ] No.\n\nTwo?\n\n- [ ] Yes.\n- [x] No.",
      metadata: { tags: ["quiz"] },
    };
    const asking = { ...notebook, cells: [...lessonCells, quiz] };
    const doneAfter = (chosen: Record<string, number>) =>
      progressOf(asking, done([], { seen: [id("recap")], chosen })).done;
    expect(doneAfter({})).toBe(0);
    expect(doneAfter({ "quiz/0": 0, "quiz/1": 0 })).toBe(0);
    expect(doneAfter({ "quiz/0": 0, "quiz/1": 1 })).toBe(1);
  });
});
