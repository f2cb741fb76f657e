/**
 * Runs an op: shapes checked, values computed, the result wrapped and recorded. The class of tensors
 * names itself here, so that its methods can be written in several files without an import cycle.
 */
import { backend } from "./backends/current.ts";
import { type DType, isFloat, zerosOf } from "./dtype.ts";
import type { Op } from "./ops/op.ts";
import { isRecording, record } from "./tape.ts";
import type { Tensor } from "./tensor.ts";
import type { View } from "./view.ts";

let wrapView: ((view: View) => Tensor) | null = null;

/** Called once, by the module of the class. */
export function tensorsAreMadeBy(wrap: (view: View) => Tensor): void {
  wrapView = wrap;
}

/** A tensor over `view`, without history. */
export function wrap(view: View): Tensor {
  if (wrapView === null) throw new Error("internal: the Tensor class is not loaded");
  return wrapView(view);
}

const drop = (): void => {};

/** @throws ShapeError, DTypeError as the op's shape rule says. */
export function apply<I extends readonly View[], P>(
  op: Op<I, P>,
  inputs: I & readonly Tensor[],
  params: P,
): Tensor {
  const shape = op.shape(inputs, params);
  const wanted = isRecording() && inputs.some((tensor: Tensor) => tensor.requiresGrad);
  const kept: View[] = [];
  const view = op.forward(inputs, params, shape, wanted ? (each) => kept.push(each) : drop);
  const output = wrap(view);
  if (wanted && isFloat(output.dtype)) record(op, inputs, params, output, kept.map(wrap));
  return output;
}

/**
 * A number beside a tensor of `dtype`: it takes the tensor's type, except that a fraction beside
 * integers is f32.
 */
export function operand(value: Tensor | number, dtype: DType): Tensor {
  if (typeof value !== "number") return value;
  const own = isFloat(dtype) ? dtype : Number.isInteger(value) ? "i32" : "f32";
  const storage = backend().adopt(zerosOf(own, 1).fill(value));
  return wrap({ storage, shape: [], strides: [], offset: 0 });
}
