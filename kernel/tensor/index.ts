/**
 * The engine's public surface: tensors, layers, optimisers, data and files. It knows no kernel, no
 * page and no file system.
 */
export { activity } from "./activity.ts";
export { detectAnomaly } from "./autograd/anomaly.ts";
export { type BackwardOptions, grad } from "./autograd/backward.ts";
export type { Distinct } from "./indexing/distinct.ts";
export type { AlphaOptions, ClosenessOptions, Limits } from "./methods/elementwise.ts";
export type { GeluOptions, SoftplusOptions } from "./methods/functions.ts";
export type { KeepDim, VarianceOptions } from "./methods/reductions.ts";
export type { Sorted, SortOptions, UniqueOptions } from "./methods/sorting.ts";
export {
  eye,
  full,
  fullLike,
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
  tensor,
  type TensorOptions,
  uniform,
  zeros,
  zerosLike,
} from "./creation/create.ts";
export { type CustomOp, customOp, type CustomSlopes, type OpContext } from "./autograd/custom.ts";
export { deterministic } from "./backends/determinism.ts";
export { type Engine, engine } from "./backends/engine.ts";
export * as data from "./data/index.ts";
export { cdist, type DistanceOptions } from "./distances.ts";
export type { DType, TypedArray } from "./dtype.ts";
export { einsum } from "./einsum.ts";
export { AnomalyError, DTypeError, GradientError, ShapeError } from "./errors.ts";
export {
  decodeModel,
  encodeModel,
  type LoadedModel,
  type LoadOptions,
  type SaveOptions,
} from "./io/model.ts";
export { decodeNpy, encodeNpy } from "./io/npy.ts";
export { decodeNpz, encodeNpz } from "./io/npz.ts";
export { decodeTensors, encodeTensors, type TensorFile } from "./io/safetensors.ts";
export type { Training } from "./io/training.ts";
export { cat, hstack, meshgrid, stack, vstack, where } from "./creation/joining.ts";
export type { TensorData } from "./creation/literal.ts";
export {
  type Checked,
  gradcheck,
  type GradcheckOptions,
  gradgradcheck,
} from "./autograd/gradcheck.ts";
export type { GradientHook, HookHandle } from "./autograd/hooks.ts";
export * as linalg from "./linalg.ts";
export { accuracy } from "./nn/metrics.ts";
export * as F from "./nn/functional/index.ts";
export * as nn from "./nn/index.ts";
export { type Memory, memory } from "./autograd/memory.ts";
export type { MemoryUse } from "./backend.ts";
export { type NoticeRule, silence } from "./notices/notice.ts";
export * as optim from "./optim/index.ts";
export { defaultGenerator, Generator, type GeneratorState, manualSeed } from "./random.ts";
export {
  bernoulli,
  type DrawOptions,
  multinomial,
  type MultinomialOptions,
} from "./creation/sampling.ts";
export { arange, linspace, logspace, type LogspaceOptions } from "./creation/ranges.ts";
export type { Index, Range } from "./indexing/slicing.ts";
export { enableGrad, isGradEnabled, noGrad } from "./autograd/tape.ts";
export { type Nested, Tensor } from "./tensor.ts";
export { Value } from "./value.ts";
export type { Shape } from "./view.ts";
