import { describe, expect, test } from "vitest";
import { newCell, type Notebook } from "../../../app/notebook/document.ts";
import { cellsInColumn, partsOf, starterOf } from "../../../app/notebook/exercises.ts";
import type { CellId } from "../../../kernel/protocol.ts";
import { lessonCells } from "./lesson.fixture.ts";

const notebook: Notebook = { metadata: {}, cells: lessonCells };
const idsOf = (cells: readonly { readonly id: string }[]) => cells.map(({ id }) => id);

describe("partsOf()", () => {
  test("gives checks, hints and solutions in the order of the notebook", () => {
    const { checks, hints, solutions } = partsOf(notebook, "ex" as CellId);
    expect(idsOf(checks)).toEqual(["ex-check", "ex-secret"]);
    expect(idsOf(hints)).toEqual(["ex-hint", "ex-hint-2"]);
    expect(idsOf(solutions)).toEqual(["ex-solution", "ex-other"]);
  });

  test("gives nothing of a cell that is no exercise's", () => {
    expect(partsOf(notebook, "run" as CellId)).toEqual({ checks: [], hints: [], solutions: [] });
  });
});

describe("cellsInColumn()", () => {
  test("shows an author everything, and a student no part of an exercise", () => {
    expect(cellsInColumn(notebook, "author")).toBe(notebook.cells);
    expect(idsOf(cellsInColumn(notebook, "student"))).toEqual([
      "opening",
      "setup",
      "guess",
      "run",
      "turn",
      "ex",
      "recap",
    ]);
  });

  test("keeps parts in the column whose exercise is gone", () => {
    const cells = notebook.cells.filter(({ id }) => id !== "ex");
    expect(idsOf(cellsInColumn({ ...notebook, cells }, "student"))).toContain("ex-hint");
  });
});

test("starterOf() reads what a student's file says, and null elsewhere", () => {
  const cell = newCell("code", "mine", { descent: { starter: "const a = 0;" } });
  expect(starterOf(cell)).toBe("const a = 0;");
  expect(starterOf(newCell("code", "mine", { descent: { starter: 7 } }))).toBeNull();
});
