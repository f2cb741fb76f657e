/**
 * One execution of one cell, and which of them code is running for. Browsers do not say for whom a
 * callback runs, so whatever resumes code later (timers, yields, answers) remembers its run and
 * enters it again.
 */
import type { CellId, KnobId, KnobValue, Program, RunId, RunReport } from "../protocol.ts";
import type { Past } from "../training.ts";

/** Whose output it is. */
export interface Owner {
  readonly cell: CellId;
  readonly run: RunId;
}

export interface Run extends Owner {
  /** Values the reader gave to knobs of this cell before. */
  readonly knobValues: Readonly<Record<KnobId, KnobValue>>;
  readonly readKnobs: Set<KnobId>;
  /** How many knobs of each label this run has made. */
  readonly knobLabels: Map<string, number>;
  /** Origins it asked for in vain. */
  readonly refused: Set<string>;
  /** What would resume the run later, settled or not. Called when it is interrupted: none may resume it then. */
  readonly cancellations: Set<() => void>;
  /** A guard has thrown, or the wait for a hanging await was given up. */
  interrupted: boolean;
  settled: boolean;
  /** The loop that moves the run's bar now, by its number in this kernel; null when there is none. */
  loop: number | null;
  /** The optimiser's steps in this kernel before the run. */
  readonly steps: number;
  /** What the host knows of earlier runs, where it says so. */
  readonly past: Past | null;
}

export function createRun(program: Program, steps = 0): Run {
  return {
    cell: program.cell,
    run: program.run,
    knobValues: program.knobs,
    readKnobs: new Set(),
    knobLabels: new Map(),
    refused: new Set(),
    cancellations: new Set(),
    interrupted: false,
    settled: false,
    loop: null,
    steps,
    past: program.past ?? null,
  };
}

/** What is said of a press that nothing answers. */
export const noReport: RunReport = {
  status: "ok",
  durationMs: 0,
  left: 0,
  wrote: [],
  readKnobs: [],
  trained: false,
  drew: false,
};

/** More hosts than a reader would answer for are not told. */
const MOST_REFUSED = 8;

/** Whether this is the first time that the run was refused this origin; notes it. */
export function isNewRefusal({ refused }: Run, origin: string): boolean {
  if (refused.has(origin) || refused.size >= MOST_REFUSED) return false;
  refused.add(origin);
  return true;
}

export interface RunContext {
  /** The run that the code running now belongs to; null before the first. */
  current(): Run | null;
  /** The run that a `run` call has begun and not settled. */
  active(): Run | null;
  begin(run: Run): void;
  settle(run: Run): void;
  /**
   * Code of `run` goes on in this turn of the event loop. The turn's microtasks belong to it too;
   * then the active run is current again.
   */
  enter(run: Run | null): void;
}

/** `afterThisTurn` calls back in a later turn of the event loop, when microtasks have drained. */
export function createRunContext(afterThisTurn: (callback: () => void) => void): RunContext {
  let current: Run | null = null;
  let active: Run | null = null;
  return {
    current: () => current,
    active: () => active,
    begin(run) {
      active = run;
      current = run;
    },
    settle(run) {
      run.settled = true;
      if (active === run) active = null;
    },
    enter(run) {
      if (run === null || run === current) return;
      current = run;
      if (active !== null && active !== run) {
        afterThisTurn(() => {
          if (active !== null) current = active;
        });
      }
    },
  };
}
