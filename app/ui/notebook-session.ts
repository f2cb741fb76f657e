/**
 * An open notebook: its state, its kernel, and every act of the reader upon them. Views call these
 * methods and render the store; nothing here knows React or the page's elements.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { KernelClient, Notice, RunRequest } from "../../kernel/hosts/notices.ts";
import type { CellId, KnobValue } from "../../kernel/protocol.ts";
import type { RunManner } from "../../kernel/training.ts";
import { type Cell, newCell, type Notebook, tagsOf } from "../notebook/document.ts";
import type { Edit } from "../notebook/edits.ts";
import { emptyHistory } from "../notebook/history.ts";
import { guessesBefore } from "../notebook/predictions.ts";
import { insertAfter } from "../notebook/restructure.ts";
import type { CellClipboard } from "./cell-clipboard.ts";
import { type AttachedFiles, attachAll } from "./attached-files.ts";
import { createCellActs } from "./cell-acts.ts";
import { createLearningActs } from "./learning-acts.ts";
import { createLightRuns } from "./light-runs.ts";
import { createRunActs } from "./run-acts.ts";
import { createTrainingActs } from "./training-acts.ts";
import { createPermissionActs } from "./permission-acts.ts";
import { rendered } from "./rendered.ts";
import { selectedCells } from "./selection.ts";
import { createSelectionActs } from "./selection-acts.ts";
import {
  cellOf,
  edited,
  isBusy,
  isPaused,
  neighbourOf,
  type NotebookState,
  notified,
  type Question,
  runningCell,
  runningId,
  type SaveState,
} from "./store.ts";
import { watchStaleness } from "./stale-watch.ts";

export interface SessionParts {
  readonly state: NotebookState;
  /** Called once; what it returns is closed with the session. */
  readonly openKernel: (
    notify: (notices: readonly Notice[]) => Promise<void>,
    get: () => NotebookState,
  ) => KernelClient;
  /** Downloads the notebook as a file. */
  readonly saveFile: (state: NotebookState) => void;
  /** Downloads a text about it under its name with this ending. */
  readonly saveText: (state: NotebookState, text: string, ending: "csv" | "json") => void;
  /** Downloads what a student gets of it. */
  readonly saveStudentCopy: (state: NotebookState) => void;
  /** The lesson's text as it is given out; null where this is no lesson. @throws Error for the reader */
  readonly original: () => Promise<Notebook | null>;
  /** Keeps it as a notebook of its own, beside this one. @throws Error for the reader */
  readonly keepAside: (state: NotebookState) => Promise<void>;
  /** Asks the other tab for the notebook. */
  readonly takeOver: () => void;
  readonly files: AttachedFiles;
  readonly clipboard: CellClipboard;
  /** Downloads a file that a cell has saved. @throws Error whose message is for the reader */
  readonly downloadFile: (name: string) => Promise<void>;
  /** Where packages come from unless the notebook says otherwise: a pattern of addresses. */
  readonly usualPackages: string;
}

export type NotebookSession = ReturnType<typeof createNotebookSession>;

export function createNotebookSession(parts: SessionParts) {
  const store: StoreApi<NotebookState> = createStore(() => parts.state);
  const { getState: get } = store;
  const kernel = parts.openKernel(notify, get);
  const light = createLightRuns(store, runCells);
  const selection = createSelectionActs({ get, set });
  const { select, edit } = selection;

  const watch = watchStaleness(store, (cell, source) => kernel.analyze(cell, source));

  function set(next: NotebookState | Partial<NotebookState>): void {
    store.setState(next);
  }

  function notify(notices: readonly Notice[]): Promise<void> {
    const before = get();
    set(notified(before, notices, Date.now()));
    const { knobs } = get();
    if (knobs !== before.knobs) {
      const by = runningId(before);
      for (const id of Object.keys(knobs)) {
        if (knobs[id] === before.knobs[id]) continue;
        watch.knobMoved(id);
        light.knobTurned(id, by);
      }
    }
    return rendered();
  }

  function dispatch(edit: Edit | null): void {
    if (edit && !get().readOnly) set(edited(get(), edit));
  }

  function runCells(cells: readonly Cell[], how: RunManner = {}): Promise<void> {
    const [first] = cells;
    const { notebook, runtime } = get();
    const guesses = first === undefined ? [] : guessesBefore(notebook, runtime, first.id);
    const wanted = [...guesses.filter((guess) => !cells.includes(guess)), ...cells];
    const code = wanted.filter((cell) => cell.type === "code" && cell.source.trim() !== "");
    return kernel.run(code.map((cell) => requestOf(cell, paced(cell.id, how))));
  }

  function paced(cell: CellId, how: RunManner): RunManner {
    const pace = get().paces.get(cell);
    return pace === undefined ? how : { ...how, pace };
  }

  /** Shows another state of the same notebook. The kernel of this tab lives on. */
  function replace({ notebook, runtime, knobs, permissions, runs, learning }: NotebookState): void {
    const { kernel } = get().runtime;
    const known = notebook.cells.some((cell) => cell.id === get().selected);
    set({
      notebook,
      history: emptyHistory,
      knobs,
      permissions,
      runs,
      learning,
      marks: new Map(),
      runtime: { ...runtime, kernel },
      ...(known ? {} : { selected: null, anchor: null, mode: "command" }),
    });
  }

  /** Runs whose end nobody waits for: how they ended is in the notices. */
  function start(cells: readonly Cell[], how?: RunManner): void {
    void runCells(cells, how);
  }

  /** A hand on a knob: told to the kernel at once; light cells that read it run again. */
  function setKnob(id: string, value: KnobValue): void {
    set({ knobs: { ...get().knobs, [id]: value }, unread: isPaused(get()) });
    watch.knobMoved(id);
    kernel.setKnob(id, value);
    light.knobMoved(id);
  }

  function restart(): void {
    kernel.restart().catch(() => {
      // A kernel that does not start has said so by its own notice, which the page shows.
    });
  }

  return {
    store,
    dispatch,
    /** Another tab wrote this notebook: shows what it left. */
    replace,
    setReadOnly: (readOnly: boolean): void => set({ readOnly }),
    setSave: (save: SaveState): void => set({ save }),

    ...selection,
    ...createCellActs({ get, set, dispatch, selection, clipboard: parts.clipboard }),
    toggleFold(id: CellId): void {
      const unfolded = new Set(get().unfolded);
      if (!unfolded.delete(id)) unfolded.add(id);
      set({ unfolded });
    },

    runCell(id: CellId): void {
      const cell = cellOf(get(), id);
      if (cell) start([cell]);
    },
    /** Runs the selected cells; then none but one is selected: the last of them, or what follows. */
    runSelected(then: "stay" | "next" | "insert"): void {
      const cells = selectedCells(get());
      const last = cells.at(-1);
      if (!last) return select(neighbourOf(get(), 1));
      start(cells);
      select(last.id);
      const isLast = get().notebook.cells.at(-1)?.id === last.id;
      // A lesson ends with its last cell: behind it lies the next lesson, no empty cell.
      if (then === "stay" || (then === "next" && isLast && get().lesson !== null)) return;
      if ((then === "insert" || isLast) && !get().readOnly) {
        const added = newCell("code");
        dispatch(insertAfter([added], last.id));
        edit(added.id);
      } else select(neighbourOf(get(), 1));
    },
    ...createRunActs({
      get,
      select,
      run: runCells,
      restart: () => kernel.restart(),
      mendingRuns: watch.mendingRuns,
      tell: (problem) => set({ problem }),
    }),
    /** Runs these cells as a trusted notebook opens. */
    runOnOpening: (cells: readonly Cell[]): void => start(cells),
    interrupt: (): void => kernel.interrupt(),
    pauseOrResume(): void {
      const run = runningCell(get());
      if (run) kernel.steer({ kind: run.pause || run.wish === "pause" ? "resume" : "pause" });
    },
    showNames: (showsNames: boolean): void => set({ showsNames }),
    /** On to the next turn of a paused loop; a running one pauses. */
    step(): void {
      const run = runningCell(get());
      if (run) kernel.steer({ kind: run.pause ? "step" : "pause" });
    },
    /** Ends the loop with the bar; the rest of the cell runs. */
    finish(): void {
      const loop = runningCell(get())?.progress?.loop;
      if (loop !== undefined) kernel.steer({ kind: "finish", loop });
    },
    /** Has back what an ended kernel was training; with false, wants no more of it. */
    restoreCheckpoint(isWanted: boolean): void {
      kernel.restore(isWanted).catch((error: unknown) => {
        set({ problem: error instanceof Error ? error.message : String(error) });
      });
    },
    restart,
    ...createPermissionActs({
      get,
      set,
      dispatch,
      restart,
      run: (ids) => start(get().notebook.cells.filter((cell) => ids.has(cell.id))),
    }),
    files: parts.files,
    usualPackages: parts.usualPackages,
    /** Keeps these files with the notebook, and shows what it has. */
    attach(files: readonly File[]): void {
      attachAll(parts.files, files).then(
        () => set({ question: "files" }),
        (error: unknown) =>
          set({ problem: error instanceof Error ? error.message : String(error) }),
      );
    },
    isBusy: (): boolean => isBusy(get()),
    ...createLearningActs({
      get,
      set,
      dispatch,
      replace,
      run: runCells,
      restart: () => kernel.restart(),
      original: parts.original,
      keepAside: parts.keepAside,
    }),
    saveStudentCopy: (): void => parts.saveStudentCopy(get()),

    setKnob,
    ...createTrainingActs({
      get,
      set,
      kernel,
      setKnob,
      run(id, how) {
        const cell = cellOf(get(), id);
        if (cell) start([cell], how);
      },
      download: (text, ending) => parts.saveText(get(), text, ending),
    }),
    /** A press of a button: answered by its cell's function, counted for the cells that read it. */
    pressKnob(id: string): void {
      const heard = kernel.pressKnob(id);
      if (heard === null) {
        set({ problem: "Run the cell of this button first: the kernel does not know it." });
        return;
      }
      if (heard === "counted" && isPaused(get())) set({ unread: true });
      watch.knobMoved(id);
      light.knobMoved(id);
    },
    /** Says what did not work, or with null that it was read. */
    tell: (problem: string | null): void => set({ problem }),
    ask: (question: Question | null): void => set({ question }),
    saveFile: (): void => parts.saveFile(get()),
    takeOver: (): void => parts.takeOver(),
    downloadFile(name: string): void {
      parts.downloadFile(name).catch((error: unknown) => {
        set({ problem: error instanceof Error ? error.message : String(error) });
      });
    },
    close(): void {
      watch.stop();
      light.stop();
      kernel.close();
    },
  };
}

function requestOf(cell: Cell, how: RunManner): RunRequest {
  return {
    cell: cell.id,
    source: cell.source,
    raisesException: tagsOf(cell).includes("raises-exception"),
    how,
  };
}
