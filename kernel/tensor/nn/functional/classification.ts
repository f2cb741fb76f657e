/** Losses of answers that are one class of several. */
import { apply, isTensor, wantTensor } from "../../autograd/apply.ts";
import { composedBy } from "../../autograd/history.ts";
import { one, task } from "../../autograd/lifetimes.ts";
import { isFloat, toFloat } from "../../dtype.ts";
import { ShapeError } from "../../errors.ts";
import { logitsGiven } from "../../notices/layers.ts";
import { watch } from "../../notices/notice.ts";
import { table } from "../../ops/table.ts";
import { checkNumber, checkOptions } from "../../options.ts";
import { printShape, sameShape, sizeAt } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { ShapeOf } from "../../typed/broadcast.ts";
import type { Labels, Lost } from "../../typed/losses.ts";
import { shapeError, wording } from "../../typed/wording.ts";
import { labelsOf } from "./labels.ts";
import { type LossOptions, reduced, type Reduction } from "./reduction.ts";

export interface NllOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** A factor for each class, `[classes]`; the mean divides by the factors' sum. */
  readonly weight?: Tensor;
  /** Rows with this label cost nothing and do not count; -100 unless given. */
  readonly ignoreIndex?: number;
}

export interface CrossEntropyOptions<R extends Reduction = Reduction> extends NllOptions<R> {
  /** Share of each label that is spread over all classes; 0 unless given. */
  readonly labelSmoothing?: number;
}

/**
 * Mean of -log softmax(logits)[label]: `logits [n, classes]`, `labels [n] -> []`; also
 * `[classes]` with one label, `[n, classes, ...]` with `[n, ...]`, and probabilities of the logits' shape in the
 * labels' place. When every label is ignored the mean is NaN.
 * @throws ShapeError when the rows differ or a label is no class.
 * @example
 * F.crossEntropy(tensor([[0, 0], [0, 0]]), [1, 0]) // tensor(0.6931)
 */
export function crossEntropy<
  P extends Tensor,
  T extends Tensor | readonly number[],
  R extends Reduction = "mean",
>(
  logits: P,
  target: T & Labels<"crossEntropy", "logits", ShapeOf<P>, ShapeOf<T>>,
  options: CrossEntropyOptions<R> = {},
): Tensor<Lost<R>> {
  const op = "crossEntropy";
  wantTensor(op, "the logits", logits);
  checkOptions(op, options, ["weight", "ignoreIndex", "labelSmoothing", "reduction"]);
  const { labelSmoothing = 0, weight, reduction } = options;
  checkNumber(op, "labelSmoothing", labelSmoothing, 0, 1);
  if (watch.on) logitsGiven(logits);
  if (isTensor(target) && isFloat(target.dtype) && sameShape(target.shape, logits.shape))
    return againstShares(logits, target, options);
  if (isTensor(target) && areShares(target, logits))
    throw new ShapeError(
      `${op}: logits ${printShape(logits.shape)} and probabilities ${printShape(target.shape)} - shapes must be equal`,
    );
  return task(() => {
    const rows = classRows(op, "logits", logits, labelsOf(op, target), options);
    let losses = apply(table.crossEntropy, [rows.values, rows.labels], undefined);
    if (rows.factors !== null) losses = losses.mul(rows.factors);
    if (labelSmoothing > 0) {
      const logProbs = rows.values.logSoftmax(1);
      const all = (weight === undefined ? logProbs : logProbs.mul(weight)).sum(1).neg();
      const counted = rows.counts === null ? all : all.mul(rows.counts);
      const spread = counted.mul(labelSmoothing / sizeAt(rows.values.shape, 1));
      losses = losses.mul(1 - labelSmoothing).add(spread);
    }
    const name = labelSmoothing > 0 ? "smoothedLoss" : lossOf(rows, reduction);
    return composedBy(name, gathered(op, losses, rows, reduction));
  }, one);
}

/**
 * Mean of -logProbs[label]: `logProbs [n, classes]`, `labels [n] -> []`, and the other shapes of
 * `crossEntropy`. When every label is ignored the mean is NaN.
 * @throws ShapeError when the rows differ or a label is no class.
 * @example
 * F.nll(tensor([[0.5, 0.5]]).log(), [1]) // tensor(0.6931)
 */
export function nll<
  P extends Tensor,
  T extends Tensor | readonly number[],
  R extends Reduction = "mean",
>(
  logProbs: P,
  labels: T & Labels<"nll", "log-probabilities", ShapeOf<P>, ShapeOf<T>>,
  options: NllOptions<R> = {},
): Tensor<Lost<R>> {
  wantTensor("nll", "the log-probabilities", logProbs);
  checkOptions("nll", options, ["weight", "ignoreIndex", "reduction"]);
  const rows = classRows("nll", "log-probabilities", logProbs, labelsOf("nll", labels), options);
  const picked = rows.values.gather(1, rows.labels.unsqueeze(1)).squeeze(1).neg();
  const losses = rows.factors === null ? picked : picked.mul(rows.factors);
  const loss = gathered("nll", losses, rows, options.reduction);
  return composedBy(lossOf(rows, options.reduction), loss);
}

/** Whether a target is meant as shares of classes: labels have one dimension less than the logits. */
function areShares(target: Tensor, logits: Tensor): boolean {
  const classes = target.shape[logits.ndim === 1 ? 0 : 1];
  return isFloat(target.dtype) && target.ndim === logits.ndim && classes !== 1;
}

/** A classification as rows, whatever dimensions it came in. */
interface Rows {
  /** `[n, classes]` */
  readonly values: Tensor;
  /** `[n]`, i32; an ignored one is class 0, and its factor 0. */
  readonly labels: Tensor;
  /** How much each row counts for itself, `[n]`: 0 or 1; null where all do. */
  readonly counts: Tensor | null;
  /** `counts` times the weight of the row's class; null where all are 1. */
  readonly factors: Tensor | null;
  /** The shape of the labels. */
  readonly shape: readonly number[];
}

function classRows(
  op: string,
  what: string,
  scores: Tensor,
  labels: Tensor,
  { weight, ignoreIndex = -100 }: NllOptions,
): Rows {
  if (weight !== undefined) wantTensor(op, "the weight", weight);
  const at = scores.ndim === 1 ? 0 : 1;
  const classes = scores.shape[at];
  const shape = scores.shape.filter((_, dim) => dim !== at);
  // One row of logits may come with its label in a list.
  const isOne = scores.ndim === 1 && labels.numel() === 1 && labels.ndim <= 1;
  if (classes === undefined || !(isOne || sameShape(shape, labels.shape)))
    throw shapeError(wording.labels, { op, what, a: scores.shape, b: labels.shape });
  if (weight !== undefined && (weight.ndim !== 1 || weight.shape[0] !== classes))
    throw new ShapeError(
      `${op}: weight ${printShape(weight.shape)} for ${classes} classes - wanted [${classes}]`,
    );
  const last = scores.ndim > 2 ? scores.permute(classesLast(scores.ndim)) : scores;
  const values = scores.ndim === 2 ? scores : last.reshape([-1, classes]);
  const flat = labels.ndim === 1 ? labels : labels.reshape([-1]);
  const ignores = hasIgnored(op, flat, classes, ignoreIndex);
  const counts = ignores ? flat.ne(ignoreIndex).to(toFloat(scores.dtype)) : null;
  const safe = ignores ? flat.where(flat.ne(ignoreIndex), 0) : flat;
  const weights = weight?.rowsBy(op, safe) ?? null;
  const factors = counts === null ? weights : (weights?.mul(counts) ?? counts);
  return { values, labels: safe, counts, factors, shape: isOne ? [] : labels.shape };
}

/** Whether a label says to be ignored. @throws ShapeError for one that is no class otherwise. */
function hasIgnored(op: string, labels: Tensor, classes: number, ignoreIndex: number): boolean {
  const values = labels.data;
  let found = false;
  for (let i = 0; i < values.length; i++) {
    const label = values[i] ?? -1;
    if (label === ignoreIndex) found = true;
    else if (label < 0 || label >= classes)
      throw new ShapeError(
        `${op}: label ${label} at row ${i} - ${classes} classes take labels 0 to ${classes - 1}`,
      );
  }
  return found;
}

/** The mean divides by what the rows count for, ignored rows and class weights included. */
function gathered(
  op: string,
  losses: Tensor,
  { counts, factors, shape }: Rows,
  reduction: LossOptions["reduction"] = "mean",
): Tensor {
  if (reduction === "mean" && factors !== null) {
    // The mean of nothing: NaN, but without a slope that would spoil the parameters.
    if (counts?.data.every((count) => count === 0) === true) return losses.sum().add(Number.NaN);
    return losses.sum().div(factors.sum());
  }
  const result = reduced(op, losses, reduction);
  return reduction === "none" ? result.reshape(shape) : result;
}

/** PyTorch computes rows by one op and pictures by another, and takes what is neither for pictures. */
function lossOf({ shape }: Rows, reduction: LossOptions["reduction"]): string {
  if (shape.length < 2) return "nll";
  return reduction === "none" && shape.length !== 3 ? "view" : "nllOfPictures";
}

/** Against a share for each class instead of one label: -Σ t log softmax(logits), a mean over rows. */
function againstShares(
  logits: Tensor,
  target: Tensor,
  { weight, labelSmoothing = 0, reduction = "mean" }: CrossEntropyOptions,
): Tensor {
  const at = logits.ndim === 1 ? 0 : 1;
  const classes = sizeAt(logits.shape, at);
  const smooth =
    labelSmoothing === 0 ? target : target.mul(1 - labelSmoothing).add(labelSmoothing / classes);
  const costs = logits.logSoftmax(at).mul(smooth).neg();
  const wide = weight?.reshape(logits.shape.map((_, dim) => (dim === at ? -1 : 1)));
  const losses = (wide === undefined ? costs : costs.mul(wide)).sum(at);
  const name = reduction === "mean" ? "meanLossOfShares" : "lossOfShares";
  return composedBy(name, reduced("crossEntropy", losses, reduction));
}

function classesLast(rank: number): number[] {
  return [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1];
}
