/**
 * Pause and step. A paused run is held where it is: at the head of its loop's next turn, or at any
 * guard when no turn comes. With shared memory the kernel's thread sleeps and wakes for what the
 * host writes; without, only a loop that can wait is held, at its next yield.
 */
import {
  ATTENTION,
  CHANGES,
  type Control,
  PAUSE,
  PAUSE_RUN,
  STEPS,
  TICK_MS,
} from "../hosts/control.ts";
import { createPace, type Pace } from "./pace.ts";
import type { Run, RunContext } from "./run.ts";
import { after } from "./turns.ts";

/**
 * Where code can be held, by what has just begun: a turn of the loop that has the run's bar, of a
 * loop with a handle inside it, of any other loop, or a call.
 */
export type Place = "turn" | "inner turn" | "plain turn" | "call";

/** How long a run may go on to the head of a turn before it is held anywhere. */
const PATIENCE_MS = 250;

export interface Pauses {
  /** Holds the active run if it shall pause here; returns at its next step, or when it goes on. */
  hold(place: Place): void;
  /** The same for a loop that can wait, where memory is not shared. */
  holdAtYield(run: Run): Promise<void>;
  /** Where memory is not shared: the host has written something. */
  wake(): void;
  /** Whether guards have to be asked again, at each turn. */
  isNear(): boolean;
  settle(run: Run): void;
  /** Milliseconds that runs were held in all. */
  heldMs(): number;
  /** How fast runs go that are not held. */
  readonly pace: Pace;
}

export interface PausesOptions {
  readonly control: Control;
  /** Whether this thread may sleep on the control block. */
  readonly shared: boolean;
  readonly context: RunContext;
  readonly activity: { readonly steps: number };
  readonly output: { flush(): void; isIdle(): boolean; isFlushing(): boolean };
  /** Tells the host that the run is held here, or goes on. */
  readonly tell: (run: Run, isHeld: boolean) => void;
  /** Throws when the reader has pressed Stop. */
  readonly throwIfStopped: () => void;
  /** Called whenever the host writes while a run is held: buttons are answered. */
  readonly meanwhile: () => void;
  /** The same, where nothing is to change: the reader looks at a step of before. */
  readonly look: () => void;
  /** A held run goes on. */
  readonly resume: () => void;
  /** It is on its way to a recorded step. */
  readonly isReplaying: () => boolean;
}

export function createPauses(options: PausesOptions): Pauses {
  const { control, shared, context, activity, output, tell, throwIfStopped, meanwhile } = options;
  const { flags } = control;
  /** `asked`: the next turn holds. `stepping`: the turn after a step does. */
  let phase: "free" | "asked" | "stepping" = "free";
  let askedAt = 0;
  /** The optimiser's steps when this step began. */
  let stepsBefore = 0;
  let stepsTaken = 0;
  /** Held already: what the kernel does meanwhile, such as printing a value, is not held again. */
  let holding = false;
  /** Without shared memory: a turn came where nothing can wait, and the next yield holds. */
  let overdue = false;
  let heldMs = 0;
  let wakeUp: (() => void) | null = null;

  function isWanted(run: Run): boolean {
    const wanted =
      (Atomics.load(flags, ATTENTION) & PAUSE) !== 0 && Atomics.load(flags, PAUSE_RUN) === run.run;
    if (!wanted) phase = "free";
    else if (phase === "free") {
      phase = "asked";
      askedAt = performance.now();
      // Steps asked for before are of an earlier pause.
      stepsTaken = Atomics.load(flags, STEPS);
    }
    return wanted;
  }

  function isDue(run: Run, place: Place): boolean {
    if (place === "turn") return true;
    if (phase === "asked") {
      if (place === "inner turn") return true;
      if (place === "plain turn" && run.loop === null) return true;
      return performance.now() - askedAt > PATIENCE_MS;
    }
    const stepped = activity.steps > stepsBefore;
    if (place === "inner turn") return stepped;
    // A loop without a handle: its step is the optimiser's, or a turn where none is at work.
    return place === "plain turn" && run.loop === null && (stepped || activity.steps === run.steps);
  }

  /** Whether a held run goes on: for good, or for a step. */
  function goesOn(run: Run): boolean {
    throwIfStopped();
    if (!isWanted(run)) return true;
    if (Atomics.load(flags, STEPS) <= stepsTaken) return false;
    stepsTaken += 1;
    phase = "stepping";
    stepsBefore = activity.steps;
    return true;
  }

  const pace = createPace({
    control,
    shared,
    activity,
    output,
    isWanted,
    isHurried: options.isReplaying,
    meanwhile() {
      throwIfStopped();
      meanwhile();
    },
    sleep: (delayMs) =>
      new Promise<void>((resolve) => {
        const cancel = after(delayMs, resolve);
        wakeUp = () => {
          cancel();
          resolve();
        };
      }),
  });

  function begin(run: Run): () => void {
    const since = performance.now();
    holding = true;
    overdue = false;
    tell(run, true);
    return () => {
      holding = false;
      heldMs += performance.now() - since;
      tell(run, false);
    };
  }

  return {
    hold(place) {
      const run = context.active();
      if (holding || run === null || context.current() !== run || output.isFlushing()) return;
      pace.keep(run, place);
      if (!isWanted(run) || !isDue(run, place)) return;
      if (!shared) {
        overdue = true;
        return;
      }
      const end = begin(run);
      try {
        for (;;) {
          const seen = Atomics.load(flags, CHANGES);
          if (goesOn(run)) return options.resume();
          meanwhile();
          options.look();
          output.flush();
          Atomics.wait(flags, CHANGES, seen, output.isIdle() ? Infinity : TICK_MS);
        }
      } finally {
        end();
      }
    },
    async holdAtYield(run) {
      if (shared || holding || context.active() !== run) return;
      await pace.keepAtYield(run);
      if (!isWanted(run)) return;
      if (!overdue && !isDue(run, "plain turn")) return;
      const end = begin(run);
      try {
        while (!goesOn(run)) {
          meanwhile();
          options.look();
          await new Promise<void>((resolve) => {
            wakeUp = resolve;
          });
        }
        options.resume();
      } finally {
        end();
      }
    },
    wake: () => wakeUp?.(),
    isNear() {
      const run = context.active();
      return run !== null && (isWanted(run) || pace.isSlow(run));
    },
    settle(run) {
      if (Atomics.load(flags, PAUSE_RUN) <= run.run) Atomics.and(flags, ATTENTION, ~PAUSE);
      phase = "free";
      overdue = false;
      pace.settle(run.run);
    },
    heldMs: () => heldMs,
    pace,
  };
}
