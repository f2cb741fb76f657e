/** Pooling layers: the pools of `F` with their window kept. */
import type { Tensor } from "../tensor.ts";
import type { Carrier, Resizes, rule, Windows } from "../typed/layers.ts";
import type { Unknown } from "../typed/unknown.ts";
import type { Pooling } from "../typed/windows.ts";
import { type Sizes, sizesFor } from "../windows.ts";
import {
  adaptiveAvgPool2d,
  avgPool1d,
  avgPool2d,
  maxPool1d,
  maxPool2d,
} from "./functional/pooling.ts";
import { Module } from "./module.ts";
import { printSizes } from "./print.ts";
import {
  type AdaptiveSize,
  type AvgPoolOptions,
  type MaxPoolOptions,
  pairOf,
  poolWindow,
} from "./sliding.ts";

const printed = (sizes: Sizes): string =>
  typeof sizes === "number" ? String(sizes) : printSizes(sizes);

abstract class MaxPool extends Module {
  readonly #kernel: Sizes;
  readonly #options: MaxPoolOptions;

  constructor(name: string, rank: number, kernel: Sizes, options: MaxPoolOptions) {
    super();
    poolWindow(name, "max", rank, kernel, options);
    this.#kernel = kernel;
    this.#options = options;
  }

  protected get kernel(): Sizes {
    return this.#kernel;
  }

  protected get options(): MaxPoolOptions {
    return this.#options;
  }

  override describe(): string {
    const { stride = this.#kernel, padding = 0, dilation = 1, ceilMode = false } = this.#options;
    return (
      `kernel_size=${printed(this.#kernel)}, stride=${printed(stride)}, ` +
      `padding=${printed(padding)}, dilation=${printed(dilation)}, ` +
      `ceil_mode=${ceilMode ? "True" : "False"}`
    );
  }
}

/**
 * The largest element under each place of a window: `[n, c, w] -> [n, c, places]`, as `F.maxPool1d`.
 * @throws ShapeError for sizes that are no whole numbers.
 * @example nn.MaxPool1d(2)(tensor([[1, 3, 2, 9]])) // tensor([[3., 9.]])
 */
export class MaxPool1d<Window = Unknown> extends MaxPool {
  declare readonly [rule]: Carrier<Windows<1, Window>>;

  constructor(kernel: Sizes, options: MaxPoolOptions = {}) {
    super("MaxPool1d", 1, kernel, options);
  }

  forward(x: Tensor): Tensor {
    return maxPool1d(x, this.kernel, this.options);
  }
}

/**
 * The largest element under each place of a window: `[n, c, h, w] -> [n, c, rows, columns]`, as
 * `F.maxPool2d`.
 * @throws ShapeError for sizes that are no whole numbers.
 * @example
 * nn.MaxPool2d(2)(zeros([8, 3, 28, 28])).shape // 8,3,14,14
 * nn.MaxPool2d(2) // MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
 */
export class MaxPool2d<Window = Unknown> extends MaxPool {
  declare readonly [rule]: Carrier<Windows<2, Window>>;

  constructor(kernel: Sizes, options: MaxPoolOptions = {}) {
    super("MaxPool2d", 2, kernel, options);
  }

  forward(x: Tensor): Tensor {
    return maxPool2d(x, this.kernel, this.options);
  }
}

/**
 * The mean under each place of a window: `[n, c, w] -> [n, c, places]`, as `F.avgPool1d`.
 * @throws ShapeError for sizes that are no whole numbers.
 * @example nn.AvgPool1d(2)(tensor([[1, 3, 2, 9]])) // tensor([[2.0000, 5.5000]])
 */
export class AvgPool1d<Window = Unknown> extends Module {
  declare readonly [rule]: Carrier<Windows<1, Window>>;
  readonly #kernel: Sizes;
  readonly #options: Omit<AvgPoolOptions, "divisorOverride">;

  constructor(kernel: Sizes, options: Omit<AvgPoolOptions, "divisorOverride"> = {}) {
    super();
    poolWindow("AvgPool1d", "avg", 1, kernel, options);
    this.#kernel = kernel;
    this.#options = options;
  }

  forward(x: Tensor): Tensor {
    return avgPool1d(x, this.#kernel, this.#options);
  }

  override describe(): string {
    const { stride = this.#kernel, padding = 0 } = this.#options;
    const [kernel, step, zeros] = [this.#kernel, stride, padding].map((sizes) =>
      printSizes([sizes].flat()),
    );
    return `kernel_size=${kernel}, stride=${step}, padding=${zeros}`;
  }
}

/**
 * The mean under each place of a window: `[n, c, h, w] -> [n, c, rows, columns]`, as `F.avgPool2d`.
 * @throws ShapeError for sizes that are no whole numbers.
 * @example nn.AvgPool2d(2)(zeros([8, 3, 28, 28])).shape // 8,3,14,14
 */
export class AvgPool2d<Window = Unknown> extends Module {
  declare readonly [rule]: Carrier<Windows<2, Window>>;
  readonly #kernel: Sizes;
  readonly #options: AvgPoolOptions;

  constructor(kernel: Sizes, options: AvgPoolOptions = {}) {
    super();
    poolWindow("AvgPool2d", "avg", 2, kernel, options);
    this.#kernel = kernel;
    this.#options = options;
  }

  forward(x: Tensor): Tensor {
    return avgPool2d(x, this.#kernel, this.#options);
  }

  override describe(): string {
    const { stride = this.#kernel, padding = 0 } = this.#options;
    return (
      `kernel_size=${printed(this.#kernel)}, stride=${printed(stride)}, ` +
      `padding=${printed(padding)}`
    );
  }
}

/**
 * The mean over as many rectangles as `size` says, whatever the image's size: `[n, c, h, w] -> [n, c,
 * ...size]`, as `F.adaptiveAvgPool2d`.
 * @throws ShapeError for sizes that are no whole numbers.
 * @example
 * nn.AdaptiveAvgPool2d(1)(zeros([8, 3, 7, 9])).shape // 8,3,1,1
 * nn.AdaptiveAvgPool2d([2, null])(zeros([8, 3, 7, 9])).shape // 8,3,2,9
 */
export class AdaptiveAvgPool2d<const Size extends AdaptiveSize = Unknown> extends Module {
  declare readonly [rule]: Carrier<Resizes<Size>>;
  readonly #size: AdaptiveSize;

  constructor(size: Size) {
    super();
    const sizes = pairOf(size).map((n) => (n === null ? 0 : n));
    sizesFor("AdaptiveAvgPool2d", "size", sizes, 2, 0);
    this.#size = size;
  }

  forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.#size);
  }

  override describe(): string {
    const size = this.#size;
    if (size === null) return "output_size=None";
    return `output_size=${typeof size === "number" ? size : printSizes(size)}`;
  }
}

/** The call that makes a pool of the largest: what is literal in it goes into the layer's type. */
export type MaxPoolCall<Rank extends 1 | 2> = <
  const Kernel extends Sizes,
  const Stride extends Sizes = Kernel,
  const Padding extends Sizes = 0,
  const Dilation extends Sizes = 1,
  Ceil extends boolean = false,
>(
  kernel: Kernel,
  options?: MaxPoolOptions<Stride, Padding, Dilation, Ceil>,
) => Rank extends 1
  ? MaxPool1d<Pooling<Kernel, Stride, Padding, Dilation, Ceil>>
  : MaxPool2d<Pooling<Kernel, Stride, Padding, Dilation, Ceil>>;

/** The same of means; only images can have a divisor of their own. */
export type AvgPoolCall<Rank extends 1 | 2> = <
  const Kernel extends Sizes,
  const Stride extends Sizes = Kernel,
  const Padding extends Sizes = 0,
  Ceil extends boolean = false,
>(
  kernel: Kernel,
  options?: Rank extends 1
    ? Omit<AvgPoolOptions<Stride, Padding, Ceil>, "divisorOverride">
    : AvgPoolOptions<Stride, Padding, Ceil>,
) => Rank extends 1
  ? AvgPool1d<Pooling<Kernel, Stride, Padding, 1, Ceil>>
  : AvgPool2d<Pooling<Kernel, Stride, Padding, 1, Ceil>>;
