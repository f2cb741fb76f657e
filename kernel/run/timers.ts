/**
 * Timers that remember which run set them: what a callback prints or throws belongs to that run,
 * and an interrupted run is not resumed by its own timers.
 */
import type { Run, RunContext } from "./run.ts";

export interface TimersOptions {
  readonly context: RunContext;
  /** A callback threw. */
  readonly report: (run: Run, error: unknown) => void;
  /** A callback begins while no run is under way. */
  readonly meetBackground: () => void;
}

/** The part of a global scope that has timers. */
export interface TimerScope {
  setTimeout: unknown;
  setInterval: unknown;
  clearTimeout: unknown;
  clearInterval: unknown;
  queueMicrotask: unknown;
}

type Native = (callback: () => void, ...rest: unknown[]) => unknown;

/** Timers that wait to call. */
export interface Timers {
  /** How many of them no run under way has set. */
  left(): number;
  cancelAll(): void;
}

interface Waiting {
  readonly run: Run | null;
  /** Its run forgets it. */
  readonly forget: () => void;
  readonly cancel: () => void;
}

/** Replaces the timer functions of `scope` by ones that know their run. */
export function installTimers(
  scope: TimerScope,
  { context, report, meetBackground }: TimersOptions,
): Timers {
  const waiting = new Map<unknown, Waiting>();
  const wrap = (nativeFunction: unknown, clear: (timer: unknown) => void, repeats: boolean) => {
    const native = (nativeFunction as Native).bind(scope);
    return (callback: unknown, ...rest: unknown[]): unknown => {
      if (typeof callback !== "function") {
        throw new TypeError(`a timer needs a function to call, got ${typeof callback}`);
      }
      const run = context.current();
      const [delayMs, ...args] = rest;
      const cancel = () => {
        waiting.delete(timer);
        clear(timer);
      };
      const forget = () => {
        waiting.delete(timer);
        run?.cancellations.delete(cancel);
      };
      const timer = native(() => {
        if (!repeats) forget();
        context.enter(run);
        if (context.active() === null) meetBackground();
        try {
          Reflect.apply(callback, undefined, args);
        } catch (error) {
          if (run === null) throw error;
          report(run, error);
        }
      }, delayMs);
      run?.cancellations.add(cancel);
      waiting.set(timer, { run, forget, cancel });
      return timer;
    };
  };
  const nativeClear = (scope.clearTimeout as (timer: unknown) => void).bind(scope);
  scope.setTimeout = wrap(scope.setTimeout, nativeClear, false);
  scope.setInterval = wrap(scope.setInterval, nativeClear, true);
  // To the platform they are one function too.
  scope.clearTimeout = scope.clearInterval = (timer: unknown): void => {
    waiting.get(timer)?.forget();
    nativeClear(timer);
  };
  const nativeQueue = (scope.queueMicrotask as Native).bind(scope);
  scope.queueMicrotask = (callback: () => void) => {
    const run = context.current();
    nativeQueue(() => {
      try {
        callback();
      } catch (error) {
        if (run === null) throw error;
        report(run, error);
      }
    });
  };
  return {
    left: () => Array.from(waiting.values()).filter(({ run }) => run?.settled !== false).length,
    cancelAll() {
      for (const { cancel, forget } of Array.from(waiting.values())) {
        forget();
        cancel();
      }
    },
  };
}
