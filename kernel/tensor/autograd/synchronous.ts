/** Modes that hold while one function runs, such as `noGrad`: left before anything else can run. */
import { GradientError, kindOf } from "../errors.ts";

/**
 * Runs `body` inside the mode that `run` enters and leaves.
 * @throws TypeError for what is no function, GradientError for a function that returns a promise.
 */
export function synchronously<T>(op: string, body: () => T, run: (body: () => T) => T): T {
  if (typeof body !== "function")
    throw new TypeError(`${op}: ${kindOf(body)} - wanted a function, as in ${op}(() => net(x))`);
  const result = run(body);
  if (result instanceof Promise)
    throw new GradientError(
      `${op}: the function returned a promise - wanted a synchronous function`,
      `await first, then call ${op} around the computation`,
    );
  return result;
}
