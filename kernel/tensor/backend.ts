/**
 * What a device must do. Everything an op computes goes through here; what only moves strides never
 * does.
 *
 * Ownership: every method that returns a view allocates a fresh storage for it, row-major, and
 * keeps no claim on it: it lives as long as somebody holds it. Arguments are only read, except by
 * the methods that say "writes". Ordering: calls take effect in the order made, and `host()` of any
 * storage sees all earlier calls; a device that works ahead waits there. Views may have any
 * strides, 0 and negative included. Shapes, dtypes and indices were checked by the caller unless a
 * method says otherwise.
 */
import type { DType, TypedArray } from "./dtype.ts";
import type { Shape, Storage, View } from "./view.ts";

export type UnaryKernel =
  | ("neg" | "exp" | "log" | "sqrt" | "abs" | "sign" | "sin" | "cos" | "tanh")
  | ("sigmoid" | "relu" | "gelu" | "geluSlope" | "square" | "reciprocal" | "softplus" | "not");
export type BinaryKernel = "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum";
export type CompareKernel = "eq" | "ne" | "lt" | "le" | "gt" | "ge";
export type ReduceKernel = "sum" | "mean" | "max" | "min" | "var" | "std" | "logsumexp";

export interface SgdStep {
  readonly lr: number;
  readonly momentum: number;
  readonly dampening: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  /** The first step of this parameter: velocity becomes the gradient itself. */
  readonly first: boolean;
}

export interface AdamStep {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weightDecay: number;
  /** 1 at the first step. */
  readonly step: number;
}

export interface Backend {
  readonly name: string;
  /** `length` zeros. */
  allocate(dtype: DType, length: number): Storage;
  /** Takes over `values`: the caller must not write to them again. */
  adopt(values: TypedArray): Storage;

  /** A row-major copy in `dtype`. */
  copy(x: View, dtype: DType): View;
  /** Writes `source`, broadcast to its shape and converted, into `target`. */
  assign(target: View, source: View): void;

  /** Elementwise; `x` has a float dtype, except for neg, abs, sign, relu, square and not. */
  unary(kernel: UnaryKernel, x: View): View;
  /** Elementwise; both have one shape and one dtype, which the result has too. */
  binary(kernel: BinaryKernel, a: View, b: View): View;
  /** As `binary`; the result is bool. */
  compare(kernel: CompareKernel, a: View, b: View): View;
  /** `condition ? a : b`, all of one shape; `condition` is bool. */
  where(condition: View, a: View, b: View): View;

  /** Over `dims`; the result keeps them with size 1. `correction` as in var: n - correction. */
  reduce(kernel: ReduceKernel, x: View, dims: readonly number[], correction: number): View;
  /** Index of the first extreme along `dim`, i32; the result keeps `dim` with size 1. */
  argReduce(kernel: "max" | "min", x: View, dim: number): View;
  /** `[..., m, k] x [..., k, n] -> [..., m, n]`; leading dimensions are equal. */
  matmul(a: View, b: View): View;
  /** `x [rows, in]`, `w [out, in]`, `bias [out] -> [rows, out]`: `x wᵀ + bias`. */
  linear(x: View, w: View, bias: View): View;

  /** Rows of `x` by number: `index [...i]`, `x [rows, ...r] -> [...i, ...r]`. @throws RangeError naming `op`. */
  takeRows(op: string, x: View, index: View): View;
  /** The reverse: adds rows `g [...i, ...r]` into zeros of `[rows, ...r]`. */
  addRows(g: View, index: View, rows: number): View;
  /** `out[i][j] = x[i][index[i][j]]` along `dim`. @throws RangeError. */
  gather(op: string, x: View, dim: number, index: View): View;
  /** The reverse: adds `g` into zeros of `shape`. */
  scatterAdd(g: View, dim: number, index: View, shape: Shape): View;

  /** Over the last dimension. */
  softmax(x: View, log: boolean): View;
  /** `logits [n, c]`, `labels [n]` i32: a loss for each row and the softmax. @throws RangeError. */
  crossEntropy(logits: View, labels: View): { readonly losses: View; readonly softmax: View };
  /** `(p - onehot(labels)) * scale`, `p [n, c]`, `scale [n]`. */
  softmaxResidual(p: View, labels: View, scale: View): View;

  /** Writes `parameter` and `velocity` (null without momentum) in one pass. */
  sgd(parameter: View, gradient: View, velocity: View | null, step: SgdStep): void;
  /** Writes `parameter` and both moments in one pass. */
  adam(parameter: View, gradient: View, first: View, second: View, step: AdamStep): void;
}
