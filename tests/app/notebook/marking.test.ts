import { describe, expect, test } from "vitest";
import { type Cell, newCell, type Notebook } from "../../../app/notebook/document.ts";
import { applyEdit } from "../../../app/notebook/edits.ts";
import { type Role, roleOf, roles, rolesFor, withRole } from "../../../app/notebook/marking.ts";

const [first, second, text]: [Cell, Cell, Cell] = [
  newCell("code", "1"),
  newCell("code", "2", { tags: ["auto"] }),
  newCell("markdown", "words"),
];
const notebook: Notebook = { cells: [first, second, text], metadata: {} };

function mark(given: Notebook, cell: Cell, role: Role | null): Notebook {
  const marked = withRole(given, cell.id, role);
  if (marked.kind === "refused") throw new Error(marked.reason);
  return applyEdit(given, marked.edit).notebook;
}

describe("withRole()", () => {
  test("gives each role, reads it back, and keeps other tags", () => {
    const exercise = mark(notebook, first, "exercise");
    for (const { role } of roles.filter(({ type }) => type !== "markdown")) {
      const cell = mark(exercise, second, role).cells[1];
      expect(cell && roleOf(cell)).toBe(role);
      expect(cell?.metadata["tags"]).toContain("auto");
    }
  });

  test("ties a part to the nearest exercise above, and lets go of it with the role", () => {
    const exercise = mark(notebook, first, "exercise");
    const hint = mark(exercise, text, "hint");
    expect(hint.cells[2]?.metadata).toEqual({ tags: ["hint"], for: first.id });
    expect(mark(hint, text, null).cells[2]?.metadata).toEqual({});
    expect(mark(mark(exercise, second, "check"), second, "setup").cells[1]?.metadata).toEqual({
      tags: ["setup", "auto"],
    });
  });

  test("says what is missing where there is no exercise above", () => {
    expect(withRole(notebook, second.id, "hidden check")).toEqual({
      kind: "refused",
      reason: "A hidden check belongs to an exercise: mark a cell above it as Exercise first.",
    });
    expect(withRole(notebook, newCell("code").id, "setup")).toMatchObject({ kind: "refused" });
  });
});

test("rolesFor() offers a text cell a hint and a quiz, and code the rest", () => {
  expect(rolesFor(text).map(({ role }) => role)).toEqual(["hint", "quiz"]);
  expect(rolesFor(first).map(({ role }) => role)).not.toContain("quiz");
});
