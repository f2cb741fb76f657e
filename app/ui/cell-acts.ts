/** Acts of the reader on the notebook's text and structure: what does not run anything. */
import type { CellId } from "../../kernel/protocol.ts";
import { type Cell, type CellType, newCell } from "../notebook/document.ts";
import type { Edit } from "../notebook/edits.ts";
import { insertAfter, insertBefore, moveCells, pasteAfter } from "../notebook/restructure.ts";
import { silence } from "../notebook/silenced.ts";
import { cellOf, type NotebookState, redone, undone } from "./store.ts";

export interface CellActParts {
  readonly get: () => NotebookState;
  readonly set: (state: Partial<NotebookState>) => void;
  /** Nothing where the notebook is read-only. */
  readonly dispatch: (edit: Edit | null) => void;
  /** Puts the caret into a cell's text. */
  readonly edit: (id: CellId) => void;
  /** The cell that is selected next shall be scrolled to. */
  readonly reveal: () => void;
}

export function createCellActs({ get, set, dispatch, edit, reveal }: CellActParts) {
  let clipboard: readonly Cell[] = [];

  function selectedCell(): Cell | undefined {
    const { selected } = get();
    return selected === null ? undefined : cellOf(get(), selected);
  }

  function insertCell(type: CellType, after: CellId | null): Cell {
    const cell = newCell(type);
    dispatch(insertAfter([cell], after));
    return cell;
  }

  return {
    setSource(id: CellId, source: string): void {
      const cell = cellOf(get(), id);
      if (cell && cell.source !== source) dispatch({ kind: "set-source", cell: id, source });
    },
    setType(type: CellType): void {
      const cell = selectedCell();
      if (cell && cell.type !== type) dispatch({ kind: "set-type", cell: cell.id, type });
    },
    setTitle(title: string): void {
      const { metadata } = get().notebook;
      if (metadata["title"] !== title) {
        dispatch({ kind: "set-notebook-metadata", metadata: { ...metadata, title } });
      }
    },
    /** No mistakes of this rule any more under the cells of this notebook. */
    silence: (rule: string): void => dispatch(silence(get().notebook, rule)),
    insert(side: "above" | "below"): void {
      const { selected, notebook } = get();
      reveal();
      if (selected === null) insertCell("code", notebook.cells.at(-1)?.id ?? null);
      else if (side === "below") insertCell("code", selected);
      else dispatch(insertBefore(notebook, [newCell("code")], selected));
    },
    insertAfter(after: CellId | null, type: CellType): void {
      if (get().readOnly) return;
      edit(insertCell(type, after).id);
    },
    removeSelected(): void {
      const cell = selectedCell();
      if (cell) dispatch({ kind: "delete-cells", cells: [cell.id] });
    },
    copySelected(): void {
      const cell = selectedCell();
      if (cell) clipboard = [cell];
    },
    cutSelected(): void {
      const cell = selectedCell();
      if (!cell) return;
      clipboard = [cell];
      dispatch({ kind: "delete-cells", cells: [cell.id] });
    },
    paste(): void {
      const { notebook, selected } = get();
      if (clipboard.length > 0) dispatch(pasteAfter(notebook, clipboard, selected));
    },
    moveSelected(step: number): void {
      const { selected, notebook } = get();
      if (selected === null) return;
      reveal();
      dispatch(moveCells(notebook, [selected], step < 0 ? "up" : "down"));
    },
    undo(): void {
      if (!get().readOnly) set(undone(get()));
    },
    redo(): void {
      if (!get().readOnly) set(redone(get()));
    },
  };
}
