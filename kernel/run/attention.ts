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
  STOP_RUN,
  TICK,
  TICK_MS,
  YIELD_WANTED,
} from "../hosts/control.ts";
import { Interrupted } from "./interrupted.ts";
import type { Run, RunContext } from "./run.ts";
import { nextTurn } from "./turns.ts";

/** Iterations between two looks at the clock where no flag can be raised from outside. */
const COUNTDOWN = 1000;

export interface Attention {
  /** The second argument of every cell. */
  readonly flags: Flags;
  slow(): void;
  yield(): Promise<void>;
  /** Whether the host wants the active run, or the one it has sent but that could not begin, ended. */
  isStopped(): boolean;
  /** The run has settled: an interrupt meant for it is answered. */
  settle(run: Run): void;
}

export interface AttentionOptions {
  readonly control: Control;
  readonly guard: Guard;
  readonly context: RunContext;
  /** Called about once a frame from inside busy code. */
  readonly flush: () => void;
}

export function createAttention({ control, guard, context, flush }: AttentionOptions): Attention {
  const counts = guard === "countdown";
  const flags = counts ? new Int32Array([COUNTDOWN, 0]) : control.flags;
  let yieldedAt = performance.now();
  let flushedAt = yieldedAt;

  let lastSettled = 0;

  // Runs are numbered upwards: an interrupt that comes too late for its run names a settled one.
  const isStopped = () =>
    (Atomics.load(control.flags, ATTENTION) & INTERRUPT) !== 0 &&
    Atomics.load(control.flags, STOP_RUN) > lastSettled;

  function throwIfStopped(): void {
    if (!isStopped()) return;
    const run = context.active();
    if (run !== null) run.interrupted = true;
    // The next guard must come here too, whatever catches this.
    if (counts) flags[0] = 0;
    throw new Interrupted();
  }

  function slow(): void {
    if (counts) countDown();
    throwIfStopped();
    if ((Atomics.load(control.flags, ATTENTION) & TICK) !== 0) {
      Atomics.and(control.flags, ATTENTION, ~TICK);
      flush();
    }
  }

  function countDown(): void {
    flags[0] = COUNTDOWN;
    const now = performance.now();
    if (now - yieldedAt >= TICK_MS) flags[1] = 1;
    if (now - flushedAt >= TICK_MS) {
      flushedAt = now;
      flush();
    }
  }

  async function yieldTurn(): Promise<void> {
    flags[YIELD_WANTED] = 0;
    slow();
    const run = context.current();
    await new Promise<void>((resolve, reject) => {
      const cancel = () => reject(new Interrupted());
      run?.cancellations.add(cancel);
      nextTurn(() => {
        run?.cancellations.delete(cancel);
        context.enter(run);
        resolve();
      });
    });
    yieldedAt = performance.now();
    slow();
  }

  return {
    flags,
    slow,
    yield: yieldTurn,
    isStopped,
    settle(run) {
      lastSettled = run.run;
      if (Atomics.load(control.flags, STOP_RUN) <= run.run) {
        Atomics.and(control.flags, ATTENTION, ~INTERRUPT);
      }
      if (counts) flags[0] = COUNTDOWN;
    },
  };
}
