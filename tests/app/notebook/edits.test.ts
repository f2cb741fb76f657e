import { propertyRuns } from "../../counts.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell, Notebook } from "../../../app/notebook/document.ts";
import { applyEdit, EditError } from "../../../app/notebook/edits.ts";
import type { CellId } from "../../../kernel/protocol.ts";
import { anyEdit, anyNotebook } from "./notebooks.arbitrary.ts";

const cell = (id: string, source = id): Cell => ({
  id: id as CellId,
  type: "code",
  source,
  metadata: {},
});
const notebook = (...ids: string[]): Notebook => ({
  cells: ids.map((id) => cell(id)),
  metadata: {},
});
const order = (of: Notebook): string => of.cells.map(({ id }) => id).join(" ");
const ids = (...names: string[]): CellId[] => names as CellId[];

describe("applyEdit()", () => {
  test("gives an inverse that restores the notebook exactly, for any edit", () => {
    fc.assert(
      fc.property(
        anyNotebook.chain((start) => anyEdit(start).map((edit) => ({ start, edit }))),
        ({ start, edit }) => {
          const there = applyEdit(start, edit);
          const back = applyEdit(there.notebook, there.inverse);
          expect(back.notebook).toEqual(start);
          expect(applyEdit(back.notebook, back.inverse).notebook).toEqual(there.notebook);
        },
      ),
      propertyRuns(20260101, 300),
    );
  });

  test("takes edits that were written as JSON and read again", () => {
    fc.assert(
      fc.property(
        anyNotebook.chain((start) => anyEdit(start).map((edit) => ({ start, edit }))),
        ({ start, edit }) => {
          const read = JSON.parse(JSON.stringify(edit)) as typeof edit;
          expect(applyEdit(start, read).notebook).toEqual(
            JSON.parse(JSON.stringify(applyEdit(start, edit).notebook)),
          );
        },
      ),
      propertyRuns(20260102, 200),
    );
  });

  test("inserts cells one after the other behind their neighbour", () => {
    const { notebook: after } = applyEdit(notebook("a", "b"), {
      kind: "insert-cells",
      places: [
        { cell: cell("x"), after: "a" as CellId },
        { cell: cell("y"), after: "x" as CellId },
      ],
    });
    expect(order(after)).toBe("a x y b");
  });

  test("deletes cells that are not neighbours and puts each back in its place", () => {
    const { notebook: after, inverse } = applyEdit(notebook("a", "b", "c", "d", "e"), {
      kind: "delete-cells",
      cells: ids("d", "a", "e"),
    });
    expect(order(after)).toBe("b c");
    expect(order(applyEdit(after, inverse).notebook)).toBe("a b c d e");
  });

  test("moves scattered cells together and back apart", () => {
    const { notebook: after, inverse } = applyEdit(notebook("a", "b", "c", "d"), {
      kind: "move-cells",
      places: [
        { cell: "d" as CellId, after: null },
        { cell: "b" as CellId, after: "d" as CellId },
      ],
    });
    expect(order(after)).toBe("d b a c");
    expect(order(applyEdit(after, inverse).notebook)).toBe("a b c d");
  });

  test("leaves cells it does not name the same objects", () => {
    const start = notebook("a", "b");
    const edit = { kind: "set-source", cell: "b" as CellId, source: "new" } as const;
    expect(applyEdit(start, edit).notebook.cells[0]).toBe(start.cells[0]);
  });

  test("refuses an unknown cell, naming it", () => {
    expect(() =>
      applyEdit(notebook("a", "b"), { kind: "set-source", cell: "q" as CellId, source: "" }),
    ).toThrow(new EditError('set-source: no cell "q" among these 2'));
  });

  test("refuses a second cell with the same id", () => {
    expect(() =>
      applyEdit(notebook("a"), {
        kind: "insert-cells",
        places: [{ cell: cell("a"), after: null }],
      }),
    ).toThrow('insert-cells: there already is a cell "a"');
  });

  test("refuses to replace cells that are not neighbours", () => {
    expect(() =>
      applyEdit(notebook("a", "b", "c"), {
        kind: "replace-cells",
        cells: ids("a", "c"),
        by: [cell("x")],
      }),
    ).toThrow("replace-cells: a, c - wanted neighbours, found a, b");
  });
});
