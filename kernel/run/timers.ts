/**
 * Timers that remember which run set them: what a callback prints or throws belongs to that run,
 * and an interrupted run is not resumed by its own timers.
 */
import type { Run, RunContext } from "./run.ts";

export interface TimersOptions {
  readonly context: RunContext;
  /** A callback threw. */
  readonly report: (run: Run, error: unknown) => void;
}

/** The part of a global scope that has timers. */
export interface TimerScope {
  setTimeout: unknown;
  setInterval: unknown;
  queueMicrotask: unknown;
}

type Native = (callback: () => void, ...rest: unknown[]) => unknown;

/** Replaces the timer functions of `scope` by ones that know their run. */
export function installTimers(scope: TimerScope, { context, report }: TimersOptions): void {
  const wrap = (nativeFunction: unknown, clear: (timer: unknown) => void, repeats: boolean) => {
    const native = (nativeFunction as Native).bind(scope);
    return (callback: unknown, ...rest: unknown[]): unknown => {
      if (typeof callback !== "function") {
        throw new TypeError(`a timer needs a function to call, got ${typeof callback}`);
      }
      const run = context.current();
      const [delayMs, ...args] = rest;
      const cancel = () => clear(timer);
      const timer = native(() => {
        if (!repeats) run?.cancellations.delete(cancel);
        context.enter(run);
        try {
          Reflect.apply(callback, undefined, args);
        } catch (error) {
          if (run === null) throw error;
          report(run, error);
        }
      }, delayMs);
      if (run !== null && !run.settled) run.cancellations.add(cancel);
      return timer;
    };
  };
  const { clearTimeout, clearInterval } = globalThis;
  scope.setTimeout = wrap(scope.setTimeout, (timer) => clearTimeout(timer as number), false);
  scope.setInterval = wrap(scope.setInterval, (timer) => clearInterval(timer as number), true);
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
}
