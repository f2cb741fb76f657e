/**
 * Windows that slide over the last dimensions of a tensor: what convolutions and pools share. Sizes
 * are lists, one entry for each dimension slid over: `[w]` or `[h, w]`.
 */
import { kindOf, ShapeError } from "./errors.ts";
import { printShape, sizeAt } from "./shape.ts";
import type { Shape } from "./view.ts";

/** One number for all dimensions, or one for each. */
export type Sizes = number | readonly number[];

export interface Window {
  readonly kernel: Shape;
  readonly stride: Shape;
  /** Steps between neighbours under the window; 1 leaves no gap. */
  readonly dilation: Shape;
  /** How far the first window begins in front of the first element. */
  readonly before: Shape;
}

/** `value` for each of `rank` dimensions: whole numbers, `least` or more. */
export function sizesFor(
  op: string,
  what: string,
  value: Sizes,
  rank: number,
  least: number,
): Shape {
  const given: unknown = value;
  const sizes: readonly unknown[] = Array.isArray(given)
    ? (given as unknown[])
    : Array.from({ length: rank }, () => given);
  if (sizes.length !== rank || !sizes.every((n): n is number => isWhole(n) && n >= least)) {
    const shown = Array.isArray(given)
      ? `[${given.map(String).join(", ")}]`
      : typeof given === "number"
        ? given
        : kindOf(given);
    const wanted = rank === 1 ? "a whole number" : `a whole number or ${rank} of them`;
    throw new ShapeError(`${op}: ${what} ${shown} - wanted ${wanted}, ${least} or more`);
  }
  return sizes;
}

const isWhole = (value: unknown): value is number => Number.isInteger(value);

/** How far a window reaches from its first element to its last, both included. */
export function reach({ kernel, dilation }: Window, dim: number): number {
  return sizeAt(dilation, dim) * (sizeAt(kernel, dim) - 1) + 1;
}

/**
 * How many windows fit into `size` elements with `after` more behind them. With `ceil` a last window
 * may stick out behind, as long as it begins on an element or in front of one.
 * @throws ShapeError when none fits.
 */
export function windowCount(
  op: string,
  window: Window,
  size: Shape,
  after: Shape,
  ceil = false,
): Shape {
  return size.map((n, dim) => {
    const before = sizeAt(window.before, dim);
    const stride = sizeAt(window.stride, dim);
    const room = before + n + sizeAt(after, dim) - reach(window, dim);
    const fitting = (ceil ? Math.ceil : Math.floor)(room / stride) + 1;
    const count = ceil && (fitting - 1) * stride >= n + before ? fitting - 1 : fitting;
    if (count < 1)
      throw new ShapeError(
        `${op}: kernel ${printShape(window.kernel)} over ${printShape(size)} - ` +
          `it reaches over ${reach(window, dim)} elements of dim ${dim - size.length}, ` +
          `which has ${room + reach(window, dim)} with its padding`,
      );
    return count;
  });
}
