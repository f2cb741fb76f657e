/** Pools as functions: images made smaller by taking the largest or the mean under a window. */
import { wantTensor } from "../../autograd/apply.ts";
import type { Span } from "../../backend.ts";
import { ShapeError } from "../../errors.ts";
import { printShape, sizeAt } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { Pooling, Resized, Slid } from "../../typed/windows.ts";
import type { Shape } from "../../view.ts";
import { type Sizes, sizesFor, windowCount } from "../../windows.ts";
import {
  type AdaptiveSize,
  type AvgPoolOptions,
  type MaxPoolOptions,
  pairOf,
  poolWindow,
} from "../sliding.ts";

export type { AdaptiveSize, AvgPoolOptions, MaxPoolOptions, PoolOptions } from "../sliding.ts";

/**
 * The largest element under each place of a window: `[n, c, w]` or `[c, w] -> [..., places]`. Of
 * equals the first is taken, and padding never.
 * @throws ShapeError when the window does not fit.
 * @example F.maxPool1d(tensor([[1, 3, 2, 9]]), 2) // tensor([[3., 9.]])
 */
export function maxPool1d<
  S extends Shape,
  const Kernel extends Sizes,
  const Stride extends Sizes = Kernel,
  const Padding extends Sizes = 0,
  const Dilation extends Sizes = 1,
  Ceil extends boolean = false,
>(
  x: Tensor<S>,
  kernel: Kernel,
  options: MaxPoolOptions<Stride, Padding, Dilation, Ceil> = {},
): Tensor<Slid<S, 1, null, Pooling<Kernel, Stride, Padding, Dilation, Ceil>>> {
  return largest("maxPool1d", 1, x, kernel, options);
}

/**
 * The largest element under each place of a window: `[n, c, h, w]` or `[c, h, w] -> [..., rows,
 * columns]`. Of equals the first is taken, and padding never.
 * @throws ShapeError when the window does not fit.
 * @example
 * const x = arange(16).to("f32").reshape(1, 4, 4);
 * F.maxPool2d(x, 2).flatten() // tensor([ 5.,  7., 13., 15.])
 */
export function maxPool2d<
  S extends Shape,
  const Kernel extends Sizes,
  const Stride extends Sizes = Kernel,
  const Padding extends Sizes = 0,
  const Dilation extends Sizes = 1,
  Ceil extends boolean = false,
>(
  x: Tensor<S>,
  kernel: Kernel,
  options: MaxPoolOptions<Stride, Padding, Dilation, Ceil> = {},
): Tensor<Slid<S, 2, null, Pooling<Kernel, Stride, Padding, Dilation, Ceil>>> {
  return largest("maxPool2d", 2, x, kernel, options);
}

/**
 * The mean under each place of a window: `[n, c, w]` or `[c, w] -> [..., places]`.
 * @throws ShapeError when the window does not fit.
 * @example F.avgPool1d(tensor([[1, 3, 2, 9]]), 2) // tensor([[2.0000, 5.5000]])
 */
export function avgPool1d<
  S extends Shape,
  const Kernel extends Sizes,
  const Stride extends Sizes = Kernel,
  const Padding extends Sizes = 0,
  Ceil extends boolean = false,
>(
  x: Tensor<S>,
  kernel: Kernel,
  options: Omit<AvgPoolOptions<Stride, Padding, Ceil>, "divisorOverride"> = {},
): Tensor<Slid<S, 1, null, Pooling<Kernel, Stride, Padding, 1, Ceil>>> {
  return mean("avgPool1d", 1, x, kernel, options);
}

/**
 * The mean under each place of a window: `[n, c, h, w]` or `[c, h, w] -> [..., rows, columns]`.
 * @throws ShapeError when the window does not fit.
 * @example
 * const x = arange(16).to("f32").reshape(1, 4, 4);
 * F.avgPool2d(x, 2).flatten() // tensor([ 2.5000,  4.5000, 10.5000, 12.5000])
 */
export function avgPool2d<
  S extends Shape,
  const Kernel extends Sizes,
  const Stride extends Sizes = Kernel,
  const Padding extends Sizes = 0,
  Ceil extends boolean = false,
>(
  x: Tensor<S>,
  kernel: Kernel,
  options: AvgPoolOptions<Stride, Padding, Ceil> = {},
): Tensor<Slid<S, 2, null, Pooling<Kernel, Stride, Padding, 1, Ceil>>> {
  return mean("avgPool2d", 2, x, kernel, options);
}

/**
 * The mean over as many rectangles as `size` says, whatever the image's size: `[n, c, h, w]` or
 * `[c, h, w] -> [..., rows, columns]`. With null a size stays as it is; 1 is the mean of a plane.
 * @throws ShapeError for another number of dimensions.
 * @example
 * const x = arange(6).to("f32").reshape(1, 2, 3);
 * F.adaptiveAvgPool2d(x, 1).item() // 2.5
 * F.adaptiveAvgPool2d(x, [1, 2]) // tensor([[[2., 3.]]])
 */
export function adaptiveAvgPool2d<S extends Shape, const Size extends AdaptiveSize>(
  x: Tensor<S>,
  size: Size,
): Tensor<Resized<S, Size>> {
  const op = "adaptiveAvgPool2d";
  checkImages(op, 2, x);
  const own = x.shape.slice(-2);
  const given = pairOf(size);
  const wanted = given.map((n, dim) => (n === null ? (own[dim] ?? 0) : n));
  const [rows, columns] = sizesFor(op, "size", wanted, 2, 0).map((count, dim) => {
    const n = sizeAt(own, dim);
    return Array.from({ length: count }, (_, i): Span => {
      const start = Math.floor((i * n) / count);
      const end = Math.ceil(((i + 1) * n) / count);
      return { start, end, count: end - start };
    });
  }) as [Span[], Span[]];
  return withBatch(2, x, (images) => images.averagePool({ rows, columns }));
}

function largest(
  op: string,
  rank: number,
  x: Tensor,
  kernel: Sizes,
  options: MaxPoolOptions,
): Tensor {
  checkImages(op, rank, x);
  const window = poolWindow(op, "max", rank, kernel, options);
  return x.maxPool({ ...window, op, ceil: options.ceilMode ?? false });
}

function mean(op: string, rank: number, x: Tensor, kernel: Sizes, options: AvgPoolOptions): Tensor {
  checkImages(op, rank, x);
  const window = poolWindow(op, "avg", rank, kernel, options);
  const { countIncludePad = true, divisorOverride: divisor, ceilMode } = options;
  if (divisor !== undefined && (typeof divisor !== "number" || divisor === 0))
    throw new ShapeError(
      `${op}: divisorOverride ${String(divisor)} - wanted a number other than 0`,
    );
  const size = x.shape.slice(-rank);
  const count = windowCount(op, window, size, window.before, ceilMode);
  const spans = size.map((n, dim) =>
    Array.from({ length: sizeAt(count, dim) }, (_, i): Span => {
      const zeros = sizeAt(window.before, dim);
      const from = i * sizeAt(window.stride, dim) - zeros;
      const to = Math.min(from + sizeAt(window.kernel, dim), n + zeros);
      const [start, end] = [Math.max(from, 0), Math.min(to, n)];
      return { start, end, count: countIncludePad ? to - from : end - start };
    }),
  );
  const [columns = [], rows = [whole]] = spans.toReversed();
  const divided =
    divisor === undefined
      ? { rows, columns }
      : { rows: divideBy(rows, divisor), columns: divideBy(columns, 1) };
  return withBatch(rank, x, (images) =>
    rank === 2 ? images.averagePool(divided) : images.unsqueeze(2).averagePool(divided).squeeze(2),
  );
}

/** The only row of a line. */
const whole: Span = { start: 0, end: 1, count: 1 };

const divideBy = (spans: readonly Span[], count: number): Span[] =>
  spans.map((span) => ({ ...span, count }));

function checkImages(op: string, rank: number, x: Tensor): void {
  wantTensor(op, "input", x);
  if (x.ndim === rank + 1 || x.ndim === rank + 2) return;
  const sizes = rank === 1 ? "w" : "h, w";
  throw new ShapeError(`${op}: ${printShape(x.shape)} - wanted [n, c, ${sizes}] or [c, ${sizes}]`);
}

/** One image without a batch goes through as a batch of one. */
function withBatch(rank: number, x: Tensor, run: (images: Tensor) => Tensor): Tensor {
  const shape: Shape = x.shape;
  return shape.length === rank + 1 ? run(x.unsqueeze(0)).squeeze(0) : run(x);
}
