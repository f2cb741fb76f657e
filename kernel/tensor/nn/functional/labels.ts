/** Class numbers as callers give them: a tensor or an array. */
import { isTensor, wholeNumbers } from "../../autograd/apply.ts";
import type { Tensor } from "../../tensor.ts";

/** Class numbers as an i32 tensor. Floats are accepted when whole: JavaScript has no other numbers. */
export function labelsOf(op: string, labels: Tensor | readonly number[]): Tensor {
  if (!isTensor(labels)) return wholeNumbers(op, "label", labels);
  if (labels.dtype === "i32") return labels;
  return wholeNumbers(op, "label", labels.data).reshape(labels.shape);
}
