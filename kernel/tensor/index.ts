/**
 * The engine's public surface: tensors, layers, optimisers, data and files. It knows no kernel, no
 * page and no file system.
 */
export { activity } from "./activity.ts";
export type { KeepDim, VarianceOptions } from "./methods/reductions.ts";
export {
  arange,
  cat,
  eye,
  full,
  fullLike,
  linspace,
  normal,
  ones,
  onesLike,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  type RandomOptions,
  randperm,
  stack,
  tensor,
  type TensorOptions,
  uniform,
  where,
  zeros,
  zerosLike,
} from "./create.ts";
export * as data from "./data/index.ts";
export type { DType, TypedArray } from "./dtype.ts";
export { DTypeError, GradientError, ShapeError } from "./errors.ts";
export {
  decodeModel,
  encodeModel,
  type LoadedModel,
  type LoadOptions,
  type SaveOptions,
} from "./io/model.ts";
export { decodeTensors, encodeTensors, type TensorFile } from "./io/safetensors.ts";
export { gradcheck, type GradcheckOptions } from "./gradcheck.ts";
export { accuracy } from "./nn/metrics.ts";
export * as F from "./nn/functional/index.ts";
export * as nn from "./nn/index.ts";
export * as optim from "./optim/index.ts";
export { defaultGenerator, Generator, type GeneratorState, manualSeed } from "./random.ts";
export type { Index, Range } from "./slicing.ts";
export { type BackwardOptions, grad, noGrad } from "./tape.ts";
export { type Nested, Tensor } from "./tensor.ts";
export type { Shape } from "./view.ts";
