/** Edits for what people do with cells: insert, delete, move, split, merge, paste. Builds, never applies. */
import type { CellId } from "../../kernel/protocol.ts";
import { cellById, newCellId, type Cell, type Notebook } from "./document.ts";
import type { After, Edit } from "./edits.ts";

/** Inserts cells in this order after one cell, or at the top. */
export function insertAfter(cells: readonly Cell[], after: After): Edit {
  return {
    kind: "insert-cells",
    places: cells.map((cell, index) => ({ cell, after: cells[index - 1]?.id ?? after })),
  };
}

/** Inserts cells before one cell. */
export function insertBefore(notebook: Notebook, cells: readonly Cell[], before: CellId): Edit {
  const index = notebook.cells.findIndex((cell) => cell.id === before);
  return insertAfter(cells, notebook.cells[index - 1]?.id ?? null);
}

/** Inserts copies with new ids: what paste and duplicate do. */
export function pasteAfter(notebook: Notebook, cells: readonly Cell[], after: After): Edit {
  const taken = new Set(notebook.cells.map((cell) => cell.id));
  const copies = cells.map((cell) => {
    const id = newCellId(taken);
    taken.add(id);
    return { ...cell, id };
  });
  return insertAfter(copies, after);
}

export function deleteCells(cells: readonly CellId[]): Edit {
  return { kind: "delete-cells", cells };
}

/** Moves cells one place up or down, together and in their order. `null`: they are at the end already. */
export function moveCells(
  notebook: Notebook,
  cells: readonly CellId[],
  direction: "up" | "down",
): Edit | null {
  const moving = new Set(cells);
  const order = notebook.cells.map((cell) => cell.id);
  const moved = order.filter((id) => moving.has(id));
  const first = order.findIndex((id) => moving.has(id));
  const last = order.findLastIndex((id) => moving.has(id));
  if (first < 0) return null;
  const step = direction === "up" ? first - 1 : last + 1;
  if (step < 0 || step >= order.length) return null;
  const staying = order.filter((id) => !moving.has(id));
  // The one they pass is not one of them: `first` and `last` are the outermost.
  const passed = staying.indexOf(order[step] as CellId);
  const after = direction === "up" ? (staying[passed - 1] ?? null) : (staying[passed] ?? null);
  return {
    kind: "move-cells",
    places: moved.map((cell, index) => ({ cell, after: moved[index - 1] ?? after })),
  };
}

/**
 * Cuts a cell in two at a UTF-16 offset. The first half keeps the id, and so its outputs. One line
 * break at the cut goes.
 */
export function splitCell(notebook: Notebook, id: CellId, offset: number): Edit | null {
  const cell = cellById(notebook, id);
  if (cell === undefined) return null;
  const taken = new Set(notebook.cells.map((other) => other.id));
  const before = cell.source.slice(0, offset).replace(/\r?\n$/, "");
  let after = cell.source.slice(offset);
  if (before.length === offset) after = after.replace(/^\r?\n/, "");
  return {
    kind: "replace-cells",
    cells: [id],
    by: [
      { ...cell, source: before },
      { ...cell, id: newCellId(taken), source: after },
    ],
  };
}

/**
 * Joins neighbouring cells into the first of them, which keeps its id, type and metadata. `null`:
 * fewer than two, or not neighbours. Markdown is joined with an empty line, code with a line break.
 */
export function mergeCells(notebook: Notebook, ids: readonly CellId[]): Edit | null {
  const wanted = new Set(ids);
  const start = notebook.cells.findIndex((cell) => wanted.has(cell.id));
  const cells = notebook.cells.slice(Math.max(start, 0), Math.max(start, 0) + wanted.size);
  const first = cells[0];
  if (first === undefined || cells.length < 2 || !cells.every((cell) => wanted.has(cell.id))) {
    return null;
  }
  const pictures = cells.map((cell) => cell.attachments ?? {});
  const attachments = Object.assign({}, ...pictures.toReversed()) as NonNullable<
    Cell["attachments"]
  >;
  const merged: Cell = {
    ...first,
    source: cells.map((cell) => cell.source).join(first.type === "code" ? "\n" : "\n\n"),
    ...(Object.keys(attachments).length > 0 ? { attachments } : {}),
  };
  return { kind: "replace-cells", cells: cells.map((cell) => cell.id), by: [merged] };
}
