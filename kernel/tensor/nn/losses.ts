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
export class MSELoss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
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
export class L1Loss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
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
export class HuberLoss extends Loss<HuberOptions> {
  constructor(options: HuberOptions = {}) {
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
export class SmoothL1Loss extends Loss<SmoothL1Options> {
  constructor(options: SmoothL1Options = {}) {
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
export class CrossEntropyLoss extends Loss<CrossEntropyOptions> {
  constructor(options: CrossEntropyOptions = {}) {
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
export class NLLLoss extends Loss<NllOptions> {
  constructor(options: NllOptions = {}) {
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
export class BCELoss extends Loss<BinaryOptions> {
  constructor(options: BinaryOptions = {}) {
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
export class BCEWithLogitsLoss extends Loss<BinaryLogitsOptions> {
  constructor(options: BinaryLogitsOptions = {}) {
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
export class KLDivLoss extends Loss<KlOptions> {
  constructor(options: KlOptions = {}) {
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
export class CosineEmbeddingLoss extends Loss<CosineEmbeddingOptions> {
  constructor(options: CosineEmbeddingOptions = {}) {
    super("CosineEmbeddingLoss", ["margin"], options);
  }
  forward(a: Tensor, b: Tensor, target: Tensor): Tensor {
    return cosineEmbedding(a, b, target, this.settings);
  }
}
