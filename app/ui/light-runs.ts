/** A knob was moved: which cells run again, and never two such rounds at a time. */
import type { StoreApi } from "zustand/vanilla";
import type { KnobId } from "../../kernel/protocol.ts";
import type { Cell } from "../notebook/document.ts";
import { lightDependents } from "../notebook/staleness.ts";
import { isBusy, type NotebookState } from "./store.ts";

export interface LightRuns {
  /** Starts a round, or adds to the one that follows what is under way. */
  knobMoved(id: string): void;
  stop(): void;
}

export function createLightRuns(
  store: StoreApi<NotebookState>,
  run: (cells: readonly Cell[]) => Promise<void>,
): LightRuns {
  const moved = new Set<string>();
  let underWay = false;

  async function rounds(): Promise<void> {
    underWay = true;
    try {
      while (moved.size > 0) {
        const state = store.getState();
        // A running cell reads its knobs itself, and nothing may run beside it: the rest waits.
        if (isBusy(state)) return;
        const knobs = Array.from(moved);
        moved.clear();
        const ids = new Set(
          knobs.flatMap((id) => lightDependents(id as KnobId, state.notebook, state.runtime)),
        );
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
  return {
    knobMoved: (id) => {
      moved.add(id);
      if (!underWay) void rounds();
    },
    stop,
  };
}
