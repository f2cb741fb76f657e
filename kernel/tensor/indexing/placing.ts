/** Index assignment: writing where `at` reads. */
import { isTensor, operand } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { DTypeError, GradientError, kindOf, ShapeError } from "../errors.ts";
import { broadcastShapes, printShape, sameShape } from "../shape.ts";
import { type RowSelection, select } from "./selection.ts";
import type { Index } from "./slicing.ts";
import { isRecording } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";

/**
 * Writes `value`, broadcast and converted, to the elements of `target` (without history) that
 * `indices` name; the last of several for one element stays.
 * @throws ShapeError when it does not broadcast to them, GradientError when a slope would be lost.
 */
export function place(target: Tensor, indices: readonly Index[], value: Tensor | number): void {
  if (!Array.isArray(indices))
    throw new DTypeError(
      `set: ${kindOf(indices)} for the indices - wanted an array of them`,
      "x.set([0], 5) writes row 0",
    );
  if (typeof value !== "number" && !isTensor(value))
    throw new DTypeError(`set: ${kindOf(value)} for the value - wanted a number or a tensor`);
  const source = operand(value, target.dtype);
  if (source.requiresGrad && isRecording())
    throw new GradientError(
      "set: the value requires a gradient - it cannot follow a value into another tensor",
      "where() and scatter() let slopes through; or value.detach()",
    );
  refuseRepeated("set", target);
  const { cuts, shape, rows } = select("set", target.shape, indices);
  const part = target.cut(cuts).reshape(shape);
  if (rows === null) backend().assign(part, fitted(source, shape));
  else placeRows(part, rows, source);
}

/** An element that several indices share, after `expand`, would take the last value for all. */
export function refuseRepeated(op: string, target: Tensor): void {
  const isRepeated = target.shape.some((size, dim) => size > 1 && target.strides[dim] === 0);
  // Without elements all strides may be 0.
  if (isRepeated && target.numel() > 0)
    throw new ShapeError(
      `${op}: ${printShape(target.shape)} was expanded, so that several places are one element - ` +
        "wanted a tensor with an element for each",
      "clone() first",
    );
}

/** `source` stretched to `shape`; extra dimensions of size 1 in front fall away, as in PyTorch. */
function fitted(source: Tensor, shape: Shape): Tensor {
  let extra = source.ndim - shape.length;
  while (extra > 0 && source.shape[extra - 1] !== 1) extra--;
  const own = extra > 0 && source.shape.slice(0, extra).every((n) => n === 1);
  const trimmed = own ? source.reshape(source.shape.slice(extra)) : source;
  if (!sameShape(broadcastShapes("set", shape, trimmed.shape), shape))
    throw new ShapeError(
      `set: ${printShape(source.shape)} into ${printShape(shape)} - it must broadcast to the target`,
    );
  return trimmed.expand(shape);
}

function placeRows(part: Tensor, rows: RowSelection, source: Tensor): void {
  const picked = part.permute(rows.order);
  const sizes = [...rows.index.shape, ...rows.flat.slice(1)];
  // What `at` gives is permuted by `back`; the value comes in that order and goes back.
  const shape = rows.back.map((dim) => sizes[dim] ?? 0);
  const undone = sizes.map((_, dim) => rows.back.indexOf(dim));
  const values = fitted(source, shape).permute(undone).to(part.dtype);
  const flat = picked.reshape(rows.flat);
  backend().putRows("set", flat, rows.index, values);
  // Strides that cannot be flattened made a copy: written back whole.
  if (flat.storage !== part.storage) backend().assign(picked, flat.reshape(picked.shape));
}
