/** Functions that see a slope on its way back through a tensor, and may put another in its place. */
import { isTensor } from "./apply.ts";
import { kindOf, ShapeError } from "../errors.ts";
import { printShape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** Sees the whole slope of a tensor; a tensor it returns takes the slope's place. */

export type GradientHook = (slope: Tensor) => Tensor | undefined | void;

/** What registering a hook gives. */
export interface HookHandle {
  /** Takes the hook away again; a second call does nothing. */
  remove(): void;
}

/** The hooks of one tensor, run in the order in which they were added. */
export class GradientHooks {
  readonly #hooks = new Map<HookHandle, GradientHook>();

  /** @throws TypeError when `hook` is no function. */
  add(hook: GradientHook): HookHandle {
    if (typeof hook !== "function")
      throw new TypeError(`registerHook: ${kindOf(hook)} - wanted a function of the slope`);
    const handle: HookHandle = { remove: () => void this.#hooks.delete(handle) };
    this.#hooks.set(handle, hook);
    return handle;
  }

  /** The slope that goes on after all hooks have seen it. */
  run(slope: Tensor): Tensor {
    let current = slope;
    for (const hook of this.#hooks.values()) current = replaced(current, hook(current));
    return current;
  }
}

function replaced(slope: Tensor, given: unknown): Tensor {
  if (given === undefined || given === null) return slope;
  if (!isTensor(given))
    throw new TypeError(
      `registerHook: the hook returned ${kindOf(given)} - wanted a tensor, or nothing`,
      { cause: given },
    );
  if (!sameShape(given.shape, slope.shape))
    throw new ShapeError(
      `registerHook: the hook returned ${printShape(given.shape)} for a slope ${printShape(slope.shape)} - ` +
        "shapes must be equal",
    );
  return given;
}
