/** Losses as functions: how wrong predictions are, as one number. */
import { apply, operand } from "../../apply.ts";
import { ShapeError } from "../../errors.ts";
import { table } from "../../ops/table.ts";
import { printShape, sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { labelsOf } from "./labels.ts";

/** How the losses of the rows become one: their mean unless told otherwise. */
export type Reduction = "mean" | "sum" | "none";

export interface LossOptions {
  readonly reduction?: Reduction;
}

function reduced(losses: Tensor, { reduction = "mean" }: LossOptions): Tensor {
  switch (reduction) {
    case "mean":
      return losses.mean();
    case "sum":
      return losses.sum();
    case "none":
      return losses;
    default:
      reduction satisfies never;
      throw new ShapeError(
        `loss: reduction "${String(reduction)}" - wanted "mean", "sum" or "none"`,
      );
  }
}

/**
 * `logits [n, classes]`, `labels [n] -> []`: mean of -log softmax(logits)[label]. One row of logits
 * may come as `[classes]` with one label.
 * @throws ShapeError when the rows differ, or a label is no class.
 * @example F.crossEntropy(net(x), y)
 */
export function crossEntropy(
  logits: Tensor,
  labels: Tensor | readonly number[],
  options: LossOptions = {},
): Tensor {
  const classes = labelsOf("crossEntropy", labels);
  if (logits.ndim === 1 && classes.numel() === 1)
    return reduced(
      apply(table.crossEntropy, [logits.unsqueeze(0), classes.reshape([1])], undefined),
      options,
    );
  return reduced(apply(table.crossEntropy, [logits, classes], undefined), options);
}

/** `logProbs [n, classes]`, `labels [n] -> []`: mean of -logProbs[label]. */
export function nll(
  logProbs: Tensor,
  labels: Tensor | readonly number[],
  options: LossOptions = {},
): Tensor {
  const classes = labelsOf("nll", labels);
  if (logProbs.ndim !== 2 || classes.ndim !== 1 || logProbs.shape[0] !== classes.shape[0])
    throw new ShapeError(
      `nll: log-probabilities ${printShape(logProbs.shape)} and labels ${printShape(classes.shape)} - ` +
        "wanted [n, classes] and [n]",
    );
  return reduced(logProbs.gather(1, classes.unsqueeze(1)).squeeze(1).neg(), options);
}

/** Predictions and targets must agree: `[n]` against `[n, 1]` would quietly compare all with all. */
function paired(op: string, prediction: Tensor, target: Tensor | number): Tensor {
  const other = operand(target, prediction.dtype);
  if (other.ndim > 0 && !sameShape(prediction.shape, other.shape))
    throw new ShapeError(
      `${op}: prediction ${printShape(prediction.shape)} and target ${printShape(other.shape)} - ` +
        "shapes must be equal",
      "reshape one of them",
    );
  return other;
}

/** Mean squared difference. @throws ShapeError when the shapes differ. */
export function mse(
  prediction: Tensor,
  target: Tensor | number,
  options: LossOptions = {},
): Tensor {
  return reduced(prediction.sub(paired("mse", prediction, target)).square(), options);
}

/** Mean absolute difference. @throws ShapeError when the shapes differ. */
export function l1(prediction: Tensor, target: Tensor | number, options: LossOptions = {}): Tensor {
  return reduced(prediction.sub(paired("l1", prediction, target)).abs(), options);
}

/**
 * Cross-entropy of yes-or-no answers from logits z and targets t between 0 and 1:
 * log(1 + eᶻ) - tz, which does not overflow. @throws ShapeError when the shapes differ.
 */
export function bceWithLogits(
  logits: Tensor,
  target: Tensor | number,
  options: LossOptions = {},
): Tensor {
  const wanted = paired("bceWithLogits", logits, target);
  return reduced(logits.softplus().sub(logits.mul(wanted)), options);
}
