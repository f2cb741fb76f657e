/**
 * What guards do when their flag is up: end the run the host wants ended, let output move, and
 * give asynchronous loops their turn of the event loop.
 */
import type { Flags } from "../compile/cell-interface.ts";
import type { Guard } from "../compile/compiler.ts";
import {
  ATTENTION,
  type Control,
  INTERRUPT,
  PAUSE,
  PRESS,
  SLOW,
  STOP_RUN,
  TICK,
  TICK_MS,
  YIELD_WANTED,
} from "../hosts/control.ts";
import type { RunId } from "../protocol.ts";
import { Interrupted } from "./interrupted.ts";
import { createPauses, type Pauses, type PausesOptions, type Place } from "./pauses.ts";
import type { Run, RunContext } from "./run.ts";
import { hasRoom } from "./stack-room.ts";
import { nextTurn } from "./turns.ts";

/** Iterations between two looks at the clock where no flag can be raised from outside. */
const COUNTDOWN = 1000;
/** How long a press may wait for the head of a turn before it is answered anywhere. */
const PATIENCE_MS = 250;

export interface Attention {
  /** The second argument of every cell. */
  readonly flags: Flags;
  slow(isTurn?: 1): void;
  seen(values: Readonly<Record<string, unknown>>): void;
  yield(): Promise<void>;
  /** How many loops wait for their turn of the event loop. */
  yielding(): number;
  now(): Run | null;
  back<T>(run: unknown, value?: T): T | undefined;
  /** A loop with a handle begins a turn, where the run can be held. */
  turn(place: Place): void;
  /** Answers presses of buttons. `isBetween`: nothing is half done here, but for what the reader's functions do. */
  answer(isBetween: boolean): void;
  /** Answers them now, whatever runs; gives what the functions gave. */
  answerNow(): unknown[];
  /** In a call of the engine that takes long: throws when the run is interrupted. */
  attend(): void;
  /** A run begins, at a pace or as fast as it goes: an interrupt of before means it no more. */
  begin(run: RunId, pace?: number): void;
  /** An interrupt has ended what went on without a run. What comes back from a wait later still ends. */
  endedAtRest(): void;
  /** The control block was written where memory is not shared. */
  wake(): void;
  /** For a reader who pauses: what the turn before made, of the loop that is held or one inside it. */
  lastTurn(): ReadonlyMap<string, unknown>;
  /** Milliseconds that runs were held while paused. */
  heldMs(): number;
  /** The same with those that they waited to keep to a pace. */
  idleMs(): number;
  /** Whether the host wants the active run, or the one it has sent but that could not begin, ended. */
  isStopped(): boolean;
  /** The run has settled: an interrupt meant for it is answered. */
  settle(run: Run): void;
}

export interface AttentionOptions {
  readonly control: Control;
  readonly guard: Guard;
  readonly context: RunContext;
  /** `flush` is called about once a frame from inside busy code. */
  readonly output: PausesOptions["output"];
  readonly activity: PausesOptions["activity"];
  /** Tells the host that a run is held, or goes on. */
  readonly tell: PausesOptions["tell"];
  readonly look: PausesOptions["look"];
  readonly resume: PausesOptions["resume"];
  readonly isReplaying: PausesOptions["isReplaying"];
  readonly answerPresses: () => unknown[];
  /** Code comes by a guard while no run is under way. */
  readonly meetBackground: () => void;
}

export function createAttention(options: AttentionOptions): Attention {
  const { control, guard, context, output } = options;
  const counts = guard === "countdown";
  const pauses: Pauses = createPauses({
    ...options,
    shared: !counts,
    throwIfStopped,
    meanwhile: () => answer(true),
  });
  const flags = counts ? new Int32Array([COUNTDOWN, 0]) : control.flags;
  let yieldedAt = performance.now();
  let flushedAt = yieldedAt;
  /** When the oldest press that waits was first seen. */
  let pressedAt: number | null = null;
  let answering = false;
  let yielding = 0;
  let lastSettled = 0;
  /** The last stop of what went on without a run. */
  let stoppedAtRest = 0;
  let lastTurn: Readonly<Record<string, unknown>> = {};
  /** The error of one stop: to note the stack anew in each `catch` of a deep recursion takes seconds. */
  let stop: Interrupted | null = null;

  // Runs are numbered upwards: an interrupt that comes too late for its run names a settled one.
  const isStopped = () =>
    (Atomics.load(control.flags, ATTENTION) & INTERRUPT) !== 0 &&
    Atomics.load(control.flags, STOP_RUN) > lastSettled;

  /** The flag goes down, unless somebody wants a stop meanwhile. */
  function lowerInterrupt(): void {
    if (Atomics.load(control.flags, STOP_RUN) > lastSettled) return;
    Atomics.and(control.flags, ATTENTION, ~INTERRUPT);
    if (Atomics.load(control.flags, STOP_RUN) > lastSettled)
      Atomics.or(control.flags, ATTENTION, INTERRUPT);
  }

  function throwIfStopped(): void {
    if (!isStopped()) return;
    const run = context.active();
    // Figures are drawn at rest, too, after a stop has done its work there.
    if (run === null && output.isFlushing() && control.flags[STOP_RUN] === stoppedAtRest) return;
    if (run !== null) run.interrupted = true;
    // The next guard must come here too, whatever catches this.
    if (counts) flags[0] = 0;
    throw (stop ??= new Interrupted());
  }

  function slow(isTurn?: 1): void {
    if (counts) countDown();
    throwIfStopped();
    if (context.active() === null) options.meetBackground();
    const wanted = Atomics.load(control.flags, ATTENTION);
    // Where there is no room the flags stay up, for a guard that has some.
    if ((wanted & (TICK | PRESS | PAUSE | SLOW)) !== 0 && hasRoom()) {
      if ((wanted & TICK) !== 0) {
        Atomics.and(control.flags, ATTENTION, ~TICK);
        output.flush();
      }
      if ((wanted & PRESS) !== 0) answer(isTurn === 1 && context.active()?.loop === null);
      if ((wanted & (PAUSE | SLOW)) !== 0) pauses.hold(isTurn === 1 ? "plain turn" : "call");
    }
    // A turn that ends by `continue` tells nothing: an older one must not pass for it.
    if (isTurn === 1) lastTurn = {};
  }

  function answer(isBetween: boolean): void {
    if ((Atomics.load(control.flags, ATTENTION) & PRESS) === 0) return;
    if (answering || context.active() === null || output.isFlushing()) return;
    pressedAt ??= performance.now();
    if (isBetween || performance.now() - pressedAt > PATIENCE_MS) answerNow();
  }

  function answerNow(): unknown[] {
    Atomics.and(control.flags, ATTENTION, ~PRESS);
    pressedAt = null;
    answering = true;
    try {
      return options.answerPresses();
    } finally {
      answering = false;
    }
  }

  function countDown(): void {
    // Near a pause each turn counts, and has to be able to wait.
    const isNear = pauses.isNear();
    flags[0] = isNear ? 0 : COUNTDOWN;
    const now = performance.now();
    if (isNear || now - yieldedAt >= TICK_MS) flags[1] = 1;
    if (now - flushedAt >= TICK_MS && hasRoom()) {
      flushedAt = now;
      output.flush();
    }
  }

  async function yieldTurn(): Promise<void> {
    flags[YIELD_WANTED] = 0;
    slow();
    const run = context.current();
    await new Promise<void>((resolve, reject) => {
      const cancel = () => reject(new Interrupted());
      run?.cancellations.add(cancel);
      yielding += 1;
      nextTurn(() => {
        yielding -= 1;
        run?.cancellations.delete(cancel);
        context.enter(run);
        resolve();
      });
    });
    yieldedAt = performance.now();
    slow();
    if (counts && run !== null) await pauses.holdAtYield(run);
  }

  return {
    flags,
    slow,
    seen(values) {
      if ((Atomics.load(control.flags, ATTENTION) & PAUSE) !== 0) lastTurn = values;
    },
    yield: yieldTurn,
    yielding: () => yielding,
    now() {
      // What a callback begins after a stop is not what was stopped.
      const run = context.current();
      return run !== null && run.interrupted && run.settled ? null : run;
    },
    back(run, value) {
      // What `now` has given.
      const going = run as Run | null;
      // Nobody waits for it any more, and no guard would tell it so.
      if (going?.interrupted === true) throw new Interrupted();
      context.enter(going);
      return value;
    },
    turn(place) {
      throwIfStopped();
      pauses.hold(place);
      answer(place === "turn");
    },
    answer,
    answerNow,
    attend: throwIfStopped,
    begin(run, pace) {
      pauses.pace.begin(run, pace);
      lastSettled = Math.max(lastSettled, run - 1);
      lowerInterrupt();
    },
    endedAtRest: () => (stoppedAtRest = Atomics.load(control.flags, STOP_RUN)),
    wake: pauses.wake,
    lastTurn: () => new Map(Object.entries(lastTurn)),
    heldMs: pauses.heldMs,
    idleMs: () => pauses.heldMs() + pauses.pace.waitedMs(),
    isStopped,
    settle(run) {
      lastSettled = run.run;
      lastTurn = {};
      stop = null;
      lowerInterrupt();
      pauses.settle(run);
      if (counts) flags[0] = COUNTDOWN;
    },
  };
}
