/** Convolutions as functions: the caller brings the filters. */
import { wantTensor } from "../../apply.ts";
import { ShapeError } from "../../errors.ts";
import { layerEntered } from "../../notices/losses.ts";
import { watch } from "../../notices/notice.ts";
import { checkOptions } from "../../options.ts";
import type { ConvolutionParams } from "../../ops/convolution.ts";
import { printShape, sizeAt } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { type Sizes, sizesFor } from "../../windows.ts";

export interface ConvolutionOptions {
  /** How far the filter moves at each step; 1 unless given. */
  readonly stride?: Sizes;
  /**
   * Zeros put around the image; none unless given. `"same"` keeps its size, which needs a stride of
   * 1; `"valid"` is 0.
   */
  readonly padding?: Sizes | "same" | "valid";
  /** Steps between the elements that a filter looks at; 1 unless given. */
  readonly dilation?: Sizes;
  /** Groups that channels and filters fall into, each convolved apart; 1 unless given. */
  readonly groups?: number;
}

/**
 * Slides filters over lines: `x [n, c, w]` (or one `[c, w]`), `weight [filters, c / groups, kw]`,
 * `bias [filters] -> [n, filters, places]`.
 * @throws ShapeError when the channels do not match or the filter does not fit.
 * @example
 * const x = tensor([[[1, 2, 4, 8]]]);
 * F.conv1d(x, tensor([[[-1, 1]]])) // tensor([[[1., 2., 4.]]])
 */
export function conv1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions = {},
): Tensor {
  return convolved("conv1d", 1, x, weight, bias, options);
}

/**
 * Slides filters over images: `x [n, c, h, w]` (or one `[c, h, w]`), `weight [filters, c / groups,
 * kh, kw]`, `bias [filters] -> [n, filters, rows, columns]`.
 * @throws ShapeError when the channels do not match or the filter does not fit.
 * @example
 * const x = arange(9).to("f32").reshape(1, 1, 3, 3);
 * F.conv2d(x, ones([1, 1, 2, 2])).flatten() // tensor([ 8., 12., 20., 24.])
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions = {},
): Tensor {
  return convolved("conv2d", 2, x, weight, bias, options);
}

function convolved(
  op: string,
  rank: number,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  options: ConvolutionOptions,
): Tensor {
  wantTensor(op, "input", x);
  wantTensor(op, "weight", weight);
  if (bias !== null) wantTensor(op, "bias", bias);
  if (weight.ndim !== rank + 2)
    throw new ShapeError(
      `${op}: weight ${printShape(weight.shape)} - wanted [filters, channels, ${rank === 1 ? "kw" : "kh, kw"}]`,
    );
  if (watch.on) layerEntered(x, weight);
  const params = resolveConvolution(op, rank, weight.shape.slice(2), options);
  // One image without a batch goes through as a batch of one.
  if (x.ndim === rank + 1) return x.unsqueeze(0).convolve(weight, params, bias).squeeze(0);
  return x.convolve(weight, params, bias);
}

/** The options of a convolution with `kernel`, checked and written out for each dimension. */
export function resolveConvolution(
  op: string,
  rank: number,
  kernel: readonly number[],
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
