/** Functions that make tensors, named as PyTorch's. */
import { wantTensor, wrap } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { type DType, isFloat, type TypedArray, zerosOf } from "../dtype.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { checkOptions, wantNumber } from "../options.ts";
import { readData, type TensorData } from "./literal.ts";
import { type Generator, generatorOf } from "../random.ts";
import { checkSizes, fullView, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Nesting, Sizes } from "../typed/literal.ts";
import type { Shape, Storage } from "../view.ts";

export interface TensorOptions {
  readonly dtype?: DType;
  readonly requiresGrad?: boolean;
}

export interface RandomOptions extends TensorOptions {
  /** Where to draw from; the default generator unless given. */
  readonly generator?: Generator;
}

/** @internal A tensor over `values`, which it takes over. */
export function make(
  values: TypedArray,
  shape: Shape,
  dtype: DType,
  options: TensorOptions,
): Tensor {
  return over(backend().adopt(values, dtype), shape, options);
}

function over(storage: Storage, shape: Shape, options: TensorOptions): Tensor {
  const made = wrap(fullView(storage, [...shape]));
  if (options.requiresGrad !== undefined) made.requiresGrad = options.requiresGrad;
  return made;
}

/** @internal The names in `TensorOptions`. */
export const making = ["dtype", "requiresGrad"];
const drawing = [...making, "generator"];

/**
 * A tensor of the numbers in `data`: nested arrays, a number, a typed array or a tensor (copied).
 * Numbers become f32 and booleans bool; a typed array or tensor keeps its type, `Uint8Array` being
 * u8 and other integers i32.
 * @throws ShapeError when rows differ in length, DTypeError for what is no number or does not fit.
 * @example
 * const x = tensor([[1, 2], [3, 4]], { requiresGrad: true });
 * x.shape // 2,2
 * tensor([true, false]).dtype // bool
 */
export function tensor<const D extends TensorData>(
  data: D,
  options: TensorOptions = {},
): Tensor<Nesting<D>> {
  checkOptions("tensor", options, making);
  const { values, shape, dtype, isShared } = readData(data, options.dtype);
  const device = backend();
  return over(isShared ? device.store(values, dtype) : device.adopt(values, dtype), shape, options);
}

/**
 * All 0.
 * @throws ShapeError unless `shape` is an array of whole numbers.
 * @example
 * zeros([2, 3]).shape // 2,3
 */
export function zeros<const S extends Shape>(
  shape: S,
  options: TensorOptions = {},
): Tensor<Sizes<S>> {
  return filled("zeros", shape, 0, options);
}

/**
 * All 1. Throws as `zeros`.
 * @example
 * ones([3]) // tensor([1., 1., 1.])
 */
export function ones<const S extends Shape>(
  shape: S,
  options: TensorOptions = {},
): Tensor<Sizes<S>> {
  return filled("ones", shape, 1, options);
}

/**
 * All `value`; of dtype bool when it is a boolean. Throws as `zeros`.
 * @example
 * full([2], 7) // tensor([7., 7.])
 */
export function full<const S extends Shape>(
  shape: S,
  value: number | boolean,
  options: TensorOptions = {},
): Tensor<Sizes<S>> {
  if (typeof value !== "boolean") wantNumber("full", "the value", value);
  return filled("full", shape, value, options);
}

function filled(op: string, shape: Shape, value: number | boolean, options: TensorOptions): Tensor {
  const size = sizeOf(checkSizes(op, shape));
  checkOptions(op, options, making);
  const { dtype = typeof value === "boolean" ? "bool" : "f32" } = options;
  const values = zerosOf(dtype, size);
  // What was allocated holds zeros already.
  if (value !== 0 && value !== false) values.fill(dtype === "bool" ? 1 : Number(value));
  return make(values, shape, dtype, options);
}

/** Options with the dtype of `like` unless they name one. */
function optionsLike<O extends TensorOptions>(
  op: string,
  like: Tensor,
  options: O,
  names: readonly string[],
): O {
  wantTensor(op, "the model", like);
  checkOptions(op, options, names);
  return { dtype: like.dtype, ...options };
}

/**
 * `zeros` in the shape and dtype of `like`.
 * @example
 * zerosLike(tensor([1, 2])) // tensor([0., 0.])
 */
export function zerosLike<S extends Shape>(
  like: Tensor<S>,
  options: TensorOptions = {},
): Tensor<S> {
  const own = optionsLike("zerosLike", like, options, making);
  return filled("zerosLike", like.shape, 0, own);
}

/**
 * `ones` in the shape and dtype of `like`.
 * @example
 * onesLike(tensor([1, 2])) // tensor([1., 1.])
 */
export function onesLike<S extends Shape>(like: Tensor<S>, options: TensorOptions = {}): Tensor<S> {
  const own = optionsLike("onesLike", like, options, making);
  return filled("onesLike", like.shape, 1, own);
}

/**
 * `full` in the shape and dtype of `like`.
 * @example
 * fullLike(tensor([1, 2]), 9) // tensor([9., 9.])
 */
export function fullLike<S extends Shape>(
  like: Tensor<S>,
  value: number,
  options: TensorOptions = {},
): Tensor<S> {
  const own = optionsLike("fullLike", like, options, making);
  return filled("fullLike", like.shape, wantNumber("fullLike", "the value", value), own);
}

/**
 * The n x m identity, square unless `m` is given: 1 on the diagonal, 0 elsewhere.
 * @throws ShapeError unless the sizes are whole numbers.
 * @example
 * eye(2).toArray() // 1,0,0,1
 */
export function eye<N extends number, M extends number = N>(
  n: N,
  m?: M,
  options?: TensorOptions,
): Tensor<[N, M]>;
export function eye<N extends number>(n: N, options?: TensorOptions): Tensor<[N, N]>;
export function eye(n: number, second?: number | TensorOptions, last: TensorOptions = {}): Tensor {
  const [m, options] = typeof second === "object" ? [n, second] : [second ?? n, last];
  checkSizes("eye", [n, m]);
  checkOptions("eye", options, making);
  const { dtype = "f32" } = options;
  const values = zerosOf(dtype, n * m);
  for (let i = 0; i < Math.min(n, m); i++) values[i * m + i] = 1;
  return make(values, [n, m], dtype, options);
}

interface Floats {
  readonly values: Float32Array | Float64Array;
  readonly dtype: "f32" | "f64";
}

function floats(op: string, shape: Shape, options: TensorOptions): Floats {
  const size = sizeOf(checkSizes(op, shape));
  checkOptions(op, options, drawing);
  const { dtype = "f32" } = options;
  if (!isFloat(dtype)) throw new DTypeError(`${op}: dtype ${String(dtype)} - wanted f32 or f64`);
  return { dtype, values: zerosOf(dtype, size) };
}

/**
 * Uniform samples from 0 up to 1, the same as PyTorch's for the same seed.
 * @throws ShapeError unless `shape` is an array of whole numbers, DTypeError for integers.
 * @example
 * manualSeed(0);
 * rand([3]) // tensor([0.4963, 0.7682, 0.0885])
 */
export function rand<const S extends Shape>(
  shape: S,
  options: RandomOptions = {},
): Tensor<Sizes<S>> {
  return uniformly("rand", shape, 0, 1, options);
}

/**
 * Uniform samples from `low` up to `high`. Throws as `rand`.
 * @example
 * manualSeed(0);
 * uniform([2], -1, 1) // tensor([-0.0075,  0.5364])
 */
export function uniform<const S extends Shape>(
  shape: S,
  low: number,
  high: number,
  options: RandomOptions = {},
): Tensor<Sizes<S>> {
  return uniformly("uniform", shape, low, high, options);
}

function uniformly(
  op: string,
  shape: Shape,
  low: number,
  high: number,
  options: RandomOptions,
): Tensor {
  wantNumber(op, "the lower limit", low);
  wantNumber(op, "the upper limit", high);
  if (!(low <= high))
    throw new RangeError(`${op}: from ${low} to ${high} - wanted the second not smaller`);
  const { values, dtype } = floats(op, shape, options);
  generatorOf(op, options).fillUniform(values, low, high);
  return make(values, shape, dtype, options);
}

/**
 * Samples of the standard normal distribution, PyTorch's to 2e-6 for the same seed. Throws as `rand`.
 * @example
 * manualSeed(0);
 * randn([3]) // tensor([ 1.5410, -0.2934, -2.1788])
 */
export function randn<const S extends Shape>(
  shape: S,
  options: RandomOptions = {},
): Tensor<Sizes<S>> {
  return normally("randn", shape, 0, 1, options);
}

/**
 * Samples of the normal distribution with this mean and standard deviation. Throws as `rand`.
 * @example
 * manualSeed(0);
 * normal([2], 10, 0.5) // tensor([10.7705,  9.8533])
 */
export function normal<const S extends Shape>(
  shape: S,
  mean: number,
  std: number,
  options: RandomOptions = {},
): Tensor<Sizes<S>> {
  return normally("normal", shape, mean, std, options);
}

function normally(
  op: string,
  shape: Shape,
  mean: number,
  std: number,
  options: RandomOptions,
): Tensor {
  wantNumber(op, "the mean", mean);
  wantNumber(op, "the standard deviation", std);
  if (!(std >= 0) || Number.isNaN(mean))
    throw new RangeError(`${op}: mean ${mean} and std ${std} - wanted numbers, std 0 or more`);
  const { values, dtype } = floats(op, shape, options);
  generatorOf(op, options).fillNormal(values, mean, std);
  return make(values, shape, dtype, options);
}

/**
 * Whole numbers from `low` up to but without `high`, i32.
 * @throws ShapeError unless `high` is the larger of two whole numbers.
 * @example
 * manualSeed(0);
 * randint(0, 10, [5]) // tensor([4, 9, 3, 0, 3])
 */
export function randint<const S extends Shape>(
  low: number,
  high: number,
  shape: S,
  options: RandomOptions = {},
): Tensor<Sizes<S>> {
  checkOptions("randint", options, drawing);
  if (!Number.isInteger(low) || !Number.isInteger(high) || high <= low)
    throw new ShapeError(
      `randint: from ${String(low)} to ${String(high)} - wanted whole numbers, the second larger`,
    );
  const { dtype = "i32" } = options;
  const generator = generatorOf("randint", options);
  const values = zerosOf(dtype, sizeOf(checkSizes("randint", shape)));
  for (let i = 0; i < values.length; i++) values[i] = low + generator.below(high - low);
  return make(values, shape, dtype, options);
}

/**
 * The numbers 0 to n - 1 in random order, i32.
 * @throws ShapeError unless `n` is a whole number.
 * @example
 * manualSeed(0);
 * randperm(4) // tensor([0, 1, 3, 2])
 */
export function randperm<N extends number>(n: N, options: RandomOptions = {}): Tensor<[N]> {
  checkSizes("randperm", [n]);
  checkOptions("randperm", options, drawing);
  const { dtype = "i32" } = options;
  const order = generatorOf("randperm", options).permutation(n);
  const values = zerosOf(dtype, n);
  values.set(order);
  return make(values, [n], dtype, options);
}

/**
 * `rand` in the shape and dtype of `like`.
 * @example
 * randLike(zeros([2, 3])).shape // 2,3
 */
export function randLike<S extends Shape>(like: Tensor<S>, options: RandomOptions = {}): Tensor<S> {
  const own = optionsLike("randLike", like, options, drawing);
  return uniformly("randLike", like.shape, 0, 1, own);
}

/**
 * `randn` in the shape and dtype of `like`.
 * @example
 * randnLike(zeros([2, 3])).shape // 2,3
 */
export function randnLike<S extends Shape>(
  like: Tensor<S>,
  options: RandomOptions = {},
): Tensor<S> {
  const own = optionsLike("randnLike", like, options, drawing);
  return normally("randnLike", like.shape, 0, 1, own);
}
