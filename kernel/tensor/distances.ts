/** Distances between points. */
import { wantTensor } from "./autograd/apply.ts";
import { composedBy } from "./autograd/history.ts";
import { ShapeError } from "./errors.ts";
import { checkNumber, checkOptions } from "./options.ts";
import { broadcastShapes, printShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

export interface DistanceOptions {
  /** Which norm measures: 2, the straight line, unless given; 1 adds up, Infinity takes the largest. */
  readonly p?: number;
}

/**
 * How far each point of `a` is from each of `b`: `[..., n, size]` and `[..., m, size] -> [..., n, m]`.
 * Two equal points have slope 0.
 * @throws ShapeError when the points differ in size, RangeError for a negative `p`.
 * @example
 * cdist(tensor([[0, 0], [3, 0]]), tensor([[0, 4]])).flatten() // tensor([4., 5.])
 */
export function cdist(a: Tensor, b: Tensor, options: DistanceOptions = {}): Tensor {
  wantTensor("cdist", "the first points", a);
  wantTensor("cdist", "the second points", b);
  checkOptions("cdist", options, ["p"]);
  const { p = 2 } = options;
  checkNumber("cdist", "p", p, 0);
  if (a.ndim < 2 || b.ndim < 2 || a.shape.at(-1) !== b.shape.at(-1))
    throw new ShapeError(
      `cdist: ${printShape(a.shape)} and ${printShape(b.shape)} - ` +
        "wanted [..., n, size] and [..., m, size]",
    );
  broadcastShapes("cdist", a.shape.slice(0, -2), b.shape.slice(0, -2));
  return composedBy("cdist", a.unsqueeze(-2).sub(b.unsqueeze(-3)).norm(p, -1));
}
