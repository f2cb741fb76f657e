/** A knob was moved: which cells run again, and never two such rounds at a time. */
import type { KnobId } from "../../kernel/protocol.ts";
import type { Cell } from "../notebook/document.ts";
import { lightDependents } from "../notebook/staleness.ts";
import { isBusy, type NotebookState } from "./store.ts";

export interface LightRuns {
  /** Starts a round, or adds to the one that follows the round under way. */
  knobMoved(id: string): void;
}

export function createLightRuns(parts: {
  readonly get: () => NotebookState;
  readonly run: (cells: readonly Cell[]) => Promise<void>;
}): LightRuns {
  const moved = new Set<string>();
  let underWay = false;

  async function rounds(): Promise<void> {
    underWay = true;
    try {
      while (moved.size > 0) {
        const state = parts.get();
        const knobs = Array.from(moved);
        moved.clear();
        // A running cell reads its knobs itself, and nothing may run beside it.
        if (isBusy(state)) return;
        const ids = new Set(
          knobs.flatMap((id) => lightDependents(id as KnobId, state.notebook, state.runtime)),
        );
        const cells = state.notebook.cells.filter((cell) => ids.has(cell.id));
        if (cells.length > 0) await parts.run(cells);
      }
    } finally {
      underWay = false;
    }
  }

  return {
    knobMoved: (id) => {
      moved.add(id);
      if (!underWay) void rounds();
    },
  };
}
