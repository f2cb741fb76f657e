/** Loops with a handle, and the cell's bar that they move. */
import { kindOf } from "../tensor/errors.ts";
import type { LoopObserver, LoopWatch } from "../tensor/loop.ts";
import { watched } from "../tensor/loop.ts";
import type { OutputEvent } from "../protocol.ts";
import type { Output } from "./output.ts";
import type { Run, RunContext } from "./run.ts";

/**
 * The items of `items`, with the cell's bar. The end is known for arrays, strings, sets, maps and
 * typed arrays.
 */
export function progress<T>(items: Iterable<T>): Generator<T, void, undefined> {
  if (typeof (items as Partial<Iterable<T>> | null)?.[Symbol.iterator] !== "function")
    throw new TypeError(
      `progress: ${kindOf(items)} - wanted something to loop over, such as an array or [...Array(5).keys()]`,
    );
  return watched(items, countOf(items));
}

/** 0, 1, 2, ... until the reader ends it. */
export function forever(): Generator<number, void, undefined> {
  return watched(naturals(), null);
}

function* naturals(): Generator<number, void, undefined> {
  for (let step = 0; ; step++) yield step;
}

function countOf(items: object | string): number | null {
  if (typeof items === "string") return items.length;
  for (const key of ["length", "size"]) {
    const count: unknown = Reflect.get(items, key);
    if (typeof count === "number") return count;
  }
  return null;
}

/** Shares of an old and a new rate in the one shown: jumps are smoothed, changes seen in a second. */
const SMOOTHING = 0.9;

/** Shows the outermost loop of a run as its bar; loops inside it move nothing. */
export function createLoopObserver(
  context: RunContext,
  output: Output,
  now: () => number = () => performance.now(),
): LoopObserver {
  const bars = new WeakSet<Run>();
  return {
    begin(total) {
      const run = context.current();
      if (run === null || bars.has(run)) return { next: () => true, end: () => {} };
      bars.add(run);
      return createBar(run, total, output, now, () => bars.delete(run));
    },
  };
}

function createBar(
  run: Run,
  total: number | null,
  output: Output,
  now: () => number,
  release: () => void,
): LoopWatch {
  let begun = 0;
  let ended = false;
  let seenAt = now();
  let seen = 0;
  let perSecond = 0;
  const dirty = {
    owner: run,
    render(): OutputEvent {
      const done = ended ? begun : Math.max(0, begun - 1);
      const elapsedMs = now() - seenAt;
      if (elapsedMs > 0 && done > seen) {
        const rate = ((done - seen) * 1000) / elapsedMs;
        const old = SMOOTHING ** (elapsedMs / 100);
        perSecond = perSecond === 0 ? rate : perSecond * old + rate * (1 - old);
        seen = done;
        seenAt = now();
      }
      return { kind: "progress", done, total, perSecond };
    },
  };
  return {
    next() {
      begun += 1;
      output.invalidate(dirty);
      return true;
    },
    end() {
      ended = true;
      output.invalidate(dirty);
      release();
    },
  };
}
