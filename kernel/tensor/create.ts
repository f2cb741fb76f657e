/** Functions that make tensors, named as PyTorch's. */
import { apply, wrap } from "./apply.ts";
import { backend } from "./backends/current.ts";
import { type DType, dtypeOf, isFloat, type TypedArray, zerosOf } from "./dtype.ts";
import { DTypeError, ShapeError } from "./errors.ts";
import { table } from "./ops/table.ts";
import { defaultGenerator, type Generator } from "./random.ts";
import { checkSizes, fullView, printShape, sizeOf } from "./shape.ts";
import { type Nested, Tensor } from "./tensor.ts";
import type { Shape } from "./view.ts";

export interface TensorOptions {
  readonly dtype?: DType;
  readonly requiresGrad?: boolean;
}

export interface RandomOptions extends TensorOptions {
  /** Where to draw from; the default generator unless given. */
  readonly generator?: Generator;
}

function make(values: TypedArray, shape: Shape, options: TensorOptions): Tensor {
  const made = wrap(fullView(backend().adopt(values), shape));
  if (options.requiresGrad === true) made.requiresGrad = true;
  return made;
}

/**
 * A tensor of the numbers in `data`: nested arrays, a number, or a typed array (copied). Numbers
 * become f32 and booleans bool; a typed array keeps its type.
 * @throws ShapeError when rows differ in length.
 * @example tensor([[1, 2], [3, 4]], { requiresGrad: true })
 */
export function tensor(data: Nested | TypedArray, options: TensorOptions = {}): Tensor {
  if (isTypedArray(data)) {
    const values = zerosOf(options.dtype ?? dtypeOf(data), data.length);
    values.set(data);
    return make(values, [data.length], options);
  }
  const shape = shapeOf(data);
  const flat: (number | boolean)[] = [];
  flatten(data, shape, 0, flat);
  const own: DType =
    flat.length > 0 && flat.every((each) => typeof each === "boolean") ? "bool" : "f32";
  const dtype = options.dtype ?? own;
  const values = zerosOf(dtype, flat.length);
  flat.forEach((each, i) => (values[i] = dtype === "bool" ? Number(Boolean(each)) : Number(each)));
  return make(values, shape, options);
}

function isTypedArray(data: Nested | TypedArray): data is TypedArray {
  return ArrayBuffer.isView(data);
}

function shapeOf(data: Nested): number[] {
  const shape: number[] = [];
  for (let at: Nested | undefined = data; Array.isArray(at); at = at[0]) shape.push(at.length);
  return shape;
}

function flatten(data: Nested, shape: Shape, depth: number, out: (number | boolean)[]): void {
  const wanted = shape[depth];
  if (typeof data === "number" || typeof data === "boolean") {
    if (wanted !== undefined)
      throw new ShapeError(
        `tensor: a number beside a row of ${wanted} - all rows must be equally deep`,
      );
    out.push(data);
    return;
  }
  if (!Array.isArray(data))
    throw new DTypeError(
      `tensor: ${data === null ? "null" : typeof data} in the data - wanted numbers`,
    );
  if (wanted === undefined || data.length !== wanted)
    throw new ShapeError(
      `tensor: rows of ${wanted ?? "no"} and ${data.length} elements at depth ${depth} - all must be equally long`,
    );
  for (const each of data) flatten(each, shape, depth + 1, out);
}

/** All 0. @example zeros([32, 10]) */
export function zeros(shape: Shape, options: TensorOptions = {}): Tensor {
  return filled("zeros", shape, 0, options);
}

/** All 1. */
export function ones(shape: Shape, options: TensorOptions = {}): Tensor {
  return filled("ones", shape, 1, options);
}

/** All `value`. */
export function full(shape: Shape, value: number, options: TensorOptions = {}): Tensor {
  return filled("full", shape, value, options);
}

function filled(op: string, shape: Shape, value: number, options: TensorOptions): Tensor {
  const sizes = checkSizes(op, shape);
  return make(zerosOf(options.dtype ?? "f32", sizeOf(sizes)).fill(value), [...sizes], options);
}

/** `zeros` in the shape and dtype of `like`. */
export function zerosLike(like: Tensor, options: TensorOptions = {}): Tensor {
  return zeros(like.shape, { dtype: like.dtype, ...options });
}

/** `ones` in the shape and dtype of `like`. */
export function onesLike(like: Tensor, options: TensorOptions = {}): Tensor {
  return ones(like.shape, { dtype: like.dtype, ...options });
}

/** `full` in the shape and dtype of `like`. */
export function fullLike(like: Tensor, value: number, options: TensorOptions = {}): Tensor {
  return full(like.shape, value, { dtype: like.dtype, ...options });
}

/**
 * Numbers from `start` (0 unless given) up to but without `end`; i32 when all are whole.
 * @example arange(5), arange(1, 2, 0.25)
 */
export function arange(end: number, options?: TensorOptions): Tensor;
export function arange(start: number, end: number, step?: number, options?: TensorOptions): Tensor;
export function arange(
  first: number,
  second?: number | TensorOptions,
  step = 1,
  last: TensorOptions = {},
): Tensor {
  const short = typeof second !== "number";
  const [start, end] = short ? [0, first] : [first, second];
  const options = short ? (second ?? {}) : last;
  if (step === 0 || !Number.isFinite((end - start) / step))
    throw new ShapeError(
      `arange: from ${start} to ${end} by ${step} - wanted finite ends and a step other than 0`,
    );
  const length = Math.max(0, Math.ceil((end - start) / step));
  const areWhole = [start, end, step].every(Number.isInteger);
  const values = zerosOf(options.dtype ?? (areWhole ? "i32" : "f32"), length);
  for (let i = 0; i < length; i++) values[i] = start + i * step;
  return make(values, [length], options);
}

/** `steps` numbers from `start` to `end`, both included, evenly spaced. */
export function linspace(
  start: number,
  end: number,
  steps: number,
  options: TensorOptions = {},
): Tensor {
  checkSizes("linspace", [steps]);
  const values = zerosOf(options.dtype ?? "f32", steps);
  const gap = steps > 1 ? (end - start) / (steps - 1) : 0;
  for (let i = 0; i < steps; i++) values[i] = i === steps - 1 && i > 0 ? end : start + i * gap;
  return make(values, [steps], options);
}

/** The n x m identity: 1 on the diagonal, 0 elsewhere. */
export function eye(n: number, m = n, options: TensorOptions = {}): Tensor {
  checkSizes("eye", [n, m]);
  const values = zerosOf(options.dtype ?? "f32", n * m);
  for (let i = 0; i < Math.min(n, m); i++) values[i * m + i] = 1;
  return make(values, [n, m], options);
}

function floats(op: string, shape: Shape, options: TensorOptions): Float32Array | Float64Array {
  const dtype = options.dtype ?? "f32";
  if (!isFloat(dtype)) throw new DTypeError(`${op}: dtype ${dtype} - wanted f32 or f64`);
  const size = sizeOf(checkSizes(op, shape));
  return dtype === "f64" ? new Float64Array(size) : new Float32Array(size);
}

/** Uniform samples from 0 up to 1, the same as PyTorch's for the same seed. */
export function rand(shape: Shape, options: RandomOptions = {}): Tensor {
  return uniformly("rand", shape, 0, 1, options);
}

/** Uniform samples from `low` up to `high`. */
export function uniform(
  shape: Shape,
  low: number,
  high: number,
  options: RandomOptions = {},
): Tensor {
  return uniformly("uniform", shape, low, high, options);
}

function uniformly(
  op: string,
  shape: Shape,
  low: number,
  high: number,
  options: RandomOptions,
): Tensor {
  const values = floats(op, shape, options);
  (options.generator ?? defaultGenerator).fillUniform(values, low, high);
  return make(values, [...shape], options);
}

/** Samples of the standard normal distribution, PyTorch's to 2e-6 for the same seed. */
export function randn(shape: Shape, options: RandomOptions = {}): Tensor {
  return normally("randn", shape, 0, 1, options);
}

/** Samples of the normal distribution with this mean and standard deviation. */
export function normal(
  shape: Shape,
  mean: number,
  std: number,
  options: RandomOptions = {},
): Tensor {
  return normally("normal", shape, mean, std, options);
}

function normally(
  op: string,
  shape: Shape,
  mean: number,
  std: number,
  options: RandomOptions,
): Tensor {
  const values = floats(op, shape, options);
  (options.generator ?? defaultGenerator).fillNormal(values, mean, std);
  return make(values, [...shape], options);
}

/** Whole numbers from `low` up to but without `high`, i32. @example randint(0, 10, [64]) */
export function randint(
  low: number,
  high: number,
  shape: Shape,
  options: RandomOptions = {},
): Tensor {
  if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low)
    throw new ShapeError(
      `randint: from ${low} to ${high} - wanted whole numbers, the second larger`,
    );
  const generator = options.generator ?? defaultGenerator;
  const values = zerosOf(options.dtype ?? "i32", sizeOf(checkSizes("randint", shape)));
  for (let i = 0; i < values.length; i++) values[i] = low + generator.below(high - low);
  return make(values, [...shape], options);
}

/** The numbers 0 to n - 1 in random order, i32. */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  checkSizes("randperm", [n]);
  return make((options.generator ?? defaultGenerator).permutation(n), [n], {});
}

/** `rand` in the shape and dtype of `like`. */
export function randLike(like: Tensor, options: RandomOptions = {}): Tensor {
  return rand(like.shape, { dtype: like.dtype, ...options });
}

/** `randn` in the shape and dtype of `like`. */
export function randnLike(like: Tensor, options: RandomOptions = {}): Tensor {
  return randn(like.shape, { dtype: like.dtype, ...options });
}

/** Joins along an existing dimension: `cat([a, b], 1)`. @throws ShapeError when other sizes differ. */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  return apply(table.cat, tensors, { dim });
}

/** Joins along a new dimension: three `[2]` make `[3, 2]`. @throws ShapeError when shapes differ. */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  const first = tensors[0];
  for (const each of tensors)
    if (first !== undefined && printShape(each.shape) !== printShape(first.shape))
      throw new ShapeError(
        `stack: ${printShape(first.shape)} and ${printShape(each.shape)} - all shapes must be equal`,
      );
  return apply(
    table.cat,
    tensors.map((each) => each.unsqueeze(dim)),
    { dim },
  );
}

/** `condition ? a : b`, element by element, all broadcast. */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  const first =
    a instanceof Tensor ? a : full([], a, { dtype: b instanceof Tensor ? b.dtype : "f32" });
  return first.where(condition, b);
}
