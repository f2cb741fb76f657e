/** A knob was moved: which cells run again, and never two such rounds at a time. */
import type { StoreApi } from "zustand/vanilla";
import type { CellId, KnobId } from "../../kernel/protocol.ts";
import type { Cell } from "../notebook/document.ts";
import { lightDependents } from "../notebook/staleness.ts";
import { isBusy, type NotebookState } from "./store.ts";

export interface LightRuns {
  /** By the reader's hand: starts a round, or adds to the one that follows what is under way. */
  knobMoved(id: string): void;
  /** By the program of this cell, which needs no other run. A round turns nothing that starts another. */
  knobTurned(id: string, by: CellId | null): void;
  stop(): void;
}

export function createLightRuns(
  store: StoreApi<NotebookState>,
  run: (cells: readonly Cell[]) => Promise<void>,
): LightRuns {
  /** With the cell that a knob was turned by; null: by hand. */
  const moved = new Map<string, CellId | null>();
  let underWay = false;

  async function rounds(): Promise<void> {
    underWay = true;
    try {
      // Knobs that move in one breath, as the two of a place on a figure, move together.
      await Promise.resolve();
      while (moved.size > 0) {
        const state = store.getState();
        // A running cell reads its knobs itself, and nothing may run beside it: the rest waits.
        if (isBusy(state)) return;
        const ids = new Set(
          Array.from(moved).flatMap(([id, by]) =>
            lightDependents(id as KnobId, state.notebook, state.runtime).filter(
              (cell) => cell !== by,
            ),
          ),
        );
        moved.clear();
        const cells = state.notebook.cells.filter((cell) => ids.has(cell.id));
        if (cells.length > 0) await run(cells);
      }
    } finally {
      underWay = false;
    }
  }

  const stop = store.subscribe((state, before) => {
    if (moved.size === 0 || underWay || state.runtime === before.runtime) return;
    if (!isBusy(state)) void rounds();
  });
  function begin(id: string, by: CellId | null): void {
    moved.set(id, by);
    if (!underWay) void rounds();
  }

  return {
    knobMoved: (id) => begin(id, null),
    knobTurned(id, by) {
      if (!underWay && !moved.has(id)) begin(id, by);
    },
    stop,
  };
}
