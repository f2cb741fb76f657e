/**
 * Keeps the store's stale cells, shared and missing names true to its document and runs, a moment after they
 * change: it has the compiler look at each text that nobody has run yet.
 */
import type { StoreApi } from "zustand/vanilla";
import type { CellNames } from "../../kernel/compile/compiler.ts";
import type { CellId, KnobId } from "../../kernel/protocol.ts";
import type { Cell } from "../notebook/document.ts";
import { missingNames } from "../notebook/missing-names.ts";
import type { Analysis } from "../notebook/names.ts";
import { runtimeOf } from "../notebook/runtime.ts";
import { sharedNames } from "../notebook/shared-names.ts";
import { mendingRuns, staleCells } from "../notebook/staleness.ts";
import type { NotebookState } from "./store.ts";

/** At most this often: while a cell trains, its state changes at every frame. */
const PAUSE_MS = 200;
/** How long a text stands still before the compiler looks at it. */
const STILL_MS = 400;

export interface StaleWatch {
  knobMoved(id: string): void;
  /** The runs that mend what is stale, as of this moment. */
  mendingRuns(): readonly CellId[];
  stop(): void;
}

/** Which names a text makes and reads; null when it does not compile. */
export type Analyze = (cell: CellId, source: string) => Promise<CellNames | null>;

/** The map as it is where another one says the same, so that nothing is drawn for it. */
function unlessSame<Says extends ReadonlyMap<CellId, unknown>>(map: Says, other: Says): Says {
  return JSON.stringify([...map]) === JSON.stringify([...other]) ? map : other;
}

export function watchStaleness(store: StoreApi<NotebookState>, analyze: Analyze): StaleWatch {
  const moved = new Map<KnobId, number>();
  /** By cell, the text last looked at, and what the last one that compiled makes and reads. */
  const looked = new Map<CellId, { readonly source: string; readonly names: CellNames | null }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stillTimer: ReturnType<typeof setTimeout> | undefined;
  let isLooking = false;
  let isStopped = false;

  function analysis(): Analysis {
    return new Map(
      Array.from(looked).flatMap(([id, { names }]): [CellId, CellNames][] =>
        names === null ? [] : [[id, names]],
      ),
    );
  }

  function update(): void {
    timer = undefined;
    const { notebook, runtime, stale, shared, missing } = store.getState();
    const names = analysis();
    const now = {
      stale: unlessSame(stale, staleCells(notebook, runtime, names, moved)),
      shared: unlessSame(shared, sharedNames(notebook, runtime, names)),
      missing: unlessSame(missing, missingNames(notebook, runtime, names)),
    };
    if (now.stale !== stale || now.shared !== shared || now.missing !== missing) {
      store.setState(now);
    }
  }

  function later(): void {
    timer ??= setTimeout(update, PAUSE_MS);
  }

  /** The first cell whose text is neither the one that ran nor looked at yet. */
  function next(): Cell | undefined {
    const { notebook, runtime } = store.getState();
    return notebook.cells.find(
      ({ id, type, source }) =>
        type === "code" &&
        source.trim() !== "" &&
        looked.get(id)?.source !== source &&
        runtimeOf(runtime, id).record?.source !== source,
    );
  }

  /** One text after the other, so that a run that is asked for meanwhile is compiled next. */
  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    for (let cell = next(); cell !== undefined && !isStopped; cell = next()) {
      const { id, source } = cell;
      const names = await analyze(id, source).catch(() => null);
      // A text that is broken for now most likely makes what it made before.
      looked.set(id, { source, names: names ?? looked.get(id)?.names ?? null });
      later();
    }
    isLooking = false;
  }

  function whenStill(): void {
    clearTimeout(stillTimer);
    stillTimer = setTimeout(() => void look(), STILL_MS);
  }

  const unsubscribe = store.subscribe((state, before) => {
    const edited = state.notebook !== before.notebook;
    if (edited) whenStill();
    if (edited || state.runtime.cells !== before.runtime.cells) later();
  });
  whenStill();
  return {
    knobMoved: (id) => {
      moved.set(id as KnobId, Date.now());
      later();
    },
    mendingRuns() {
      const { notebook, runtime } = store.getState();
      return mendingRuns(notebook, runtime, analysis(), moved);
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      clearTimeout(stillTimer);
      unsubscribe();
    },
  };
}
