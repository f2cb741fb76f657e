import { describe, expect, test } from "vitest";
import type { Cell, CellType, Notebook } from "../../../app/notebook/document.ts";
import { applyEdit, type Edit } from "../../../app/notebook/edits.ts";
import {
  insertBefore,
  mergeCells,
  moveCells,
  pasteAfter,
  removeCells,
  setHeadings,
  setTypes,
  splitCell,
} from "../../../app/notebook/restructure.ts";
import type { CellId } from "../../../kernel/protocol.ts";

const cell = (id: string, source = id, type: CellType = "code"): Cell => ({
  id: id as CellId,
  type,
  source,
  metadata: {},
});
const abcd: Notebook = { cells: ["a", "b", "c", "d"].map((id) => cell(id)), metadata: {} };
const ids = (...names: string[]): CellId[] => names as CellId[];

function after(notebook: Notebook, edit: Edit | null): Notebook {
  if (edit === null) throw new Error("wanted an edit");
  return applyEdit(notebook, edit).notebook;
}
const order = (notebook: Notebook): string => notebook.cells.map(({ id }) => id).join("");
const sources = (notebook: Notebook): string[] => notebook.cells.map(({ source }) => source);

describe("restructure", () => {
  test.each([
    ["up", ids("c"), "acbd"],
    ["down", ids("b"), "acbd"],
    ["up", ids("b", "c"), "bcad"],
    ["down", ids("b", "c"), "adbc"],
    ["up", ids("d", "b"), "bdac"],
    ["down", ids("a", "c"), "bdac"],
  ] as const)("moveCells() %s of %s keeps their order", (direction, moved, expected) => {
    expect(order(after(abcd, moveCells(abcd, moved, direction)))).toBe(expected);
  });

  test("moveCells() at the edge has nothing to do", () => {
    expect(moveCells(abcd, ids("a", "c"), "up")).toBeNull();
    expect(moveCells(abcd, ids("d"), "down")).toBeNull();
  });

  test.each([
    [[2], ["ab", "cd"]],
    [[0], ["", "abcd"]],
    [[4], ["abcd", ""]],
    [
      [1, 3],
      ["a", "bc", "d"],
    ],
  ])("splitCell() at %j cuts the text there", (offsets, expected) => {
    const one = { cells: [cell("a", "abcd")], metadata: {} };
    expect(sources(after(one, splitCell(one, "a" as CellId, offsets)))).toEqual(expected);
  });

  test.each([3, 4, 5])("splitCell() at line breaks (offset %i) swallows them", (offset) => {
    const one = { cells: [cell("a", "abc\n\ndef\n")], metadata: {} };
    const halves = after(one, splitCell(one, "a" as CellId, [offset]));
    expect(sources(halves)).toEqual(["abc", "def\n"]);
    expect(halves.cells[0]?.id).toBe("a");
    expect(new Set(halves.cells.map(({ id }) => id)).size).toBe(2);
  });

  test("splitCell() without a caret has nothing to do", () => {
    expect(splitCell(abcd, "a" as CellId, [])).toBeNull();
  });

  test("mergeCells() joins with an empty line, into the cell asked for", () => {
    expect(after(abcd, mergeCells(abcd, ids("b", "c"))).cells[1]).toEqual(cell("b", "b\n\nc"));
    const mixed = { cells: [cell("x", "one", "markdown"), cell("y", "two")], metadata: {} };
    const merged = after(mixed, mergeCells(mixed, ids("x", "y"), "y" as CellId));
    expect(merged.cells).toEqual([cell("y", "one\n\ntwo")]);
  });

  test("removeCells() leaves one empty code cell where all go", () => {
    expect(order(after(abcd, removeCells(abcd, ids("b", "d"))))).toBe("ac");
    const { cells } = after(abcd, removeCells(abcd, ids("a", "b", "c", "d")));
    expect(cells).toMatchObject([{ type: "code", source: "" }]);
    expect(removeCells(abcd, [])).toBeNull();
  });

  test("setTypes() is one edit for many cells, and none where nothing changes", () => {
    const changed = applyEdit(abcd, setTypes(abcd, ids("a", "c"), "raw") as Edit);
    expect(changed.notebook.cells.map(({ type }) => type)).toEqual(["raw", "code", "raw", "code"]);
    expect(applyEdit(changed.notebook, changed.inverse).notebook).toEqual(abcd);
    expect(setTypes(abcd, ids("a", "c"), "code")).toBeNull();
  });

  test.each([
    ["word", 2, "## word"],
    ["# word\n\n# more", 3, "### word\n\n# more"],
    ["  ####word", 1, "# word"],
    ["", 6, "###### "],
  ])("setHeadings() of %j at level %i", (source, level, expected) => {
    const notebook = { cells: [cell("m", source, "markdown"), cell("c", "#x")], metadata: {} };
    const headed = after(notebook, setHeadings(notebook, ids("m", "c"), level));
    expect(sources(headed)).toEqual([expected, "#x"]);
  });

  test("mergeCells() wants neighbours", () => {
    expect(mergeCells(abcd, ids("a", "c"))).toBeNull();
    expect(mergeCells(abcd, ids("a"))).toBeNull();
  });

  test("insertBefore() the first cell is the top", () => {
    expect(order(after(abcd, insertBefore(abcd, [cell("x")], "a" as CellId)))).toBe("xabcd");
    expect(order(after(abcd, insertBefore(abcd, [cell("x")], "c" as CellId)))).toBe("abxcd");
  });

  test("pasteAfter() gives every copy an id of its own", () => {
    const pasted = after(abcd, pasteAfter(abcd, [cell("a"), cell("b")], "d" as CellId));
    expect(sources(pasted)).toEqual(["a", "b", "c", "d", "a", "b"]);
    expect(new Set(pasted.cells.map(({ id }) => id)).size).toBe(6);
  });
});
