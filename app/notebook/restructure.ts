/** Edits for what people do with cells: insert, delete, move, split, merge, paste. Builds, never applies. */
import type { CellId } from "../../kernel/protocol.ts";
import {
  cellById,
  newCell,
  newCellId,
  type Cell,
  type CellType,
  type Notebook,
} from "./document.ts";
import type { After, Edit } from "./edits.ts";

/** Inserts cells in this order after one cell, or at the top. */
export function insertAfter(cells: readonly Cell[], after: After): Edit & { kind: "insert-cells" } {
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
export function pasteAfter(
  notebook: Notebook,
  cells: readonly Cell[],
  after: After,
): Edit & { kind: "insert-cells" } {
  const taken = new Set(notebook.cells.map((cell) => cell.id));
  const copies = cells.map((cell) => {
    const id = newCellId(taken);
    taken.add(id);
    return { ...cell, id };
  });
  return insertAfter(copies, after);
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
 * Deletes cells. A notebook without any could not be written in: it keeps one empty code cell.
 */
export function removeCells(notebook: Notebook, ids: readonly CellId[]): Edit | null {
  if (ids.length === 0) return null;
  if (ids.length < notebook.cells.length) return { kind: "delete-cells", cells: ids };
  const cells = notebook.cells.map((cell) => cell.id);
  return { kind: "replace-cells", cells, by: [newCell("code")] };
}

/** Makes cells of one type. `null`: they all are. */
export function setTypes(notebook: Notebook, ids: readonly CellId[], type: CellType): Edit | null {
  return together(
    cellsOf(notebook, ids)
      .filter((cell) => cell.type !== type)
      .map(({ id }) => ({ kind: "set-type", cell: id, type })),
  );
}

/** Gives the first line of Markdown cells so many `#`, 1 to 6; other cells stay. */
export function setHeadings(
  notebook: Notebook,
  ids: readonly CellId[],
  level: number,
): Edit | null {
  return together(
    cellsOf(notebook, ids)
      .filter((cell) => cell.type === "markdown")
      .map(({ id, source }) => ({
        kind: "replace-cells",
        cells: [id],
        by: [
          {
            ...(cellById(notebook, id) as Cell), // it was just found
            source: `${"#".repeat(level)} ${source.replace(/^\s*#{0,6}[^\S\n]*/, "")}`,
          },
        ],
      })),
  );
}

function cellsOf(notebook: Notebook, ids: readonly CellId[]): readonly Cell[] {
  const wanted = new Set(ids);
  return notebook.cells.filter((cell) => wanted.has(cell.id));
}

function together(edits: readonly Edit[]): Edit | null {
  const [first] = edits;
  return edits.length > 1 ? { kind: "together", edits } : (first ?? null);
}

/**
 * Cuts a cell at UTF-16 offsets, in order. The first part keeps the id, and so its outputs. Line
 * breaks around a cut go.
 */
export function splitCell(
  notebook: Notebook,
  id: CellId,
  offsets: readonly number[],
): (Edit & { kind: "replace-cells" }) | null {
  const cell = cellById(notebook, id);
  if (cell === undefined || offsets.length === 0) return null;
  const taken = new Set(notebook.cells.map((other) => other.id));
  const cuts = [...offsets, cell.source.length];
  const by = cuts.map((end, index): Cell => {
    const part = cell.source.slice(cuts[index - 1] ?? 0, end);
    // What begins or ends the cell itself is the writer's.
    const open = index === 0 ? part : part.replace(/^(\r?\n)+/, "");
    const source = index === cuts.length - 1 ? open : open.replace(/(\r?\n)+$/, "");
    if (index === 0) return { ...cell, source };
    const fresh = newCellId(taken);
    taken.add(fresh);
    return { ...cell, id: fresh, source };
  });
  return { kind: "replace-cells", cells: [id], by };
}

/**
 * Joins neighbouring cells into one of them, which keeps its id, type and metadata, with an empty
 * line between each two. `null`: fewer than two, or not neighbours.
 */
export function mergeCells(
  notebook: Notebook,
  ids: readonly CellId[],
  into: CellId | undefined = ids[0],
): Edit | null {
  const wanted = new Set(ids);
  const start = notebook.cells.findIndex((cell) => wanted.has(cell.id));
  const cells = notebook.cells.slice(Math.max(start, 0), Math.max(start, 0) + wanted.size);
  const kept = cells.find((cell) => cell.id === into);
  if (kept === undefined || cells.length < 2 || !cells.every((cell) => wanted.has(cell.id))) {
    return null;
  }
  const pictures = cells.map((cell) => cell.attachments ?? {});
  const attachments = Object.assign({}, ...pictures.toReversed()) as NonNullable<
    Cell["attachments"]
  >;
  const merged: Cell = {
    ...kept,
    source: cells.map((cell) => cell.source).join("\n\n"),
    ...(Object.keys(attachments).length > 0 ? { attachments } : {}),
  };
  return { kind: "replace-cells", cells: cells.map((cell) => cell.id), by: [merged] };
}
