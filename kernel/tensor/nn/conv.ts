/** Convolution layers. */
import { uniform, zeros } from "../creation/create.ts";
import { ShapeError } from "../errors.ts";
import { checkOptions } from "../options.ts";
import { sizeAt } from "../shape.ts";
import { noGrad } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Carrier, Convolves, rule } from "../typed/layers.ts";
import type { Unknown } from "../typed/unknown.ts";
import type { Slide } from "../typed/windows.ts";
import type { Shape } from "../view.ts";
import { type Sizes, sizesFor } from "../windows.ts";
import { conv1d, conv2d } from "./functional/convolution.ts";
import { fans, kaimingUniform_ } from "./init.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { printSizes } from "./print.ts";
import { type ConvolutionOptions, type Padded, resolveConvolution } from "./sliding.ts";

export interface ConvOptions<
  Stride extends Sizes = Sizes,
  Padding extends Padded = Padded,
  Dilation extends Sizes = Sizes,
  Groups extends number = number,
> extends ConvolutionOptions<Stride, Padding, Dilation, Groups> {
  /** Whether each filter adds a bias; true unless given. */
  readonly bias?: boolean;
}

/** What Conv1d and Conv2d share: filters, their start values and how they are printed. */
abstract class Convolution extends Module {
  readonly weight: Tensor;
  /** `[filters]`; null where it was left out. */
  readonly bias: Tensor;
  readonly #options: ConvolutionOptions;
  readonly #kernel: Shape;

  constructor(
    name: string,
    rank: number,
    channels: number,
    filters: number,
    kernel: Sizes,
    settings: ConvOptions,
  ) {
    super();
    checkOptions(name, settings, ["stride", "padding", "dilation", "groups", "bias"]);
    const { bias = true, ...options } = settings;
    const [inputs, outputs] = [
      ...sizesFor(name, "channels", channels, 1, 1),
      ...sizesFor(name, "filters", filters, 1, 1),
    ] as [number, number];
    this.#kernel = sizesFor(name, "kernel", kernel, rank, 1);
    // Refused now and not at the first call, which may be cells away.
    const { groups } = resolveConvolution(name, rank, this.#kernel, options);
    if (inputs % groups !== 0 || outputs % groups !== 0)
      throw new ShapeError(
        `${name}: ${inputs} channels and ${outputs} filters in ${groups} groups - ` +
          "both must divide into them",
      );
    this.#options = options;
    this.weight = new Parameter(zeros([outputs, inputs / groups, ...this.#kernel]));
    // Typed as where it is not left out: whoever leaves it out does not read it.
    this.bias = (bias ? new Parameter(zeros([outputs])) : null) as Parameter;
    this.reset();
  }

  /** Draws the start values anew, weight first, as PyTorch does: all within ±1/√(fan in). */
  reset(): void {
    kaimingUniform_(this.weight, { a: Math.sqrt(5) });
    const { bias } = this;
    if (bias === null) return;
    const bound = 1 / Math.sqrt(fans(this.weight).fanIn);
    noGrad(() => bias.copy_(uniform(bias.shape, -bound, bound)));
  }

  /** @internal How many channels an input must have. */
  get channels(): number {
    return sizeAt(this.weight.shape, 1) * (this.#options.groups ?? 1);
  }

  /** @internal How many channels come out. */
  get filters(): number {
    return sizeAt(this.weight.shape, 0);
  }

  protected get options(): ConvolutionOptions {
    return this.#options;
  }

  override describe(): string {
    const { stride = 1, padding = 0, dilation = 1, groups = 1 } = this.#options;
    const rank = this.#kernel.length;
    const each = (sizes: Sizes) =>
      printSizes(typeof sizes === "number" ? Array.from({ length: rank }, () => sizes) : sizes);
    const isNot = (sizes: Sizes, plain: number) => [sizes].flat().some((n) => n !== plain);
    const parts = [
      String(this.channels),
      String(this.filters),
      `kernel_size=${each(this.#kernel)}`,
      `stride=${each(stride)}`,
    ];
    if (typeof padding === "string") parts.push(`padding=${padding}`);
    else if (isNot(padding, 0)) parts.push(`padding=${each(padding)}`);
    if (isNot(dilation, 1)) parts.push(`dilation=${each(dilation)}`);
    if (groups !== 1) parts.push(`groups=${groups}`);
    if (this.bias === null) parts.push("bias=False");
    return parts.join(", ");
  }
}

/**
 * Filters that slide over lines: `[n, channels, w] -> [n, filters, places]`. The weight is `[filters,
 * channels / groups, kernel]`.
 * @throws ShapeError for sizes that are no whole numbers, or do not divide into the groups.
 * @example
 * const layer = nn.Conv1d(2, 4, 3, { padding: "same" });
 * layer(zeros([1, 2, 10])).shape // 1,4,10
 */
export class Conv1d<
  In extends number = Unknown,
  Out extends number = Unknown,
  Window = Unknown,
  Groups extends number = Unknown,
> extends Convolution {
  declare readonly [rule]: Carrier<Convolves<1, In, Out, Window, Groups>>;

  constructor(channels: In, filters: Out, kernel: Sizes, options: ConvOptions = {}) {
    super("Conv1d", 1, channels, filters, kernel, options);
  }

  forward(x: Tensor): Tensor {
    return conv1d(x, this.weight, this.bias, this.options);
  }
}

/**
 * Filters that slide over images: `[n, channels, h, w] -> [n, filters, rows, columns]`. The weight is
 * `[filters, channels / groups, ...kernel]`.
 * @throws ShapeError for sizes that are no whole numbers, or do not divide into the groups.
 * @example
 * const layer = nn.Conv2d(3, 8, 3, { stride: 2, padding: 1 });
 * layer(zeros([1, 3, 28, 28])).shape // 1,8,14,14
 * layer // Conv2d(3, 8, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))
 */
export class Conv2d<
  In extends number = Unknown,
  Out extends number = Unknown,
  Window = Unknown,
  Groups extends number = Unknown,
> extends Convolution {
  declare readonly [rule]: Carrier<Convolves<2, In, Out, Window, Groups>>;

  constructor(channels: In, filters: Out, kernel: Sizes, options: ConvOptions = {}) {
    super("Conv2d", 2, channels, filters, kernel, options);
  }

  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this.options);
  }
}

/** The call that makes a convolution over lines or images: what is literal in it goes into the layer's type. */
export type ConvCall<Rank extends 1 | 2> = <
  In extends number,
  Out extends number,
  const Kernel extends Sizes,
  const Stride extends Sizes = 1,
  const Padding extends Padded = 0,
  const Dilation extends Sizes = 1,
  Groups extends number = 1,
>(
  channels: In,
  filters: Out,
  kernel: Kernel,
  options?: ConvOptions<Stride, Padding, Dilation, Groups>,
) => Rank extends 1
  ? Conv1d<In, Out, Slide<Kernel, Stride, Padding, Dilation>, Groups>
  : Conv2d<In, Out, Slide<Kernel, Stride, Padding, Dilation>, Groups>;
