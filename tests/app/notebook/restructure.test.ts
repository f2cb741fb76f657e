import { describe, expect, test } from "vitest";
import type { Cell, CellType, Notebook } from "../../../app/notebook/document.ts";
import { applyEdit, type Edit } from "../../../app/notebook/edits.ts";
import {
  insertBefore,
  mergeCells,
  moveCells,
  pasteAfter,
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
    [2, ["ab", "cd"]],
    [0, ["", "abcd"]],
    [4, ["abcd", ""]],
  ])("splitCell() at %i cuts the text there", (offset, expected) => {
    const one = { cells: [cell("a", "abcd")], metadata: {} };
    expect(sources(after(one, splitCell(one, "a" as CellId, offset)))).toEqual(expected);
  });

  test.each([3, 4])("splitCell() at a line break (offset %i) swallows it", (offset) => {
    const one = { cells: [cell("a", "abc\ndef")], metadata: {} };
    const halves = after(one, splitCell(one, "a" as CellId, offset));
    expect(sources(halves)).toEqual(["abc", "def"]);
    expect(halves.cells[0]?.id).toBe("a");
  });

  test("mergeCells() joins code by lines, Markdown by paragraphs, under the first id", () => {
    expect(after(abcd, mergeCells(abcd, ids("b", "c"))).cells[1]).toEqual(cell("b", "b\nc"));
    const prose = { cells: [cell("x", "one", "markdown"), cell("y", "two")], metadata: {} };
    expect(sources(after(prose, mergeCells(prose, ids("x", "y"))))).toEqual(["one\n\ntwo"]);
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
