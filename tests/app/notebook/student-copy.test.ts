import { describe, expect, test } from "vitest";
import { printIpynb } from "../../../app/formats/ipynb.ts";
import type { Notebook } from "../../../app/notebook/document.ts";
import { starterOf } from "../../../app/notebook/exercises.ts";
import { isStudentCopy, studentCopy } from "../../../app/notebook/student-copy.ts";
import { lessonCells } from "./lesson.fixture.ts";

const notebook: Notebook = {
  metadata: { title: "Knobs", descent: { cdn: "x" } },
  cells: lessonCells,
};

describe("studentCopy()", () => {
  const copy = studentCopy(notebook);

  test("leaves no word of a solution or a hidden check in the file", () => {
    const text = printIpynb(copy);
    for (const secret of ["const answer = 1;", "2 - 1", "below(2)", "ex-solution", "ex-secret"]) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain("expect(answer).equal(1);");
    expect(text).toContain("Look there.");
  });

  test("says what it is, and what each exercise began with", () => {
    expect(isStudentCopy(copy)).toBe(true);
    expect(isStudentCopy(notebook)).toBe(false);
    expect(copy.metadata["descent"]).toEqual({ cdn: "x", student: true });
    const exercise = copy.cells.find(({ id }) => id === "ex");
    expect(exercise && starterOf(exercise)).toBe("const answer = 0;");
  });

  test("asks what its author was asked: a guess that was made is open again", () => {
    const made = lessonCells.map((cell) =>
      cell.id === "guess" ? { ...cell, source: cell.source.replace("?", "left") } : cell,
    );
    expect(studentCopy({ ...notebook, cells: made }).cells).toEqual(copy.cells);
  });

  test("leaves the notebook itself as it was", () => {
    expect(notebook.cells).toHaveLength(13);
    expect(studentCopy(copy).cells).toEqual(copy.cells);
  });
});
