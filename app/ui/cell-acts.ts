/** Acts of the reader on the notebook's text and structure: what does not run anything. */
import type { CellId } from "../../kernel/protocol.ts";
import { type Cell, type CellType, newCell } from "../notebook/document.ts";
import type { Edit } from "../notebook/edits.ts";
import { type Part, setHidden, toggleHidden } from "../notebook/hiding.ts";
import {
  insertAfter,
  insertBefore,
  mergeCells,
  moveCells,
  pasteAfter,
  removeCells,
  setHeadings,
  setTypes,
  splitCell,
} from "../notebook/restructure.ts";
import type { CellResults } from "../notebook/outputs.ts";
import { resultsOf, withResults } from "../notebook/runtime.ts";
import { silence } from "../notebook/silenced.ts";
import type { CellClipboard } from "./cell-clipboard.ts";
import { selectedCells } from "./selection.ts";
import type { SelectionActs } from "./selection-acts.ts";
import { cellOf, neighbourOf, type NotebookState, redone, undone } from "./store.ts";

export interface CellActParts {
  readonly get: () => NotebookState;
  readonly set: (state: Partial<NotebookState>) => void;
  /** Nothing where the notebook is read-only. */
  readonly dispatch: (edit: Edit | null) => void;
  readonly selection: SelectionActs;
  readonly clipboard: CellClipboard;
}

const isHeading = (cell: Cell) => cell.type === "markdown" && /^#{1,6}\s/.test(cell.source);

export function createCellActs({ get, set, dispatch, selection, clipboard }: CellActParts) {
  const { edit, reveal, select } = selection;
  /** What the cells had put out that this notebook has copied. */
  let results: ReadonlyMap<CellId, CellResults> = new Map();

  const selectedIds = (): readonly CellId[] => selectedCells(get()).map((cell) => cell.id);

  function insertCell(type: CellType, after: CellId | null): Cell {
    const cell = newCell(type);
    dispatch(insertAfter([cell], after));
    return cell;
  }

  function copy(cells: readonly Cell[]): void {
    if (cells.length === 0) return;
    const { notebook, runtime } = get();
    clipboard.put(cells);
    results = resultsOf({ ...notebook, cells }, runtime);
  }

  function merge(ids: readonly CellId[], into: CellId): void {
    if (get().readOnly) return;
    const { mode } = get();
    const merged = mergeCells(get().notebook, ids, into);
    if (merged === null) return;
    dispatch(merged);
    // Joined prose is to be read over before it is set.
    const isProse = cellOf(get(), into)?.type === "markdown";
    if (isProse || mode === "edit") edit(into);
    else select(into);
  }

  return {
    setSource(id: CellId, source: string): void {
      const cell = cellOf(get(), id);
      if (cell && cell.source !== source) dispatch({ kind: "set-source", cell: id, source });
    },
    setType(type: CellType): void {
      dispatch(setTypes(get().notebook, selectedIds(), type));
    },
    /** Makes the selected Markdown cells headings, of level 1 to 6. */
    setHeading(level: number): void {
      dispatch(setHeadings(get().notebook, selectedIds(), level));
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
    /** Inserts a heading as deep as the one it comes under, to be written. */
    insertHeading(side: "above" | "below"): void {
      const { selected, notebook, readOnly } = get();
      if (readOnly) return;
      const at = notebook.cells.findIndex((cell) => cell.id === selected);
      const before = side === "above" ? at : at + 1;
      const above = notebook.cells.slice(0, Math.max(before, 0));
      const [, level = "#"] = /^(#{1,6})\s/.exec(above.findLast(isHeading)?.source ?? "") ?? [];
      const heading = newCell("markdown", `${level} `);
      dispatch(insertAfter([heading], above.at(-1)?.id ?? null));
      edit(heading.id, "end");
    },
    insertAfter(after: CellId | null, type: CellType): void {
      if (get().readOnly) return;
      edit(insertCell(type, after).id);
    },
    removeSelected(): void {
      reveal();
      dispatch(removeCells(get().notebook, selectedIds()));
    },
    copySelected: (): void => copy(selectedCells(get())),
    cutSelected(): void {
      if (get().readOnly) return;
      copy(selectedCells(get()));
      reveal();
      dispatch(removeCells(get().notebook, selectedIds()));
    },
    /** Puts copies after the selected cells; with their outputs, where they are of this notebook. */
    paste(): void {
      const { notebook, readOnly } = get();
      const cells = clipboard.get();
      if (cells.length === 0 || readOnly) return;
      const after = selectedIds().at(-1) ?? notebook.cells.at(-1)?.id ?? null;
      const pasted = pasteAfter(notebook, cells, after);
      reveal();
      dispatch(pasted);
      const came = pasted.places.flatMap(({ cell }, index): [CellId, CellResults][] => {
        const of = results.get(cells[index]?.id as CellId); // as many as there are places
        return of === undefined ? [] : [[cell.id, of]];
      });
      if (came.length > 0) set({ runtime: withResults(get().runtime, came) });
    },
    moveSelected(step: number): void {
      reveal();
      dispatch(moveCells(get().notebook, selectedIds(), step < 0 ? "up" : "down"));
    },
    /** Cuts the cell in two at the caret, in three around what is marked; the caret stays in its part. */
    split(): void {
      const { notebook, selected, readOnly } = get();
      if (selected === null || readOnly) return;
      const offsets = selection.cutsIn(selected);
      const cut = splitCell(notebook, selected, offsets);
      if (cut === null) return;
      dispatch(cut);
      // The part after the caret, or the one that was marked.
      const part = cut.by[1];
      if (part) edit(part.id, "start");
    },
    /** Joins the selected cells, or the one that is selected and the one below. */
    mergeSelected(): void {
      const ids = selectedIds();
      const { selected } = get();
      if (selected === null) return;
      const below = ids.length === 1 ? neighbourOf(get(), 1) : null;
      merge(below === null || below === selected ? ids : [...ids, below], selected);
    },
    mergeWith(side: "above" | "below"): void {
      const { selected } = get();
      const other = neighbourOf(get(), side === "above" ? -1 : 1);
      if (selected === null || other === null || other === selected) return;
      merge(side === "above" ? [other, selected] : [selected, other], selected);
    },
    /** Puts the text or the outputs of the selected cells away, or shows them again. */
    toggleHidden(part: Part): void {
      const ids = selectedIds();
      dispatch(toggleHidden(get().notebook, ids, part));
      if (part === "source") set({ unfolded: get().unfolded.difference(new Set(ids)) });
    },
    /** The same for every cell. */
    setAllHidden(part: Part, hides: boolean): void {
      const { notebook } = get();
      const ids = notebook.cells.filter(({ type }) => type === "code").map(({ id }) => id);
      dispatch(setHidden(notebook, ids, part, hides));
    },
    showOutputs: (id: CellId): void => dispatch(setHidden(get().notebook, [id], "outputs", false)),
    undo(): void {
      if (!get().readOnly) set(undone(get()));
    },
    redo(): void {
      if (!get().readOnly) set(redone(get()));
    },
  };
}
