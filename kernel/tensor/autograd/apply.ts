/**
 * Runs an op: shapes checked, values computed, the result wrapped and recorded. The class of tensors
 * names itself here, so that its methods can be written in several files without an import cycle.
 */
import { anomaly, checkForward } from "./anomaly.ts";
import { modeCarried } from "../notices/layers.ts";
import { numbersAdded } from "../notices/graphs.ts";
import { inputsCombined } from "../notices/losses.ts";
import { watch } from "../notices/notice.ts";
import { backend } from "../backends/current.ts";
import { opWatch } from "./op-watch.ts";
import { type DType, isFloat, zerosOf } from "../dtype.ts";
import { DTypeError, kindOf, ShapeError } from "../errors.ts";
import { born, lifetimes } from "./lifetimes.ts";
import type { Op } from "../ops/op.ts";
import { fullView, printShape } from "../shape.ts";
import { isRecording, record } from "./tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, View } from "../view.ts";

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

/** Tensors over what a gradient computed in one go, and not by an op. */
export function computed(...views: readonly View[]): Tensor[] {
  return views.map((view) => {
    if (lifetimes.isAtWork) born(view.storage);
    return wrap(view);
  });
}

/** What the forward that runs keeps for its gradient. */
let kept: Tensor[] = [];
const nothing: Tensor[] = [];
const keep = (view: View): void => {
  if (kept === nothing) kept = [];
  kept.push(wrap(view));
};
const drop = (): void => {};

/** @throws ShapeError, DTypeError as the op's shape rule says. */
export function apply<I extends readonly View[], P>(
  op: Op<I, P>,
  inputs: I & readonly Tensor[],
  params: P,
): Tensor {
  const tensors: readonly Tensor[] = inputs;
  let wanted = false;
  for (let i = 0; i < tensors.length; i++) {
    const input = tensors[i]!; // i is below the length
    if (!isTensor(input)) throw notATensor(op.name, input);
    if (input.isDisposed && !lifetimes.isWalking) throw disposedError(op.name, input);
    if (input.requiresGrad) wanted = true;
  }
  wanted &&= isRecording();
  const shape = op.shape(inputs, params);
  kept = nothing;
  const output = wrap(op.forward(inputs, params, shape, wanted ? keep : drop));
  if (lifetimes.isAtWork && !isViewOf(output, tensors)) born(output.storage);
  if (wanted && isFloat(output.dtype)) record(op, inputs, params, output, kept);
  if (anomaly.checking) checkForward(op.name, inputs, params, output);
  if (opWatch.see !== null) opWatch.see(op.name, output);
  if (watch.on) {
    inputsCombined(inputs, output);
    modeCarried(op.name, inputs, output);
    numbersAdded(inputs, output);
  }
  return output;
}

function isViewOf({ storage }: Tensor, tensors: readonly Tensor[]): boolean {
  for (let i = 0; i < tensors.length; i++) if (tensors[i]?.storage === storage) return true;
  return false;
}

/** Cells are checked loosely or not at all, so anything may arrive here. */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === "object" && value !== null && "storage" in value;
}

/** @throws DTypeError naming the argument, for anything but a tensor. */
export function wantTensor(op: string, what: string, value: unknown): void {
  if (!isTensor(value)) throw notATensor(op, value, ` for ${what}`);
}

/** What says that `dispose()` was called on `tensor`, or a `using` has ended. */
export function disposedError(op: string, { shape }: View): ReferenceError {
  return new ReferenceError(
    `${op}: a tensor ${printShape(shape)} that was disposed of - wanted one that is in use`,
  );
}

function notATensor(op: string, value: unknown, what = ""): DTypeError {
  return new DTypeError(`${op}: ${kindOf(value)}${what} - wanted a tensor`, wayOut(value));
}

function wayOut(value: unknown): string | undefined {
  if (Array.isArray(value)) return "tensor([...]) makes one of an array";
  if (typeof value === "function") return "a module has to be called";
  const isKnob = typeof value === "object" && value !== null && "value" in value;
  return isKnob ? "a knob's number is its .value" : undefined;
}

/**
 * Indices or labels as an i32 tensor `[n]`.
 * @throws DTypeError for something that is no list, ShapeError for a fraction.
 */
export function wholeNumbers(op: string, what: string, list: ArrayLike<number>): Tensor {
  const isList = typeof list === "object" && (list as unknown) !== null && "length" in list;
  if (!isList)
    throw new DTypeError(
      `${op}: ${kindOf(list)} for ${what} - wanted a tensor or an array of numbers`,
    );
  const values = Int32Array.from(list);
  const wrong = values.findIndex((value, i) => value !== list[i]);
  if (wrong >= 0)
    throw new ShapeError(`${op}: ${what} ${list[wrong]} at row ${wrong} - wanted whole numbers`);
  return numbered(values, [values.length]);
}

/** An i32 tensor over `values`, which it takes over. */
export function numbered(values: Int32Array, shape: Shape): Tensor {
  return wrap(fullView(backend().adopt(values), shape));
}

/**
 * A number beside a tensor of `dtype`: it takes the tensor's type, except that a fraction beside
 * integers is f32, and a whole number beside bytes or bools that it would not fit is i32.
 */
export function operand(value: Tensor | number, dtype: DType): Tensor {
  if (typeof value !== "number") return value;
  const own = isFloat(dtype) ? dtype : !Number.isInteger(value) ? "f32" : integerFor(value, dtype);
  return scalar(value, own);
}

/** Numbers that were operands, by type: a loop multiplies by the same ones again and again. */
const scalars: Readonly<Record<DType, Map<number, Tensor>>> = {
  f32: new Map(),
  f64: new Map(),
  i32: new Map(),
  u8: new Map(),
  bool: new Map(),
};
const REMEMBERED = 256;
const noSizes: Shape = [];

/** A 0-d tensor that only ops see: several may share it, so nothing may write to it. */
function scalar(value: number, dtype: DType): Tensor {
  // A map takes -0 for 0, but 1 / -0 is not 1 / 0.
  const known = Object.is(value, -0) ? undefined : scalars[dtype].get(value);
  if (known !== undefined) return known;
  const storage = backend().adopt(zerosOf(dtype, 1).fill(value), dtype);
  const made = wrap({ storage, shape: noSizes, strides: noSizes, offset: 0 });
  if (Object.is(value, -0)) return made;
  if (scalars[dtype].size >= REMEMBERED) scalars[dtype].clear();
  scalars[dtype].set(value, made);
  return made;
}

function integerFor(value: number, dtype: DType): DType {
  return dtype === "u8" && value >= 0 && value <= 255 ? "u8" : "i32";
}
