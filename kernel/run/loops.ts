/** Loops with a handle, and the cell's bar that they move. */
import { kindOf } from "../tensor/errors.ts";
import type { LoopObserver, LoopWatch } from "../tensor/loop.ts";
import { watched, watchedAsync } from "../tensor/loop.ts";
import { checkNumber, checkOptions } from "../tensor/options.ts";
import { type Control, FINISH_LOOP } from "../hosts/control.ts";
import type { OutputEvent } from "../protocol.ts";
import type { Output } from "./output.ts";
import type { Place } from "./pauses.ts";
import type { Run, RunContext } from "./run.ts";

export interface ProgressOptions {
  /** How many items will come, where `items` cannot tell. */
  readonly total?: number;
}

/**
 * The items of `items`, with the cell's bar: how far, how fast, how long still. The end is known for
 * arrays, strings, sets, maps and typed arrays; for others `total` tells it. Of loops inside each
 * other the outer one has the bar, and its words say how far an inner one is that takes its time.
 *
 *     for (const epoch of progress([1, 2, 3])) train(epoch);
 *     for await (const chunk of progress(stream, { total: 128 })) read(chunk);
 *
 * @throws TypeError for what cannot be looped over, RangeError for a total below 0.
 */
export function progress<T>(
  items: Iterable<T>,
  options?: ProgressOptions,
): Generator<T, void, undefined>;
export function progress<T>(
  items: AsyncIterable<T>,
  options?: ProgressOptions,
): AsyncGenerator<T, void, undefined>;
export function progress<T>(
  items: Iterable<T> | AsyncIterable<T>,
  options: ProgressOptions = {},
): Generator<T, void, undefined> | AsyncGenerator<T, void, undefined> {
  checkOptions("progress", options, ["total"]);
  if (options.total !== undefined) checkNumber("progress", "total", options.total, 0);
  if (isIterable(items)) return watched(items, options.total ?? countOf(items));
  if (typeof (items as Partial<AsyncIterable<T>> | null)?.[Symbol.asyncIterator] !== "function")
    throw new TypeError(
      `progress: ${kindOf(items)} - wanted something to loop over, such as an array or [...Array(5).keys()]`,
    );
  return watchedAsync(items, options.total ?? null);
}

function isIterable<T>(items: Iterable<T> | AsyncIterable<T> | null): items is Iterable<T> {
  return typeof (items as Partial<Iterable<T>> | null)?.[Symbol.iterator] === "function";
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

/** An inner loop that takes longer than this is worth a word. */
const INNER_MS = 500;

/** Shares of an old and a new rate in the one shown: jumps are smoothed, changes seen in a second. */
const SMOOTHING = 0.9;

export interface LoopObserverOptions {
  readonly control: Control;
  readonly context: RunContext;
  readonly activity: { readonly steps: number };
  readonly output: Pick<Output, "invalidate">;
  /** Where a paused run is held. */
  readonly turn: (place: Place) => void;
  /** Milliseconds that runs were held in all: no loop is slow for being paused. */
  readonly heldMs: () => number;
  readonly now?: () => number;
}

/** Shows the outermost loop of a run as its bar, and ends it early when the reader wants that. */
export function createLoopObserver(options: LoopObserverOptions): LoopObserver {
  const { control, context } = options;
  let loops = 0;
  const bars = new WeakMap<Run, Bar>();
  const isFinishing = (loop: number | null) =>
    loop !== null && Atomics.load(control.flags, FINISH_LOOP) === loop;
  return {
    begin(total) {
      const run = context.current();
      if (run === null) return { next: () => true, end: () => {} };
      if (run.loop !== null) {
        return createInner(options, bars.get(run), total, () => isFinishing(run.loop));
      }
      const loop = (loops += 1);
      run.loop = loop;
      const bar: Bar = { run, loop, total, isFinishing: () => isFinishing(loop), inner: null };
      bars.set(run, bar);
      return createBar(options, bar);
    },
  };
}

/**
 * A loop inside the one with the bar moves nothing of its own: the bar says how far it is. Where it trains, Finish ends it too: the rest
 * of an epoch is not what the reader waits for. A loop that measures goes through to its end.
 */
function createInner(
  { activity, turn, now = () => performance.now() }: LoopObserverOptions,
  bar: Bar | undefined,
  total: number | null,
  isFinishing: () => boolean,
): LoopWatch {
  const before = activity.steps;
  const inner: Inner = { done: -1, total, beganAt: now() };
  // The innermost of several says least about how far the whole is.
  const isShown = bar !== undefined && bar.inner === null;
  if (isShown) bar.inner = inner;
  return {
    next() {
      inner.done += 1;
      if (isShown) bar.changed?.();
      turn("inner turn");
      return activity.steps === before || !isFinishing();
    },
    end() {
      if (isShown) bar.inner = null;
    },
  };
}

interface Inner {
  /** -1 before its first turn. */
  done: number;
  readonly total: number | null;
  readonly beganAt: number;
}

interface Bar {
  readonly run: Run;
  readonly loop: number;
  readonly total: number | null;
  readonly isFinishing: () => boolean;
  /** The outermost of the loops inside this one; null outside them. */
  inner: Inner | null;
  changed?: () => void;
}

function createBar(
  { output, turn, heldMs, now: clock = () => performance.now() }: LoopObserverOptions,
  bar: Bar,
): LoopWatch {
  const { run, loop, isFinishing } = bar;
  const now = () => clock() - heldMs();
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
      const inner = bar.inner && clock() - bar.inner.beganAt > INNER_MS ? bar.inner : null;
      const share = inner?.total ? Math.min(1, Math.max(0, inner.done) / inner.total) : 0;
      const reached = done + share;
      if (elapsedMs > 0 && reached > seen) {
        const rate = ((reached - seen) * 1000) / elapsedMs;
        const old = SMOOTHING ** (elapsedMs / 100);
        perSecond = perSecond === 0 ? rate : perSecond * old + rate * (1 - old);
        seen = reached;
        seenAt = now();
      }
      // Who promised too few items is not believed any more.
      const total = bar.total !== null && done > bar.total ? null : bar.total;
      const progress = { kind: "progress", loop, done, total, perSecond } as const;
      if (inner === null) return progress;
      return { ...progress, inner: { done: Math.max(0, inner.done), total: inner.total } };
    },
  };
  bar.changed = () => output.invalidate(dirty);
  return {
    next() {
      begun += 1;
      output.invalidate(dirty);
      turn("turn");
      if (!isFinishing()) return true;
      // This turn is not taken.
      begun -= 1;
      return false;
    },
    end() {
      ended = true;
      output.invalidate(dirty);
      run.loop = null;
    },
  };
}
