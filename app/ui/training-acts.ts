/** Acts of the reader upon cells that train, and upon the runs they have left. */
import type { KernelClient } from "../../kernel/hosts/notices.ts";
import type { CellId, KnobValue } from "../../kernel/protocol.ts";
import type { RunManner } from "../../kernel/training.ts";
import {
  knobsOf,
  runNumbered,
  undeleted,
  withNote,
  withoutRuns,
} from "../notebook/training-runs.ts";
import { nextPace, stepNear } from "./recorded-steps.ts";
import { type NotebookState, runOf } from "./store.ts";

export interface TrainingParts {
  readonly get: () => NotebookState;
  readonly set: (state: Partial<NotebookState>) => void;
  readonly kernel: Pick<KernelClient, "interrupt" | "steer">;
  readonly run: (cell: CellId, how: RunManner) => void;
  readonly setKnob: (id: string, value: KnobValue) => void;
  /** Hands a text to the reader as a file with this ending. */
  readonly download: (text: string, ending: "csv" | "json") => void;
}

export function createTrainingActs({ get, set, kernel, run, setKnob, download }: TrainingParts) {
  /** Runs a cell once more; one that is running ends first. */
  function again(cell: CellId, how: RunManner): void {
    if (runOf(get(), cell).state === "running") kernel.interrupt();
    run(cell, how);
  }

  /** So many turns of the cell's loop a second at the most; null: as fast as it goes. */
  function setPace(cell: CellId, perSecond: number | null): void {
    const paces = new Map(get().paces);
    if (perSecond === null) paces.delete(cell);
    else paces.set(cell, perSecond);
    set({ paces });
    if (runOf(get(), cell).state === "running") kernel.steer({ kind: "pace", perSecond });
  }

  /** Shows a cell's figures as they were at a recorded step; one that is running pauses. */
  function lookAt(cell: CellId, step: number): void {
    const { state, pause } = runOf(get(), cell);
    if (state === "running" && pause === null) kernel.steer({ kind: "pause" });
    const recording = get().recordings.get(cell);
    if (recording !== undefined) kernel.steer({ kind: "look", run: recording.run, step });
  }

  return {
    /** Runs the cell again with the random numbers, parameters and optimisers that its last run began with. */
    sameStart: (cell: CellId): void => again(cell, { start: "same start" }),
    /** The same with other random numbers. */
    newSeed: (cell: CellId): void => again(cell, { start: "new seed" }),
    /** Runs the cell from the same start to a recorded step, and on from there. */
    goOnFrom: (cell: CellId, step: number): void => again(cell, { start: "step", step }),
    setPace,
    lookAt,

    /** The same a recorded step further, or back. */
    lookNear(cell: CellId, by: number): void {
      const recording = get().recordings.get(cell);
      const step = recording === undefined ? null : stepNear(recording, by);
      if (step !== null) lookAt(cell, step);
    },
    changePace: (cell: CellId, direction: "slower" | "faster"): void =>
      setPace(cell, nextPace(get().paces.get(cell) ?? null, direction)),

    toggleRuns: (): void => set({ runsPanel: !get().runsPanel }),
    /** Puts the knobs where this run has read them. */
    restoreSettings(number: number): void {
      const found = runNumbered(get().runs, number);
      for (const [id, value] of found === undefined ? [] : knobsOf(found)) setKnob(id, value);
    },
    noteRun: (number: number, note: string): void =>
      set({ runs: withNote(get().runs, number, note) }),
    deleteRuns: (numbers: ReadonlySet<number>): void =>
      set({ runs: withoutRuns(get().runs, numbers) }),
    undeleteRuns: (): void => set({ runs: undeleted(get().runs) }),
    /** The table of runs as text: who shows it has the words for it. */
    saveRuns: download,
  };
}
