/**
 * One notebook between this browser's storage and the page: loads it, saves every change soon, lets
 * one tab write at a time.
 */
import type { CellId } from "../../kernel/protocol.ts";
import type { CellResults } from "../notebook/outputs.ts";
import { type LessonProgress, progressOf } from "../notebook/sections.ts";
import {
  createAutosave,
  flushOnHide,
  type SaveState as AutosaveState,
} from "../storage/autosave.ts";
import { lockNotebook } from "../storage/lock.ts";
import { openRunLog } from "../notebook/training-runs.ts";
import { loadNotebook, type SavedNotebook, saveNotebook } from "../storage/notebooks.ts";
import type { NotebookSession } from "./notebook-session.ts";
import { type NotebookState, openState, type SaveState } from "./store.ts";

export interface Keeping {
  takeOver(): void;
  /** Saves what is not saved and lets other tabs write. */
  stop(): void;
}

export function stateOf(saved: SavedNotebook): NotebookState {
  const { notebook, results, knobs, permissions, runs, learning } = saved;
  return {
    ...openState(notebook, results, knobs),
    permissions,
    learning,
    runs: openRunLog(runs.runs, runs.next),
  };
}

/** What a file or the storage keeps of the state. */
export function resultsOf({ notebook, runtime }: NotebookState): ReadonlyMap<CellId, CellResults> {
  return new Map(
    notebook.cells.flatMap(({ id }): [CellId, CellResults][] => {
      const run = runtime.cells.get(id);
      return run ? [[id, { executionCount: run.executionCount, outputs: run.outputs }]] : [];
    }),
  );
}

export function savedOf(id: string, state: NotebookState): SavedNotebook {
  const { notebook, knobs, permissions, runs, learning } = state;
  return { id, notebook, results: resultsOf(state), knobs, permissions, runs, learning };
}

/** What the list of lessons says of it; null for a notebook that nobody learns from. */
export function progressIn(state: NotebookState): LessonProgress | null {
  const { notebook, runtime, learning, viewpoint } = state;
  if (viewpoint === "author") return null;
  const hasRun = (cell: CellId) => runtime.cells.get(cell)?.executionCount != null;
  return progressOf(notebook, { learning, hasRun });
}

/** Keeps the session's notebook under `id` until stopped. */
export function keep(id: string, session: NotebookSession): Keeping {
  const { store } = session;
  /** The lock is ours; before its answer nothing is written. */
  let writes = false;
  let wasReader = false;
  const autosave = createAutosave<NotebookState>(
    (state) => saveNotebook(savedOf(id, state), progressIn(state)),
    (state) => session.setSave(saveStateOf(state)),
  );

  const unsubscribe = store.subscribe((state, before) => {
    const changed =
      state.notebook !== before.notebook ||
      state.runtime.cells !== before.runtime.cells ||
      state.knobs !== before.knobs ||
      state.runs !== before.runs ||
      state.learning !== before.learning ||
      state.permissions !== before.permissions;
    if (changed && writes) autosave.changed(state);
  });
  const stopFlushing = flushOnHide(autosave);
  const lock = lockNotebook(id, {
    gained: () => {
      if (wasReader) void catchUp();
      else allowWriting();
    },
    lost: () => {
      writes = false;
      wasReader = true;
      session.setReadOnly(true);
    },
    beforeHandover: () => autosave.flush(),
  });

  function allowWriting(): void {
    writes = true;
    session.setReadOnly(false);
    autosave.changed(store.getState());
  }

  /** The other tab has written since we read: what it left comes first. */
  async function catchUp(): Promise<void> {
    try {
      const left = await loadNotebook(id);
      if (left) session.replace(stateOf(left));
      allowWriting();
    } catch (error) {
      session.tell(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    takeOver: () => lock.takeOver(),
    stop: () => {
      unsubscribe();
      stopFlushing();
      void autosave.flush().finally(() => {
        autosave.close();
        lock.release();
      });
    },
  };
}

const saved: SaveState = { kind: "saved" };
const saving: SaveState = { kind: "saving" };

function saveStateOf(state: AutosaveState): SaveState {
  switch (state.kind) {
    case "saved":
      return saved;
    case "unsaved":
    case "saving":
      return saving;
    case "failed": {
      const { error } = state;
      return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
    }
    default:
      return state satisfies never;
  }
}
