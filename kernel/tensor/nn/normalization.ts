/** Layers that give what flows through them mean 0 and variance 1, then a learned scale and shift. */
import { wantTensor } from "../autograd/apply.ts";
import { ones, zeros } from "../creation/create.ts";
import { ShapeError } from "../errors.ts";
import { modalLayerRan } from "../notices/layers.ts";
import { watch } from "../notices/notice.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { checkSizes, printShape, sizeOf } from "../shape.ts";
import { noGrad } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import type { Carrier, Centers, Normalizes, rule } from "../typed/layers.ts";
import type { Unknown } from "../typed/unknown.ts";
import { shapeError, wording } from "../typed/wording.ts";
import { batchNorm, layerNorm } from "./functional/index.ts";
import { Module } from "./module.ts";
import { Buffer, Parameter } from "./parameter.ts";
import { printBool, printFloat } from "./print.ts";

export interface BatchNormLayerOptions {
  /** Added to the variance; 1e-5 unless given. */
  readonly eps?: number;
  /** How far the running statistics move at each batch; null for the mean of all batches; 0.1 unless given. */
  readonly momentum?: number | null;
  /** Whether scale and shift are learned; true unless given. */
  readonly affine?: boolean;
  /** Whether running statistics are kept for evaluation; true unless given. */
  readonly trackRunningStats?: boolean;
}

/**
 * What BatchNorm1d and BatchNorm2d share. Fields have PyTorch's names, as its state dicts have; those
 * that an option leaves out are null, but typed as where it does not, so that lessons need no `!`.
 */
abstract class BatchNorm extends Module {
  /** Scale of each channel, null without `affine`. */
  readonly weight: Tensor;
  /** Shift of each channel, null without `affine`. */
  readonly bias: Tensor;
  /** Mean of each channel, as evaluation uses it. */
  readonly running_mean: Tensor;
  /** Variance of each channel, as evaluation uses it. */
  readonly running_var: Tensor;
  readonly num_batches_tracked: Tensor;
  readonly #channels: number;
  readonly #eps: number;
  readonly #momentum: number | null;
  /** How many dimensions an input may have, and how they read. */
  protected abstract readonly wanted: readonly [ranks: readonly number[], text: string];

  constructor(kind: string, channels: number, options: BatchNormLayerOptions) {
    super();
    checkSizes(kind, [channels]);
    checkOptions(kind, options, ["eps", "momentum", "affine", "trackRunningStats"]);
    const { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true } = options;
    checkNumber(kind, "eps", eps, 0);
    if (momentum !== null) checkNumber(kind, "momentum", momentum, 0, 1);
    this.#channels = channels;
    this.#eps = eps;
    this.#momentum = momentum;
    this.weight = where(affine, () => new Parameter(ones([channels])));
    this.bias = where(affine, () => new Parameter(zeros([channels])));
    this.running_mean = where(trackRunningStats, () => new Buffer(zeros([channels])));
    this.running_var = where(trackRunningStats, () => new Buffer(ones([channels])));
    this.num_batches_tracked = where(
      trackRunningStats,
      () => new Buffer(zeros([], { dtype: "i32" })),
    );
  }

  /** How many channels it takes and gives. */
  get channels(): number {
    return this.#channels;
  }

  /** Forgets the running statistics, and starts scale and shift anew. */
  reset(): void {
    noGrad(() => {
      const starts: readonly (readonly [Tensor | null, number])[] = [
        [this.weight, 1],
        [this.bias, 0],
        [this.running_mean, 0],
        [this.running_var, 1],
        [this.num_batches_tracked, 0],
      ];
      for (const [tensor, value] of starts) tensor?.fill_(value);
    });
  }

  /** @throws ShapeError for an input of other dimensions, or a training batch of one value a channel. */
  forward(x: Tensor): Tensor {
    wantTensor(this.constructor.name, "the input", x);
    const [ranks, text] = this.wanted;
    if (!ranks.includes(x.ndim) || x.shape[1] !== this.#channels)
      throw shapeError(wording.normalizes, {
        op: this.constructor.name,
        a: x.shape,
        wanted: text.replaceAll(/\bc\b/g, String(this.#channels)),
      });
    const { training, weight, bias, running_mean: mean, running_var: variance } = this;
    const batches: Tensor | null = this.num_batches_tracked;
    if (training) batches?.add_(1);
    const momentum = this.#momentum ?? 1 / Math.max(1, batches?.item() ?? 1);
    const options = { weight, bias, training, momentum, eps: this.#eps };
    const output = batchNorm(x, mean, variance, options);
    if (watch.on) modalLayerRan(output, training);
    return output;
  }

  override describe(): string {
    const momentum = this.#momentum === null ? "None" : printFloat(this.#momentum);
    const affine = printBool(this.weight !== null);
    const tracks = printBool(this.running_mean !== null);
    return `${this.#channels}, eps=${printFloat(this.#eps)}, momentum=${momentum}, affine=${affine}, track_running_stats=${tracks}`;
  }
}

/**
 * Mean 0 and variance 1 of each feature over the batch: `[n, c]` or `[n, c, l]`, the same out.
 * Evaluation uses the running statistics of training.
 * @throws ShapeError for inputs of other dimensions.
 * @example
 * const norm = nn.BatchNorm1d(2);
 * norm(tensor([[1, 10], [3, 30]])).at(0).round() // tensor([-1., -1.], grad_fn=<RoundBackward0>)
 * norm.running_mean // tensor([0.2000, 2.0000])
 */
export class BatchNorm1d<Channels extends number = Unknown> extends BatchNorm {
  declare readonly [rule]: Carrier<Normalizes<1, Channels>>;
  protected readonly wanted = [[2, 3], "[n, c] or [n, c, length]"] as const;

  constructor(channels: Channels, options: BatchNormLayerOptions = {}) {
    super("BatchNorm1d", channels, options);
  }
}

/**
 * Mean 0 and variance 1 of each channel over batch and picture: `[n, c, h, w]`, the same out.
 * Evaluation uses the running statistics of training.
 * @throws ShapeError for inputs of other dimensions.
 * @example
 * nn.BatchNorm2d(3)(randn([2, 3, 4, 4])).shape // 2,3,4,4
 */
export class BatchNorm2d<Channels extends number = Unknown> extends BatchNorm {
  declare readonly [rule]: Carrier<Normalizes<2, Channels>>;
  protected readonly wanted = [[4], "[n, c, height, width]"] as const;

  constructor(channels: Channels, options: BatchNormLayerOptions = {}) {
    super("BatchNorm2d", channels, options);
  }
}

export interface LayerNormLayerOptions {
  /** Added to the variance; 1e-5 unless given. */
  readonly eps?: number;
  /** Whether scale and shift are learned; true unless given. */
  readonly elementwiseAffine?: boolean;
}

/**
 * Mean 0 and variance 1 over the last dimensions of each example: `[..., size] -> [..., size]`.
 * @throws ShapeError for an input that does not end with `normalized`.
 * @example
 * nn.LayerNorm(2)(tensor([[1, 3]])).round() // tensor([[-1.,  1.]], grad_fn=<RoundBackward0>)
 */
export class LayerNorm<Normalized extends number | Shape = Unknown> extends Module {
  declare readonly [rule]: Carrier<Centers<Normalized>>;
  /** Scale of each feature, null without `elementwiseAffine`. */
  readonly weight: Tensor;
  /** Shift of each feature, null without `elementwiseAffine`. */
  readonly bias: Tensor;
  readonly #shape: Shape;
  readonly #eps: number;

  constructor(normalized: Normalized, options: LayerNormLayerOptions = {}) {
    super();
    const given: number | Shape = normalized;
    const shape = typeof given === "number" ? [given] : given;
    checkSizes("LayerNorm", shape);
    checkOptions("LayerNorm", options, ["eps", "elementwiseAffine"]);
    const { eps = 1e-5, elementwiseAffine = true } = options;
    checkNumber("LayerNorm", "eps", eps, 0);
    if (shape.length === 0 || sizeOf(shape) === 0)
      throw new ShapeError(`LayerNorm: shape ${printShape(shape)} - wanted sizes of 1 or more`);
    this.#shape = [...shape];
    this.#eps = eps;
    this.weight = where(elementwiseAffine, () => new Parameter(ones(shape)));
    this.bias = where(elementwiseAffine, () => new Parameter(zeros(shape)));
  }

  /** The last dimensions of what it takes. */
  get normalized(): Shape {
    return this.#shape;
  }

  forward(x: Tensor): Tensor {
    return layerNorm(x, this.#shape, { weight: this.weight, bias: this.bias, eps: this.#eps });
  }

  override describe(): string {
    const shape = this.#shape.length === 1 ? `${this.#shape[0]},` : this.#shape.join(", ");
    const affine = printBool(this.weight !== null);
    return `(${shape}), eps=${printFloat(this.#eps)}, elementwise_affine=${affine}`;
  }
}

/** What an option leaves out is null: see `BatchNorm`. */
function where(isWanted: boolean, make: () => Tensor): Tensor {
  return isWanted ? make() : (null as unknown as Tensor);
}
