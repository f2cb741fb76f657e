/** Class numbers as callers give them: a tensor or an array. */
import { isTensor, wholeNumbers } from "../../autograd/apply.ts";
import { ShapeError } from "../../errors.ts";
import { printPlace } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

/** Class numbers as an i32 tensor. Floats are accepted when whole: JavaScript has no other numbers. */
export function labelsOf(
  op: string,
  labels: Tensor | readonly number[],
  what: "label" | "index" = "label",
): Tensor {
  if (!isTensor(labels)) return wholeNumbers(op, what, labels);
  if (labels.dtype === "i32") return labels;
  return wholeNumbers(op, what, labels.data).reshape(labels.shape);
}

/** @throws ShapeError for a label that is none of `classes`, with its place. */
export function checkLabels(op: string, labels: Tensor, classes: number): void {
  const outside = labels.data.findIndex((label) => label < 0 || label >= classes);
  if (outside >= 0)
    throw new ShapeError(
      `${op}: label ${labels.data[outside]} at ${printPlace(labels.shape, outside)} - ` +
        (classes === 0
          ? "there are no classes"
          : `${classes} classes take labels 0 to ${classes - 1}`),
    );
}
