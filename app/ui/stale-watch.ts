/** Keeps the store's stale cells true to its document and runs, a moment after they change. */
import type { StoreApi } from "zustand/vanilla";
import type { KnobId } from "../../kernel/protocol.ts";
import { staleCells } from "../notebook/staleness.ts";
import type { NotebookState } from "./store.ts";

/** At most this often: while a cell trains, its state changes at every frame. */
const PAUSE_MS = 200;

export interface StaleWatch {
  knobMoved(id: string): void;
  stop(): void;
}

export function watchStaleness(store: StoreApi<NotebookState>): StaleWatch {
  const moved = new Map<KnobId, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    timer = undefined;
    const { notebook, runtime, stale } = store.getState();
    const now = staleCells(notebook, runtime, new Map(), moved);
    const same =
      now.size === stale.size && Array.from(now).every(([id, why]) => stale.get(id) === why);
    if (!same) store.setState({ stale: now });
  }

  function later(): void {
    timer ??= setTimeout(look, PAUSE_MS);
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (state.notebook !== before.notebook || state.runtime.cells !== before.runtime.cells) later();
  });
  return {
    knobMoved: (id) => {
      moved.set(id as KnobId, Date.now());
      later();
    },
    stop: () => {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
