/** Index tensors as callers give them: i32, floats with whole values, or plain arrays. */
import { isTensor, wholeNumbers } from "../autograd/apply.ts";
import { isFloat } from "../dtype.ts";
import { DTypeError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";

/**
 * `index` as an i32 tensor of the same shape. Floats are accepted when whole, as labels are.
 * @throws DTypeError for what is no list of numbers, ShapeError for a fraction.
 */
export function indexOf(op: string, index: Tensor | readonly number[], what = "index"): Tensor {
  if (!isTensor(index)) return wholeNumbers(op, what, index);
  if (index.dtype === "i32") return index;
  if (isFloat(index.dtype)) return wholeNumbers(op, what, index.data).reshape(index.shape);
  throw new DTypeError(`${op}: ${what} of dtype ${index.dtype} - wanted i32`, `${what}.to("i32")`);
}
