/**
 * Slow motion: a run that keeps to so many turns of its loop a second, so that people can watch. It
 * waits at the heads of turns as a paused one does, and is told from nobody as held.
 */
import {
  ATTENTION,
  CHANGES,
  type Control,
  PACE,
  PACE_RUN,
  SLOW,
  TICK_MS,
} from "../hosts/control.ts";
import type { RunId } from "../protocol.ts";
import type { Place } from "./pauses.ts";
import type { Run } from "./run.ts";

export interface Pace {
  /** A run begins at this pace, unless the reader has changed it meanwhile. */
  begin(run: RunId, perSecond: number | undefined): void;
  /** Waits here until the next turn is due; returns early when the reader wants something else. */
  keep(run: Run, place: Place): void;
  /** The same for a loop that can wait, where memory is not shared. */
  keepAtYield(run: Run): Promise<void>;
  /** Whether guards have to be asked at each turn. */
  isSlow(run: Run): boolean;
  settle(run: RunId): void;
  /** Milliseconds that runs waited in all. */
  waitedMs(): number;
}

export interface PaceOptions {
  readonly control: Control;
  readonly shared: boolean;
  readonly activity: { readonly steps: number };
  readonly output: { flush(): void; isIdle(): boolean };
  /** Called while it waits: buttons are answered, Stop is heard. */
  readonly meanwhile: () => void;
  /** Something else is wanted: a pause. */
  readonly isWanted: (run: Run) => boolean;
  /** A run on its way to a recorded step does not dawdle. */
  readonly isHurried: () => boolean;
  /** Resolves after a time, or when the host writes. */
  readonly sleep: (delayMs: number) => Promise<void>;
}

export function createPace(options: PaceOptions): Pace {
  const { control, shared, activity, output, meanwhile, isWanted, isHurried, sleep } = options;
  const { flags } = control;
  let lastAt = -Infinity;
  /** The optimiser's steps at the last wait. */
  let lastSteps = 0;
  let waitedMs = 0;
  let overdue = false;

  function perSecondOf(run: Run): number {
    const isOurs = (Atomics.load(flags, ATTENTION) & SLOW) !== 0 && flags[PACE_RUN] === run.run;
    return isOurs && !isHurried() ? (flags[PACE] ?? 0) / 1_000 : 0;
  }

  /** A step is a turn that trained; where nothing trains, a turn of the loop that has the bar. */
  function isDue(run: Run, place: Place): boolean {
    if (place === "call") return false;
    const stepped = activity.steps > Math.max(run.steps, lastSteps);
    if (place === "plain turn") return stepped && run.loop === null;
    return stepped || (place === "turn" && activity.steps === run.steps);
  }

  /** How long still, in milliseconds. */
  function leftMs(run: Run): number {
    const perSecond = perSecondOf(run);
    if (perSecond === 0 || isWanted(run)) return 0;
    return lastAt + 1_000 / perSecond - performance.now();
  }

  function taken(since: number): void {
    lastAt = performance.now();
    lastSteps = activity.steps;
    waitedMs += lastAt - since;
    overdue = false;
  }

  return {
    begin(run, perSecond) {
      lastAt = -Infinity;
      lastSteps = 0;
      if (Atomics.load(flags, PACE_RUN) === run) return;
      Atomics.store(flags, PACE, Math.round((perSecond ?? 0) * 1_000));
      Atomics.store(flags, PACE_RUN, run);
      if (perSecond === undefined) Atomics.and(flags, ATTENTION, ~SLOW);
      else Atomics.or(flags, ATTENTION, SLOW);
    },
    keep(run, place) {
      if (perSecondOf(run) === 0 || !isDue(run, place)) return;
      if (!shared) {
        overdue = true;
        return;
      }
      const since = performance.now();
      for (;;) {
        const seen = Atomics.load(flags, CHANGES);
        meanwhile();
        const left = leftMs(run);
        if (left <= 0) break;
        output.flush();
        Atomics.wait(flags, CHANGES, seen, output.isIdle() ? left : Math.min(left, TICK_MS));
      }
      taken(since);
    },
    async keepAtYield(run) {
      if (shared || perSecondOf(run) === 0) return;
      if (!overdue && !isDue(run, "plain turn")) return;
      const since = performance.now();
      for (let left = leftMs(run); left > 0; left = leftMs(run)) {
        meanwhile();
        await sleep(left);
      }
      taken(since);
    },
    isSlow: (run) => perSecondOf(run) > 0,
    settle(run) {
      if (Atomics.load(flags, PACE_RUN) <= run) Atomics.and(flags, ATTENTION, ~SLOW);
    },
    waitedMs: () => waitedMs,
  };
}
