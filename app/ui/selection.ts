/**
 * Several cells selected at once, as in Jupyter: all from the anchor to the active cell. Reads the
 * state, changes nothing.
 */
import type { CellId } from "../../kernel/protocol.ts";
import { type Cell } from "../notebook/document.ts";
import { cellsInColumn } from "../notebook/exercises.ts";
import type { NotebookState } from "./store.ts";

/** What a selection is read from. */
type Selecting = Pick<NotebookState, "notebook" | "viewpoint" | "selected" | "anchor">;

/** The selected cells in their order; one at most, unless a selection was extended. */
export function selectedCells(state: Selecting): readonly Cell[] {
  const { selected, anchor } = state;
  if (selected === null) return [];
  const cells = cellsInColumn(state.notebook, state.viewpoint);
  const active = cells.findIndex((cell) => cell.id === selected);
  if (active < 0) return [];
  const other = anchor === null ? active : cells.findIndex((cell) => cell.id === anchor);
  const end = other < 0 ? active : other;
  return cells.slice(Math.min(active, end), Math.max(active, end) + 1);
}

/** Whether a cell is among several that are selected. */
export function isAmongSelected(state: Selecting, id: CellId): boolean {
  return state.anchor !== null && selectedCells(state).some((cell) => cell.id === id);
}

/** The selection with its active end at this cell. `null`: there is no cell to begin at. */
export function extendedTo(
  state: Selecting,
  id: CellId | null,
): Pick<NotebookState, "selected" | "anchor" | "mode"> | null {
  if (id === null || state.selected === null) return null;
  const anchor = state.anchor ?? state.selected;
  return { selected: id, anchor: anchor === id ? null : anchor, mode: "command" };
}

/** The cell at the top or at the bottom of the column; null where there is none. */
export function endOfColumn({ notebook, viewpoint }: Selecting, end: "top" | "bottom") {
  return cellsInColumn(notebook, viewpoint).at(end === "top" ? 0 : -1)?.id ?? null;
}
