/** Losses as modules, for code that passes them about; the functions in `F` do the work. */
import { checkOptions } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import {
  bce,
  bceWithLogits,
  type BinaryLogitsOptions,
  type BinaryOptions,
  cosineEmbedding,
  type CosineEmbeddingOptions,
  crossEntropy,
  type CrossEntropyOptions,
  huber,
  type HuberOptions,
  kl,
  type KlOptions,
  l1,
  type LossOptions,
  mse,
  nll,
  type NllOptions,
  smoothL1,
  type SmoothL1Options,
} from "./functional/index.ts";
import type { Carrier, rule } from "../typed/layers.ts";
import type { Classifies, Judges } from "../typed/losses.ts";
import type { Unknown } from "../typed/unknown.ts";
import type { Reduction } from "./functional/reduction.ts";
import { Module } from "./module.ts";

type Labels = Tensor | readonly number[];

/** What all of them are: settings, kept until predictions and targets come. */
abstract class Loss<O extends object> extends Module {
  protected readonly settings: O;

  constructor(kind: string, names: readonly string[], settings: O) {
    super();
    checkOptions(kind, settings, [...names, "reduction"]);
    this.settings = settings;
  }
}

/**
 * Mean squared difference: `F.mse` as a module.
 * @example
 * nn.MSELoss()(tensor([1, 2]), tensor([1, 4])) // tensor(2.)
 */
export class MSELoss<R extends Reduction = Unknown> extends Loss<LossOptions> {
  declare readonly [rule]: Carrier<Judges<"mse", R>>;
  constructor(options: LossOptions<R> = {}) {
    super("MSELoss", [], options);
  }
  forward(prediction: Tensor, target: Tensor): Tensor {
    return mse(prediction, target, this.settings);
  }
}

/**
 * Mean absolute difference: `F.l1` as a module.
 * @example
 * nn.L1Loss()(tensor([1, 2]), tensor([1, 4])) // tensor(1.)
 */
export class L1Loss<R extends Reduction = Unknown> extends Loss<LossOptions> {
  declare readonly [rule]: Carrier<Judges<"l1", R>>;
  constructor(options: LossOptions<R> = {}) {
    super("L1Loss", [], options);
  }
  forward(prediction: Tensor, target: Tensor): Tensor {
    return l1(prediction, target, this.settings);
  }
}

/**
 * A parabola near 0, lines behind `delta`: `F.huber` as a module.
 * @example
 * nn.HuberLoss({ delta: 1 })(tensor([0]), tensor([3])) // tensor(2.5000)
 */
export class HuberLoss<R extends Reduction = Unknown> extends Loss<HuberOptions> {
  declare readonly [rule]: Carrier<Judges<"huber", R>>;
  constructor(options: HuberOptions<R> = {}) {
    super("HuberLoss", ["delta"], options);
  }
  forward(prediction: Tensor, target: Tensor): Tensor {
    return huber(prediction, target, this.settings);
  }
}

/**
 * `HuberLoss` divided by `beta`: `F.smoothL1` as a module.
 * @example
 * nn.SmoothL1Loss({ beta: 1 })(tensor([0]), tensor([3])) // tensor(2.5000)
 */
export class SmoothL1Loss<R extends Reduction = Unknown> extends Loss<SmoothL1Options> {
  declare readonly [rule]: Carrier<Judges<"smoothL1", R>>;
  constructor(options: SmoothL1Options<R> = {}) {
    super("SmoothL1Loss", ["beta"], options);
  }
  forward(prediction: Tensor, target: Tensor): Tensor {
    return smoothL1(prediction, target, this.settings);
  }
}

/**
 * -log softmax(logits)[label]: `F.crossEntropy` as a module, with its shapes and options.
 * @example
 * nn.CrossEntropyLoss()(tensor([[0, 0]]), [1]) // tensor(0.6931)
 */
export class CrossEntropyLoss<R extends Reduction = Unknown> extends Loss<CrossEntropyOptions> {
  declare readonly [rule]: Carrier<Classifies<"crossEntropy", "logits", R>>;
  constructor(options: CrossEntropyOptions<R> = {}) {
    super("CrossEntropyLoss", ["weight", "ignoreIndex", "labelSmoothing"], options);
  }
  forward(logits: Tensor, labels: Labels): Tensor {
    return crossEntropy(logits, labels, this.settings);
  }
}

/**
 * -logProbs[label]: `F.nll` as a module, with its shapes and options.
 * @example
 * nn.NLLLoss()(tensor([[0.5, 0.5]]).log(), [1]) // tensor(0.6931)
 */
export class NLLLoss<R extends Reduction = Unknown> extends Loss<NllOptions> {
  declare readonly [rule]: Carrier<Classifies<"nll", "log-probabilities", R>>;
  constructor(options: NllOptions<R> = {}) {
    super("NLLLoss", ["weight", "ignoreIndex"], options);
  }
  forward(logProbs: Tensor, labels: Labels): Tensor {
    return nll(logProbs, labels, this.settings);
  }
}

/**
 * Cross-entropy of yes-or-no answers from probabilities: `F.bce` as a module.
 * @example
 * nn.BCELoss()(tensor([0.5]), tensor([1])) // tensor(0.6931)
 */
export class BCELoss<R extends Reduction = Unknown> extends Loss<BinaryOptions> {
  declare readonly [rule]: Carrier<Judges<"bce", R>>;
  constructor(options: BinaryOptions<R> = {}) {
    super("BCELoss", ["weight"], options);
  }
  forward(prediction: Tensor, target: Tensor): Tensor {
    return bce(prediction, target, this.settings);
  }
}

/**
 * Cross-entropy of yes-or-no answers from logits: `F.bceWithLogits` as a module.
 * @example
 * nn.BCEWithLogitsLoss()(tensor([0]), tensor([1])) // tensor(0.6931)
 */
export class BCEWithLogitsLoss<R extends Reduction = Unknown> extends Loss<BinaryLogitsOptions> {
  declare readonly [rule]: Carrier<Judges<"bceWithLogits", R>>;
  constructor(options: BinaryLogitsOptions<R> = {}) {
    super("BCEWithLogitsLoss", ["weight", "posWeight"], options);
  }
  forward(logits: Tensor, target: Tensor): Tensor {
    return bceWithLogits(logits, target, this.settings);
  }
}

/**
 * Divergence of log-probabilities from a target: `F.kl` as a module.
 * @example
 * nn.KLDivLoss({ reduction: "sum" })(tensor([0.5, 0.5]).log(), tensor([0.5, 0.5])) // tensor(0.)
 */
export class KLDivLoss<R extends Reduction | "batchmean" = Unknown> extends Loss<KlOptions> {
  declare readonly [rule]: Carrier<Judges<"kl", R>>;
  constructor(options: KlOptions<R> = {}) {
    super("KLDivLoss", ["logTarget"], options);
  }
  forward(logProbs: Tensor, target: Tensor): Tensor {
    return kl(logProbs, target, this.settings);
  }
}

/**
 * Like pairs together, unlike ones apart: `F.cosineEmbedding` as a module.
 * @example
 * nn.CosineEmbeddingLoss()(tensor([[1, 0]]), tensor([[1, 0]]), tensor([1])) // tensor(0.)
 */
export class CosineEmbeddingLoss<
  R extends Reduction = Unknown,
> extends Loss<CosineEmbeddingOptions> {
  declare readonly [rule]: Carrier<Judges<"cosineEmbedding", R>>;
  constructor(options: CosineEmbeddingOptions<R> = {}) {
    super("CosineEmbeddingLoss", ["margin"], options);
  }
  forward(a: Tensor, b: Tensor, target: Tensor): Tensor {
    return cosineEmbedding(a, b, target, this.settings);
  }
}
