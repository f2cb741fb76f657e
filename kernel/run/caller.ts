/** Calls a function in the name of a run: what goes wrong in it is that run's own, and ends no other. */
import { toRawError } from "./errors.ts";
import { isInterrupted } from "./interrupted.ts";
import type { Output } from "./output.ts";
import type { Run, RunContext } from "./run.ts";

/** Gives what the function gave, if that is a promise; it never rejects but for an interrupt. */
export type Caller = (run: Run, answer: () => unknown) => unknown;

export function createCaller(context: RunContext, output: Pick<Output, "emit">): Caller {
  return (run, answer) => {
    const before = context.current();
    context.enter(run);
    try {
      const answered = answer();
      return answered instanceof Promise ? answered.catch(fail) : undefined;
    } catch (error) {
      return fail(error);
    } finally {
      context.enter(before);
    }

    function fail(error: unknown): void {
      if (isInterrupted(error)) throw error;
      output.emit(run, { kind: "error", error: toRawError(error) });
    }
  };
}
