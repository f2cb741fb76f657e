/**
 * The options of what slides over lines and images, and their checks: shared by the functions of `F`
 * and the layers, which refuse a wrong option when they are made.
 */
import { ShapeError } from "../errors.ts";
import { checkOptions } from "../options.ts";
import type { ConvolutionParams } from "../ops/convolution.ts";
import { printShape, sizeAt } from "../shape.ts";
import type { Shape } from "../view.ts";
import { type Sizes, sizesFor, type Window } from "../windows.ts";

export interface ConvolutionOptions<
  Stride extends Sizes = Sizes,
  Padding extends Padded = Padded,
  Dilation extends Sizes = Sizes,
  Groups extends number = number,
> {
  /** How far the filter moves at each step; 1 unless given. */
  readonly stride?: Stride;
  /**
   * Zeros put around the image; none unless given. `"same"` keeps its size, which needs a stride of
   * 1; `"valid"` is 0.
   */
  readonly padding?: Padding;
  /** Steps between the elements that a filter looks at; 1 unless given. */
  readonly dilation?: Dilation;
  /** Groups that channels and filters fall into, each convolved apart; 1 unless given. */
  readonly groups?: Groups;
}

/** What may stand around an image that filters slide over. */
export type Padded = Sizes | "same" | "valid";

export interface PoolOptions<
  Stride extends Sizes = Sizes,
  Padding extends Sizes = Sizes,
  Ceil extends boolean = boolean,
> {
  /** How far the window moves at each step; as far as it is large unless given. */
  readonly stride?: Stride;
  /** Elements put around the image, at most half the window; none unless given. */
  readonly padding?: Padding;
  /** Whether a last window may stick out behind; false unless given. */
  readonly ceilMode?: Ceil;
}

export interface MaxPoolOptions<
  Stride extends Sizes = Sizes,
  Padding extends Sizes = Sizes,
  Dilation extends Sizes = Sizes,
  Ceil extends boolean = boolean,
> extends PoolOptions<Stride, Padding, Ceil> {
  /** Steps between the elements that a window looks at; 1 unless given. */
  readonly dilation?: Dilation;
}

export interface AvgPoolOptions<
  Stride extends Sizes = Sizes,
  Padding extends Sizes = Sizes,
  Ceil extends boolean = boolean,
> extends PoolOptions<Stride, Padding, Ceil> {
  /** Whether padding counts as zeros in the mean; true unless given. */
  readonly countIncludePad?: boolean;
  /** What sums are divided by in place of the number of elements. */
  readonly divisorOverride?: number;
}

/** One number for both, or rows and columns; null keeps a size. */
export type AdaptiveSize = number | null | readonly (number | null)[];

/** The options of a convolution with `kernel`, checked and written out for each dimension. */
export function resolveConvolution(
  op: string,
  rank: number,
  kernel: Shape,
  options: ConvolutionOptions,
): ConvolutionParams {
  checkOptions(op, options, ["stride", "padding", "dilation", "groups"]);
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  const [count] = sizesFor(op, "groups", groups, 1, 1);
  const base = {
    op,
    groups: count ?? 1,
    stride: sizesFor(op, "stride", stride, rank, 1),
    dilation: sizesFor(op, "dilation", dilation, rank, 1),
  };
  if (padding !== "same") {
    const zeros = sizesFor(op, "padding", padding === "valid" ? 0 : padding, rank, 0);
    return { ...base, before: zeros, after: zeros };
  }
  if (base.stride.some((step) => step !== 1))
    throw new ShapeError(
      `${op}: padding "same" with stride ${printShape(base.stride)} - wanted a stride of 1`,
    );
  // An odd one out goes behind.
  const both = kernel.map((size, dim) => sizeAt(base.dilation, dim) * (size - 1));
  const before = both.map((zeros) => Math.floor(zeros / 2));
  return { ...base, before, after: both.map((zeros, dim) => zeros - sizeAt(before, dim)) };
}

const optionNames = {
  max: ["stride", "padding", "dilation", "ceilMode"],
  avg: ["stride", "padding", "ceilMode", "countIncludePad", "divisorOverride"],
};

/** The options of a pool, checked and written out for each dimension. */
export function poolWindow(
  op: string,
  kind: "max" | "avg",
  rank: number,
  kernel: Sizes,
  options: MaxPoolOptions,
): Window {
  checkOptions(op, options, optionNames[kind]);
  const { padding = 0, dilation = 1 } = options;
  const window = {
    kernel: sizesFor(op, "kernel", kernel, rank, 1),
    stride: sizesFor(op, "stride", options.stride ?? kernel, rank, 1),
    dilation: sizesFor(op, "dilation", dilation, rank, 1),
    before: sizesFor(op, "padding", padding, rank, 0),
  };
  if (window.before.some((zeros, dim) => zeros > sizeAt(window.kernel, dim) / 2))
    throw new ShapeError(
      `${op}: padding ${printShape(window.before)} for kernel ${printShape(window.kernel)} - ` +
        "wanted at most half the kernel",
    );
  return window;
}

/** Anything else than a list stands for both, to be refused if it is no number. */
export function pairOf(size: AdaptiveSize): readonly (number | null)[] {
  const isList = (value: AdaptiveSize): value is readonly (number | null)[] => Array.isArray(value);
  return isList(size) ? size : [size, size];
}
