/**
 * Every change of a document, as data: JSON, addressed by cell id and by neighbour, never by
 * position, each with an exact inverse. What people do with several cells is in `restructure.ts`.
 */
import type { CellId } from "../../kernel/protocol.ts";
import type { Cell, CellType, Metadata, Notebook } from "./document.ts";

/** Where a cell goes: right after this one, or to the top. */
export type After = CellId | null;

export type Edit =
  /** In order: a cell may be placed after one inserted just before. */
  | {
      readonly kind: "insert-cells";
      readonly places: readonly { readonly cell: Cell; readonly after: After }[];
    }
  | { readonly kind: "delete-cells"; readonly cells: readonly CellId[] }
  /** All are taken out first, then each is placed, in order. */
  | {
      readonly kind: "move-cells";
      readonly places: readonly { readonly cell: CellId; readonly after: After }[];
    }
  /** Puts cells in the place of neighbouring ones: split and merge. Ids may stay. */
  | {
      readonly kind: "replace-cells";
      readonly cells: readonly CellId[];
      readonly by: readonly Cell[];
    }
  | { readonly kind: "set-source"; readonly cell: CellId; readonly source: string }
  | { readonly kind: "set-type"; readonly cell: CellId; readonly type: CellType }
  | { readonly kind: "set-metadata"; readonly cell: CellId; readonly metadata: Metadata }
  | { readonly kind: "set-notebook-metadata"; readonly metadata: Metadata }
  /** One after the other, as one change. */
  | { readonly kind: "together"; readonly edits: readonly Edit[] };

export interface Applied {
  readonly notebook: Notebook;
  /** Applied to `notebook`, it gives back the notebook before. */
  readonly inverse: Edit;
}

/** An edit that does not fit the notebook it was applied to. */
export class EditError extends RangeError {
  override name = "EditError";
}

/**
 * The notebook after an edit, and the edit that undoes it. Cells not named by the edit stay the
 * same objects.
 * @throws EditError when a named cell is not there, or an inserted id already is.
 */
export function applyEdit(notebook: Notebook, edit: Edit): Applied {
  switch (edit.kind) {
    case "insert-cells":
      return {
        notebook: { ...notebook, cells: place(notebook.cells, edit.places, edit.kind) },
        inverse: { kind: "delete-cells", cells: edit.places.map(({ cell }) => cell.id) },
      };
    case "delete-cells": {
      const taken = takeOut(notebook.cells, edit.cells, edit.kind);
      return {
        notebook: { ...notebook, cells: taken.rest },
        inverse: { kind: "insert-cells", places: taken.places },
      };
    }
    case "move-cells":
      return moveCells(notebook, edit);
    case "replace-cells":
      return replaceCells(notebook, edit);
    case "set-source":
      return change(notebook, edit, (cell) => ({
        cell: { ...cell, source: edit.source },
        inverse: { ...edit, source: cell.source },
      }));
    case "set-type":
      return change(notebook, edit, (cell) => ({
        cell: { ...cell, type: edit.type },
        inverse: { ...edit, type: cell.type },
      }));
    case "set-metadata":
      return change(notebook, edit, (cell) => ({
        cell: { ...cell, metadata: edit.metadata },
        inverse: { ...edit, metadata: cell.metadata },
      }));
    case "set-notebook-metadata":
      return {
        notebook: { ...notebook, metadata: edit.metadata },
        inverse: { ...edit, metadata: notebook.metadata },
      };
    case "together":
      return together(notebook, edit);
    default:
      return edit satisfies never;
  }
}

function together(notebook: Notebook, edit: Edit & { kind: "together" }): Applied {
  const inverses: Edit[] = [];
  let after = notebook;
  for (const each of edit.edits) {
    const applied = applyEdit(after, each);
    after = applied.notebook;
    inverses.unshift(applied.inverse);
  }
  return { notebook: after, inverse: { ...edit, edits: inverses } };
}

function moveCells(notebook: Notebook, edit: Edit & { kind: "move-cells" }): Applied {
  const ids = edit.places.map((to) => to.cell);
  const taken = takeOut(notebook.cells, ids, edit.kind);
  const byId = new Map(taken.places.map(({ cell }) => [cell.id, cell]));
  const places = edit.places.flatMap(({ cell: id, after }) => {
    const cell = byId.get(id);
    return cell === undefined ? [] : [{ cell, after }];
  });
  return {
    notebook: { ...notebook, cells: place(taken.rest, places, edit.kind) },
    inverse: {
      kind: "move-cells",
      places: taken.places.map(({ cell, after }) => ({ cell: cell.id, after })),
    },
  };
}

function replaceCells(notebook: Notebook, edit: Edit & { kind: "replace-cells" }): Applied {
  const { kind, cells: ids, by } = edit;
  if (ids.length === 0 || by.length === 0) {
    throw new EditError(`${kind}: ${ids.length} cells by ${by.length} - wanted at least one each`);
  }
  const start = indexOf(notebook.cells, ids[0] as CellId, kind);
  const replaced = notebook.cells.slice(start, start + ids.length);
  const found = replaced.map((cell) => cell.id).join(", ");
  if (found !== ids.join(", ")) {
    throw new EditError(`${kind}: ${ids.join(", ")} - wanted neighbours, found ${found}`);
  }
  const rest = [...notebook.cells.slice(0, start), ...notebook.cells.slice(start + ids.length)];
  refuseTaken(rest, by, kind);
  return {
    notebook: {
      ...notebook,
      cells: [...rest.slice(0, start), ...by, ...rest.slice(start)],
    },
    inverse: { kind, cells: by.map((cell) => cell.id), by: replaced },
  };
}

function change(
  notebook: Notebook,
  edit: Edit & { readonly cell: CellId },
  by: (cell: Cell) => { readonly cell: Cell; readonly inverse: Edit },
): Applied {
  const index = indexOf(notebook.cells, edit.cell, edit.kind);
  // `indexOf` found it.
  const { cell, inverse } = by(notebook.cells[index] as Cell);
  return { notebook: { ...notebook, cells: notebook.cells.with(index, cell) }, inverse };
}

interface Place {
  readonly cell: Cell;
  readonly after: After;
}

function place(cells: readonly Cell[], places: readonly Place[], kind: string): readonly Cell[] {
  refuseTaken(
    cells,
    places.map(({ cell }) => cell),
    kind,
  );
  const placed = [...cells];
  for (const { cell, after } of places) {
    placed.splice(after === null ? 0 : indexOf(placed, after, kind) + 1, 0, cell);
  }
  return placed;
}

/** The cells without these, and where each of these stood: placed in that order, all is as before. */
function takeOut(
  cells: readonly Cell[],
  ids: readonly CellId[],
  kind: string,
): { readonly rest: readonly Cell[]; readonly places: readonly Place[] } {
  const out = new Set(ids);
  if (out.size !== ids.length) {
    throw new EditError(`${kind}: ${ids.join(", ")} - wanted each cell once`);
  }
  for (const id of ids) indexOf(cells, id, kind);
  const places = cells.flatMap((cell, index) =>
    out.has(cell.id) ? [{ cell, after: cells[index - 1]?.id ?? null }] : [],
  );
  return { rest: cells.filter((cell) => !out.has(cell.id)), places };
}

function indexOf(cells: readonly Cell[], id: CellId, kind: string): number {
  const index = cells.findIndex((cell) => cell.id === id);
  if (index < 0) throw new EditError(`${kind}: no cell "${id}" among these ${cells.length}`);
  return index;
}

function refuseTaken(cells: readonly Cell[], added: readonly Cell[], kind: string): void {
  const taken = new Set(cells.map((cell) => cell.id));
  for (const { id } of added) {
    if (taken.has(id)) throw new EditError(`${kind}: there already is a cell "${id}"`);
    taken.add(id);
  }
}
