/** Acts of the reader that change nothing: which cells are selected, where the caret is. */
import type { CellId } from "../../kernel/protocol.ts";
import { movedLine } from "../notebook/moved-line.ts";
import type { Mode } from "./keys.ts";
import { endOfColumn, extendedTo } from "./selection.ts";
import { cellOf, neighbourOf, type NotebookState, runOf } from "./store.ts";

/** Where the caret goes when a cell's text is entered. */
export type Caret =
  | "start"
  | "end"
  | { readonly line: number; readonly column: number }
  | { readonly clientX: number; readonly clientY: number };

export interface SelectionParts {
  readonly get: () => NotebookState;
  readonly set: (state: Partial<NotebookState>) => void;
}

export type SelectionActs = ReturnType<typeof createSelectionActs>;

export function createSelectionActs({ get, set }: SelectionParts) {
  let caret: Caret | undefined;
  let reveal = false;
  /** Fields that show a cell's text say where it would be cut, in UTF-16 offsets. */
  const cuts = new Map<CellId, () => readonly number[]>();

  function select(id: CellId | null, mode: Mode = "command"): void {
    const { selected, anchor, mode: now } = get();
    if (selected === id && anchor === null && now === mode) return;
    reveal = true;
    set({ selected: id, anchor: null, mode });
  }

  function edit(id: CellId, at?: Caret): void {
    caret = at;
    reveal = true;
    set({ selected: id, anchor: null, mode: "edit", caretWish: get().caretWish + 1 });
  }

  /** The selection goes from where it began to this cell. */
  function extendTo(id: CellId | null): void {
    const extended = extendedTo(get(), id);
    if (!extended) return;
    reveal = true;
    set(extended);
  }

  return {
    select,
    edit,
    extendTo,
    extendBy: (step: number): void => extendTo(neighbourOf(get(), step)),
    extendToEnd: (end: "top" | "bottom"): void => extendTo(endOfColumn(get(), end)),
    selectAll(): void {
      const anchor = endOfColumn(get(), "top");
      const selected = endOfColumn(get(), "bottom");
      set({ selected, anchor: anchor === selected ? null : anchor, mode: "command" });
    },
    /** The focus went into this cell by the reader's hand: no scrolling, no moving of the caret. */
    focused(id: CellId, mode: Mode): void {
      const now = get();
      if (now.selected === id && now.mode === mode) return;
      set({ selected: id, anchor: null, mode });
    },
    selectNeighbour: (step: number): void => select(neighbourOf(get(), step)),
    enterEdit(): void {
      const id = get().selected ?? neighbourOf(get(), 1);
      if (id === null) return;
      set({ unfolded: new Set([...get().unfolded, id]) });
      edit(id);
    },
    /** A click on a cell's text; where it is edited already, the editor has dealt with it. */
    enterAt(id: CellId, point: { readonly clientX: number; readonly clientY: number }): void {
      const { selected, mode } = get();
      if (selected === id && mode === "edit") return;
      edit(id, point);
      reveal = false;
    },
    leaveEdit: (): void => select(get().selected, "command"),
    editNeighbour(step: number): void {
      const id = neighbourOf(get(), step);
      if (id !== null && id !== get().selected) edit(id, step < 0 ? "end" : "start");
    },
    /** Puts the caret at a place of a cell's text as it ran, where an error points; edits may have moved it. */
    goTo(id: CellId, line: number, column: number): void {
      const cell = cellOf(get(), id);
      if (!cell) return;
      set({ unfolded: new Set([...get().unfolded, id]) });
      const ran = runOf(get(), id).record?.source ?? cell.source;
      edit(id, { line: movedLine(ran, cell.source, line) ?? line, column });
    },
    /** Where the caret shall go, said once. */
    takeCaret(): Caret | undefined {
      const wish = caret;
      caret = undefined;
      return wish;
    },
    /** The cell that is selected next shall be scrolled to. */
    reveal(): void {
      reveal = true;
    },
    /** Whether the newly selected cell shall be scrolled to, said once. */
    takeReveal(): boolean {
      const wish = reveal;
      reveal = false;
      return wish;
    },
    /** A field shows the text of a cell. Returns the way to say that it does no longer. */
    holdText(id: CellId, whereCut: () => readonly number[]): () => void {
      cuts.set(id, whereCut);
      return () => {
        if (cuts.get(id) === whereCut) cuts.delete(id);
      };
    },
    /** Where the caret, or both ends of what is marked, would cut a cell's text; none without a caret. */
    cutsIn: (id: CellId): readonly number[] => cuts.get(id)?.() ?? [],
  };
}
