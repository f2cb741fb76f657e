/** Convolutions as functions: the caller brings the filters. */
import { wantTensor } from "../../autograd/apply.ts";
import { ShapeError } from "../../errors.ts";
import { layerEntered } from "../../notices/losses.ts";
import { watch } from "../../notices/notice.ts";
import { printShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { ShapeOf } from "../../typed/broadcast.ts";
import type { ConvolvesFrom } from "../../typed/layers.ts";
import type { Filtered } from "../../typed/windows.ts";
import type { Sizes } from "../../windows.ts";
import { type ConvolutionOptions, type Padded, resolveConvolution } from "../sliding.ts";

export type { ConvolutionOptions } from "../sliding.ts";

/**
 * Slides filters over lines: `x [n, c, w]` (or one `[c, w]`), `weight [filters, c / groups, kw]`,
 * `bias [filters] -> [n, filters, places]`.
 * @throws ShapeError when the channels do not match or the filter does not fit.
 * @example
 * const x = tensor([[[1, 2, 4, 8]]]);
 * F.conv1d(x, tensor([[[-1, 1]]])) // tensor([[[1., 2., 4.]]])
 */
export function conv1d<
  X extends Tensor,
  W extends Tensor,
  const Stride extends Sizes = 1,
  const Padding extends Padded = 0,
  const Dilation extends Sizes = 1,
  Groups extends number = 1,
>(
  x: X & ConvolvesFrom<ShapeOf<X>, 1, ShapeOf<W>, Groups>,
  weight: W,
  bias: Tensor | null = null,
  options: ConvolutionOptions<Stride, Padding, Dilation, Groups> = {},
): Tensor<Filtered<ShapeOf<X>, 1, ShapeOf<W>, Stride, Padding, Dilation>> {
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
export function conv2d<
  X extends Tensor,
  W extends Tensor,
  const Stride extends Sizes = 1,
  const Padding extends Padded = 0,
  const Dilation extends Sizes = 1,
  Groups extends number = 1,
>(
  x: X & ConvolvesFrom<ShapeOf<X>, 2, ShapeOf<W>, Groups>,
  weight: W,
  bias: Tensor | null = null,
  options: ConvolutionOptions<Stride, Padding, Dilation, Groups> = {},
): Tensor<Filtered<ShapeOf<X>, 2, ShapeOf<W>, Stride, Padding, Dilation>> {
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
