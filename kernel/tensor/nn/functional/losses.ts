/** Losses that compare element with element: how wrong predictions are, as one number. */
import { apply, wantTensor } from "../../autograd/apply.ts";
import { one, task } from "../../autograd/lifetimes.ts";
import { isFloat, toFloat } from "../../dtype.ts";
import { ShapeError } from "../../errors.ts";
import { table } from "../../ops/table.ts";
import { checkNumber, checkOptions } from "../../options.ts";
import { broadcastShapes, printShape, resolveDim } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { ShapeOf } from "../../typed/broadcast.ts";
import type { Lost, Pairs } from "../../typed/losses.ts";
import { type LossOptions, paired, reduced, type Reduction } from "./reduction.ts";

/**
 * Mean squared difference. @throws ShapeError when the shapes differ.
 * @example
 * F.mse(tensor([1, 2]), tensor([1, 4])) // tensor(2.)
 */
export function mse<P extends Tensor, O extends Tensor | number, R extends Reduction = "mean">(
  prediction: P,
  target: O & Pairs<"mse", ShapeOf<P>, ShapeOf<O>>,
  options: LossOptions<R> = {},
): Tensor<Lost<R>> {
  checkOptions("mse", options, ["reduction"]);
  const wanted = paired("mse", prediction, target);
  return task(() => reduced("mse", prediction.sub(wanted).square(), options.reduction), one);
}

/**
 * Mean absolute difference. @throws ShapeError when the shapes differ.
 * @example
 * F.l1(tensor([1, 2]), tensor([1, 4])) // tensor(1.)
 */
export function l1<P extends Tensor, O extends Tensor | number, R extends Reduction = "mean">(
  prediction: P,
  target: O & Pairs<"l1", ShapeOf<P>, ShapeOf<O>>,
  options: LossOptions<R> = {},
): Tensor<Lost<R>> {
  checkOptions("l1", options, ["reduction"]);
  const wanted = paired("l1", prediction, target);
  return task(() => reduced("l1", prediction.sub(wanted).abs(), options.reduction), one);
}

export interface HuberOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Where the parabola goes over into a line; 1 unless given. */
  readonly delta?: number;
}

/**
 * d²/2 for differences up to `delta`, behind it a line: δ(|d| - δ/2), so that single far-off targets
 * pull less (Huber, 1964). @throws ShapeError when the shapes differ.
 * @example
 * F.huber(tensor([0, 0]), tensor([0.5, 3])) // tensor(1.3125)
 */
export function huber<P extends Tensor, O extends Tensor | number, R extends Reduction = "mean">(
  prediction: P,
  target: O & Pairs<"huber", ShapeOf<P>, ShapeOf<O>>,
  options: HuberOptions<R> = {},
): Tensor<Lost<R>> {
  checkOptions("huber", options, ["delta", "reduction"]);
  const { delta = 1, reduction } = options;
  checkNumber("huber", "delta", delta, Number.MIN_VALUE);
  const wanted = paired("huber", prediction, target);
  return task(() => reduced("huber", bent(prediction.sub(wanted), delta), reduction), one);
}

export interface SmoothL1Options<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Where the parabola goes over into a line; 0 makes it `l1`; 1 unless given. */
  readonly beta?: number;
}

/**
 * d²/2β for differences up to `beta`, |d| - β/2 behind: `huber` divided by β.
 * @throws ShapeError when the shapes differ.
 * @example
 * F.smoothL1(tensor([0, 0]), tensor([0.5, 3])) // tensor(1.3125)
 */
export function smoothL1<P extends Tensor, O extends Tensor | number, R extends Reduction = "mean">(
  prediction: P,
  target: O & Pairs<"smoothL1", ShapeOf<P>, ShapeOf<O>>,
  options: SmoothL1Options<R> = {},
): Tensor<Lost<R>> {
  checkOptions("smoothL1", options, ["beta", "reduction"]);
  const { beta = 1, reduction } = options;
  checkNumber("smoothL1", "beta", beta, 0);
  const wanted = paired("smoothL1", prediction, target);
  return task(() => {
    const difference = prediction.sub(wanted);
    const losses = beta === 0 ? difference.abs() : bent(difference, beta).div(beta);
    return reduced("smoothL1", losses, reduction);
  }, one);
}

/** c(|d| - c/2) with c = min(|d|, δ): a parabola up to δ, a line behind it. */
function bent(difference: Tensor, delta: number): Tensor {
  const size = difference.abs();
  const near = size.clamp({ max: delta });
  return near.mul(size.sub(near.mul(0.5)));
}

export interface BinaryOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Factors of the losses; broadcasts to their shape. */
  readonly weight?: Tensor;
}

/**
 * Cross-entropy of yes-or-no answers from probabilities p and targets t between 0 and 1:
 * -(t log p + (1 - t) log(1 - p)), the logarithms not below -100. From logits use `bceWithLogits`.
 * @throws ShapeError when the shapes differ, RangeError for something that is no probability.
 * @example
 * F.bce(tensor([0.5, 0.5]), tensor([0, 1])) // tensor(0.6931)
 */
export function bce<P extends Tensor, O extends Tensor | number, R extends Reduction = "mean">(
  prediction: P,
  target: O & Pairs<"bce", ShapeOf<P>, ShapeOf<O>>,
  options: BinaryOptions<R> = {},
): Tensor<Lost<R>> {
  checkOptions("bce", options, ["weight", "reduction"]);
  const wanted = paired("bce", prediction, target);
  const outside = prediction.data.find((p) => !(p >= 0 && p <= 1));
  if (outside !== undefined)
    throw new RangeError(
      `bce: prediction ${outside} - wanted probabilities from 0 to 1, as sigmoid() gives`,
    );
  const losses = apply(table.bce, [prediction, wanted], undefined);
  return reduced("bce", weighted("bce", losses, options.weight), options.reduction);
}

export interface BinaryLogitsOptions<R extends Reduction = Reduction> extends BinaryOptions<R> {
  /** Factors of the losses of yes: above 1 where yes is rare; broadcasts to the logits. */
  readonly posWeight?: Tensor;
}

/**
 * Cross-entropy of yes-or-no answers from logits z and targets t between 0 and 1:
 * (1 - t) z + (1 + (w - 1) t) log(1 + e⁻ᶻ), w being `posWeight`, which does not overflow.
 * @throws ShapeError when the shapes differ.
 * @example
 * F.bceWithLogits(tensor([0, 0]), tensor([0, 1])) // tensor(0.6931)
 */
export function bceWithLogits<
  P extends Tensor,
  O extends Tensor | number,
  R extends Reduction = "mean",
>(
  logits: P,
  target: O & Pairs<"bceWithLogits", ShapeOf<P>, ShapeOf<O>>,
  options: BinaryLogitsOptions<R> = {},
): Tensor<Lost<R>> {
  checkOptions("bceWithLogits", options, ["weight", "posWeight", "reduction"]);
  const { weight, posWeight, reduction } = options;
  if (posWeight !== undefined) wantTensor("bceWithLogits", "posWeight", posWeight);
  const wanted = paired("bceWithLogits", logits, target);
  return task(() => {
    const losses =
      posWeight === undefined
        ? // A difference would turn the sign of the whole slope on its way back; bytes have no sign.
          logits.softplus().add(logits.mul(asFloat(wanted, logits).neg()))
        : logits
            .mul(wanted.neg().add(1))
            .add(logits.neg().softplus().mul(posWeight.sub(1).mul(wanted).add(1)));
    return reduced("bceWithLogits", weighted("bceWithLogits", losses, weight), reduction);
  }, one);
}

/** `wanted` as it is, or whole numbers in the float type that `logits` take. */
function asFloat(wanted: Tensor, logits: Tensor): Tensor {
  return isFloat(wanted.dtype) ? wanted : wanted.to(toFloat(logits.dtype));
}

function weighted(op: string, losses: Tensor, weight: Tensor | undefined): Tensor {
  if (weight === undefined) return losses;
  wantTensor(op, "the weight", weight);
  return losses.mul(weight);
}

export interface KlOptions<R extends Reduction | "batchmean" = Reduction | "batchmean"> {
  /** The target holds logarithms of probabilities; false unless given. */
  readonly logTarget?: boolean;
  /** `"batchmean"`, the sum divided by the first size, is the divergence itself; "mean" unless given. */
  readonly reduction?: R;
}

/**
 * Kullback and Leibler's divergence of `logProbs` from the target t: Σ t (log t - logProbs), with
 * 0 log 0 = 0. The first argument holds logarithms, as PyTorch has it.
 * @throws ShapeError when the shapes differ.
 * @example
 * const p = tensor([[0.5, 0.5]]);
 * F.kl(tensor([[0.25, 0.75]]).log(), p, { reduction: "batchmean" }) // tensor(0.1438)
 */
export function kl<P extends Tensor, O extends Tensor, R extends Reduction | "batchmean" = "mean">(
  logProbs: P,
  target: O & Pairs<"kl", ShapeOf<P>, ShapeOf<O>>,
  options: KlOptions<R> = {},
): Tensor<Lost<R>> {
  checkOptions("kl", options, ["logTarget", "reduction"]);
  const { logTarget = false }: KlOptions = options;
  const reduction: Reduction | "batchmean" = options.reduction ?? "mean";
  const wanted = paired("kl", logProbs, target);
  const losses = logTarget
    ? wanted.exp().mul(wanted.sub(logProbs))
    : wanted.mul(wanted.where(wanted.gt(0), 1).log().sub(logProbs));
  if (reduction !== "batchmean") return reduced("kl", losses, reduction);
  if (logProbs.ndim === 0)
    throw new ShapeError(`kl: ${printShape(logProbs.shape)} with "batchmean" - wanted [n, ...]`);
  return losses.sum().div(logProbs.shape[0] ?? 1);
}

export interface SimilarityOptions {
  /** Along which the vectors lie; 1 unless given. */
  readonly dim?: number;
  /** Lengths count as at least this; 1e-8 unless given. */
  readonly eps?: number;
}

/**
 * Cosine of the angle between vectors: `[n, d]`, `[n, d] -> [n]`. The others broadcast.
 * @throws ShapeError when they cannot be broadcast.
 * @example
 * F.cosineSimilarity(tensor([[1, 0], [1, 1]]), tensor([[1, 0]])) // tensor([1.0000, 0.7071])
 */
export function cosineSimilarity(a: Tensor, b: Tensor, options: SimilarityOptions = {}): Tensor {
  const op = "cosineSimilarity";
  wantTensor(op, "the first", a);
  wantTensor(op, "the second", b);
  checkOptions(op, options, ["dim", "eps"]);
  const { dim = 1, eps = 1e-8 } = options;
  const together = broadcastShapes(op, a.shape, b.shape);
  resolveDim(op, dim, together);
  const unit = (x: Tensor) => x.div(x.norm(2, dim, { keepdim: true }).clamp({ min: eps }));
  return unit(a.expand(together))
    .mul(unit(b.expand(together)))
    .sum(dim);
}

export interface CosineEmbeddingOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Below which unlike pairs cost nothing; 0 unless given. */
  readonly margin?: number;
}

/**
 * Pulls pairs together whose target is 1 (1 - cos) and apart whose target is -1
 * (max(0, cos - margin)): `a [n, d]`, `b [n, d]`, `target [n] -> []`.
 * @throws ShapeError when the shapes differ.
 * @example
 * const a = tensor([[1, 0], [0, 1]]);
 * F.cosineEmbedding(a, a, tensor([1, -1])) // tensor(0.5000)
 */
export function cosineEmbedding<A extends Tensor, B extends Tensor, R extends Reduction = "mean">(
  a: A,
  b: B & Pairs<"cosineEmbedding", ShapeOf<A>, ShapeOf<B>>,
  target: Tensor,
  options: CosineEmbeddingOptions<R> = {},
): Tensor<Lost<R>> {
  wantTensor("cosineEmbedding", "the second", b);
  wantTensor("cosineEmbedding", "the target", target);
  checkOptions("cosineEmbedding", options, ["margin", "reduction"]);
  const { margin = 0, reduction } = options;
  checkNumber("cosineEmbedding", "margin", margin);
  const other = paired("cosineEmbedding", a, b);
  const dim = a.ndim - 1;
  if (dim < 0 || target.ndim !== dim || (dim === 1 && target.shape[0] !== a.shape[0]))
    throw new ShapeError(
      `cosineEmbedding: ${printShape(a.shape)} and target ${printShape(target.shape)} - ` +
        "wanted [n, d] and [n], or [d] and []",
    );
  // PyTorch's margin against vectors of length 0.
  const squares = (x: Tensor) => x.square().sum(dim).add(1e-12);
  const cosine = a
    .mul(other)
    .sum(dim)
    .div(squares(a).mul(squares(other)).sqrt());
  const alike = cosine.neg().add(1).where(target.eq(1), 0);
  const unlike = cosine.sub(margin).clamp({ min: 0 }).where(target.eq(-1), 0);
  return reduced("cosineEmbedding", alike.add(unlike), reduction);
}
