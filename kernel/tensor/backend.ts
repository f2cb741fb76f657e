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
import type { Cut, Shape, Storage, View } from "./view.ts";
import type { Window } from "./windows.ts";

export type FunctionKernel =
  | ("neg" | "abs" | "sign" | "square" | "floor" | "ceil" | "round" | "trunc" | "logicalNot")
  | ("exp" | "expm1" | "log" | "log1p" | "log2" | "log10" | "sqrt" | "rsqrt" | "reciprocal")
  | ("sin" | "cos" | "tan" | "asin" | "acos" | "atan" | "sinh" | "cosh" | "tanh" | "erf");
export type ActivationKernel =
  | ("sigmoid" | "relu" | "leakyRelu" | "elu" | "silu" | "softplus" | "logSigmoid")
  | ("gelu" | "geluSlope" | "geluTanh");
/** Those whose slope has a kernel, of the argument x or of the result y. */
export type SlopeKernel =
  | ("square" | "abs" | "leakyRelu" | "elu" | "silu" | "softplus" | "logSigmoid") // of x
  | ("gelu" | "geluTanh") // of x
  | ("relu" | "sigmoid" | "tanh" | "sqrt" | "rsqrt" | "reciprocal"); // of y
export type UnaryKernel = FunctionKernel | ActivationKernel;
export type BinaryKernel =
  | ("add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum" | "atan2")
  | ("remainder" | "fmod" | "floorDivide");
export type CompareKernel =
  | ("eq" | "ne" | "lt" | "le" | "gt" | "ge")
  | ("logicalAnd" | "logicalOr" | "logicalXor");
export type ReduceKernel =
  | ("sum" | "mean" | "prod" | "max" | "min" | "var" | "std" | "norm" | "logsumexp")
  | ("any" | "all");
export type ScanKernel = "sum" | "prod";

/** Which way a scan runs, and whether each result leaves out its own element. */
export interface ScanOrder {
  readonly reverse: boolean;
  readonly exclusive: boolean;
}

export interface SgdStep {
  readonly lr: number;
  readonly momentum: number;
  readonly dampening: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  /** The loss is to grow. */
  readonly maximize: boolean;
  /** The first step of this parameter: velocity becomes the gradient itself. */
  readonly first: boolean;
}

export interface AdamStep {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weightDecay: number;
  /** Weight decay changes the parameter alone, and not the gradient that the moments see. */
  readonly decoupled: boolean;
  readonly maximize: boolean;
  /** 1 at the first step. */
  readonly step: number;
}

export interface RmspropStep {
  readonly lr: number;
  readonly alpha: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly maximize: boolean;
}

export interface AdagradStep {
  readonly lr: number;
  readonly lrDecay: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly maximize: boolean;
  /** 1 at the first step. */
  readonly step: number;
}

/** A convolution's window and how many groups the channels fall into, each with filters of its own. */
export interface ConvolutionWindow extends Window {
  readonly groups: number;
}

/** Elements start to end - 1 of a dimension, whose sum is divided by `count`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** How attention looks. */
export interface Look {
  readonly scale: number;
  /** Query i looks at keys 0 to i only. */
  readonly isCausal: boolean;
}

/** The memory that a backend owns, in bytes. What lies on the JavaScript heap is not its own. */
export interface MemoryUse {
  /** What holds values, of those too that nobody reaches any more and nobody has noticed yet. */
  readonly live: number;
  /** What is free to be used again without asking the system. */
  readonly cached: number;
  /** The most that held values at once, since the start or the last `forgetPeak`. */
  readonly peak: number;
}

export interface Backend {
  readonly name: string;
  memory(): MemoryUse;
  /** The peak is what is live now. */
  forgetPeak(): void;
  /** `length` zeros. */
  allocate(dtype: DType, length: number): Storage;
  /**
   * Takes over `values`: the caller must not write to them again. They are of the dtype their array
   * holds, bytes u8; the bytes 0 and 1 of bools need `dtype`.
   */
  adopt(values: TypedArray, dtype?: DType): Storage;
  /** As `adopt`, of a copy: `values` stay the caller's. */
  store(values: TypedArray, dtype?: DType): Storage;
  /**
   * `length` elements that `make` computes when somebody looks at them, if ever; `end` is called once
   * then, or when the storage is released before.
   */
  later(dtype: DType, length: number, make: () => View, end: () => void): Storage;

  /** A row-major copy in `dtype`. */
  copy(x: View, dtype: DType): View;
  /** Writes `source`, broadcast to the shape of `target` and converted, into `target`. */
  assign(target: View, source: View): void;

  /** Zeros of `shape` with `x` in the elements that the cuts of its dimensions name. */
  place(x: View, cuts: readonly Cut[], shape: Shape): View;

  /**
   * Elementwise; `x` has a float dtype, except for neg to trunc and relu, and logicalNot, whose
   * result is bool. `parameter` is leakyRelu's slope and elu's alpha.
   */
  unary(kernel: UnaryKernel, x: View, parameter?: number): View;
  /** `g` times the slope of `kernel` at x, from x or y as `SlopeKernel` says; one shape and float dtype. */
  slope(kernel: SlopeKernel, g: View, saved: View, parameter?: number): View;
  /**
   * Elementwise; both have one shape and one dtype, which the result has too.
   * @throws RangeError for a remainder, fmod or floorDivide of whole numbers by 0.
   */
  binary(kernel: BinaryKernel, a: View, b: View): View;
  /** As `binary`; the result is bool. */
  compare(kernel: CompareKernel, a: View, b: View): View;
  /** `condition ? a : b`, all of one shape; `condition` is bool. */
  where(condition: View, a: View, b: View): View;

  /**
   * Over `dims`; the result keeps them with size 1. `parameter` is var's and std's correction (the
   * divisor is n - correction) and norm's order. any and all take bools. Sums of bools and bytes are i32,
   * means of all but f64 are f32; other results have the dtype of `x`.
   */
  reduce(kernel: ReduceKernel, x: View, dims: readonly number[], parameter: number): View;
  /** Index of the first extreme along `dim`, i32; the result keeps `dim` with size 1. */
  argReduce(kernel: "max" | "min" | "median", x: View, dim: number): View;
  /** Sums or products of the elements up to each along `dim`. */
  scan(kernel: ScanKernel, x: View, dim: number, order: ScanOrder): View;
  /**
   * `h[i] = b[i] + a[i] h[i - 1]` along `dim`, nothing before the first; in reverse
   * `h[i] = b[i] + a[i + 1] h[i + 1]`. Both have one shape and one float dtype.
   */
  recur(a: View, b: View, dim: number, reverse: boolean): View;
  /** `[..., m, k] x [..., k, n] -> [..., m, n]`; leading dimensions are equal. */
  matmul(a: View, b: View): View;
  /** `x [rows, in]`, `w [out, in]`, `bias [out] -> [rows, out]`: `x wᵀ + bias`. */
  linear(x: View, w: View, bias: View): View;

  /**
   * `x [n, c, h, w]`, `filter [o, c / groups, kh, kw]`, `bias [o] -> [n, o, ...count]`: the filter's
   * product with what lies under it at `count` places.
   */
  convolve(x: View, filter: View, bias: View | null, window: ConvolutionWindow, count: Shape): View;
  /** The reverse in `x`: `g [n, o, ...count]`, `filter -> [n, c, ...size]`. */
  convolveInput(g: View, filter: View, window: ConvolutionWindow, size: Shape): View;
  /** The reverse in the filter: `g [n, o, ...count]`, `x -> [o, c / groups, kh, kw]`. */
  convolveFilter(g: View, x: View, window: ConvolutionWindow): View;
  /** `x [n, c, h, w]`: the first largest element at each place, and its number in its plane, i32. */
  maxPool(x: View, window: Window, count: Shape): { readonly values: View; readonly index: View };
  /** The reverse: `g [n, c, ...count]` added to the elements that `index` names, in zeros `[n, c, ...size]`. */
  maxSpread(g: View, index: View, size: Shape): View;
  /** `x [n, c, h, w]`: the mean over the rectangle of each two spans. */
  averagePool(x: View, rows: readonly Span[], columns: readonly Span[]): View;
  /** The reverse: `g [n, c, rows, columns] -> [n, c, ...size]`. */
  averageSpread(g: View, rows: readonly Span[], columns: readonly Span[], size: Shape): View;

  /** `a [..., n, n]`, `b [..., n, k] -> [..., n, k]`: x with a x = b. @throws ShapeError if singular. */
  solve(op: string, a: View, b: View): View;
  /** `[..., n, n] -> [...]`; exactly 0 for what `solve` calls singular. */
  determinant(a: View): View;
  /** `[..., n, n] ->` the lower factor. @throws ShapeError if not symmetric and positive definite. */
  cholesky(a: View): View;
  /** `[..., n, n] -> [..., n + 1, n]`: values, then vectors as columns. @throws ShapeError if not symmetric. */
  eigh(a: View): View;
  /** `[..., m, n] -> [..., m + 1 + n, k]`: U, singular values, V; k = min(m, n). */
  svd(a: View): View;

  /** Rows of `x` by number: `index [...i]`, `x [rows, ...r] -> [...i, ...r]`. @throws RangeError naming `op`. */
  takeRows(op: string, x: View, index: View): View;
  /** The reverse: adds rows `g [...i, ...r]` into zeros of `[rows, ...r]`. @throws RangeError. */
  addRows(op: string, g: View, index: View, rows: number): View;
  /** Writes rows `source [...i, ...r]` into `target [rows, ...r]`; one dtype. @throws RangeError. */
  putRows(op: string, target: View, index: View, source: View): void;
  /** `out[i][j] = x[i][index[i][j]]` along `dim`. @throws RangeError. */
  gather(op: string, x: View, dim: number, index: View): View;
  /** The reverse: `x` with `source`, of the index's shape, added there. @throws RangeError. */
  scatterAdd(op: string, x: View, dim: number, index: View, source: View): View;
  /** As `scatterAdd`, written over; the last of several in row-major order wins. */
  scatter(op: string, x: View, dim: number, index: View, source: View): View;
  /** Along `dim`, the first `count` indices that sort `x`, or all, i32. Stable; NaN counts as the largest. */
  argsort(x: View, dim: number, descending: boolean, count?: number): View;

  /**
   * `softmax(q kᵀ scale + mask) v` of `q [n, h, l, d]`, `k [n, h, s, d]`, `v [n, h, s, e]`, and
   * `mask [n, h, l, s]`: `[n, l, h, e]`, so that heads lie side by side.
   */
  attention(q: View, k: View, v: View, mask: View | null, look: Look): View;
  /** The slopes of q, k and v, given `g [n, h, l, e]`; each `[n, rows, h, width]`. */
  attentionSlopes(
    g: View,
    q: View,
    k: View,
    v: View,
    mask: View | null,
    look: Look,
  ): { readonly q: View; readonly k: View; readonly v: View };

  /**
   * `x [..., ...n]`, `weight [...n]`, `bias [...n]`: mean 0 and variance 1 of each row of n, times the
   * weight, plus the bias. `moments [3, rows]` are the mean, what it was rounded by and 1 / √(σ² + ε).
   */
  layerNorm(
    x: View,
    weight: View,
    bias: View,
    eps: number,
  ): { readonly values: View; readonly moments: View };
  /** The slopes of x, weight and bias, given that of the values, `g [..., ...n]`. */
  layerNormSlopes(
    g: View,
    x: View,
    weight: View,
    moments: View,
  ): { readonly x: View; readonly weight: View; readonly bias: View };

  /**
   * `x [n, c, ...s]`, `weight [c]`, `bias [c]`: mean 0 and variance 1 of each channel c, times its weight,
   * plus its bias. `moments [4, c]` are those of `layerNorm` and the variance σ².
   */
  batchNorm(
    x: View,
    weight: View,
    bias: View,
    eps: number,
  ): { readonly values: View; readonly moments: View };
  /** The slopes of x, weight and bias, given that of the values, `g [n, c, ...s]`. */
  batchNormSlopes(
    g: View,
    x: View,
    weight: View,
    moments: View,
  ): { readonly x: View; readonly weight: View; readonly bias: View };

  /** Over the last dimension. */
  softmax(x: View, log: boolean): View;
  /** The slope of x, given that of `y = softmax(x, log)`, `g`; one shape and float dtype. */
  softmaxSlope(g: View, y: View, log: boolean): View;
  /** `logits [n, c]`, `labels [n]` i32: a loss for each row and the softmax. @throws RangeError. */
  crossEntropy(logits: View, labels: View): { readonly losses: View; readonly softmax: View };
  /** `(p - onehot(labels)) * scale`, `p [n, c]`, `scale [n]`. */
  softmaxResidual(p: View, labels: View, scale: View): View;

  /** Writes `parameter` and `velocity` (null without momentum) in one pass. */
  sgd(parameter: View, gradient: View, velocity: View | null, step: SgdStep): void;
  /** Writes `parameter`, both moments and `largest` (null without AMSGrad) in one pass. */
  adam(
    parameter: View,
    gradient: View,
    first: View,
    second: View,
    largest: View | null,
    step: AdamStep,
  ): void;
  /** Writes `parameter`, `square`, `mean` (null unless centred) and `velocity` (null without momentum). */
  rmsprop(
    parameter: View,
    gradient: View,
    square: View,
    mean: View | null,
    velocity: View | null,
    step: RmspropStep,
  ): void;
  /** Writes `parameter` and `sum` in one pass. */
  adagrad(parameter: View, gradient: View, sum: View, step: AdagradStep): void;
}
