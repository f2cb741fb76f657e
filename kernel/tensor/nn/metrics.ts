/** How good a model is. */
import { kindOf, ShapeError } from "../errors.ts";
import { outputsJudged } from "../notices/layers.ts";
import { watch } from "../notices/notice.ts";
import { printShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { evaluating } from "./evaluating.ts";

/** Examples to judge a model by: row i of `x` has the class `y[i]`. */
export interface Labelled {
  readonly x: Tensor;
  readonly y: Tensor;
}

const rowsAtOnce = 1024;

/**
 * The share of rows whose largest logit is at the label: 0 to 1. Either a model and examples (run
 * without recording, in evaluation mode), or logits `[n, classes]` and labels `[n]`.
 * @example
 * const logits = tensor([[2, 1], [0, 3], [5, 4]]);
 * accuracy(logits, [0, 1, 1]).toFixed(2) // 0.67
 */
export function accuracy(model: (x: Tensor) => Tensor, examples: Labelled): number;
export function accuracy(logits: Tensor, labels: Tensor | readonly number[]): number;
export function accuracy(
  judged: Tensor | ((x: Tensor) => Tensor),
  truth: Labelled | Tensor | readonly number[],
): number {
  if (typeof (truth as unknown) !== "object" || (truth as unknown) === null)
    throw new TypeError(`accuracy: ${kindOf(truth)} for the truth - wanted labels, or a data set`);
  if (judged instanceof Tensor) {
    if (!(truth instanceof Tensor) && "x" in truth)
      throw new TypeError(
        "accuracy: logits and a data set - wanted logits and labels, or a model and a data set",
      );
    const labels = truth instanceof Tensor ? truth.data : truth;
    if (watch.on) outputsJudged(judged);
    return hits(judged, labels) / labels.length;
  }
  if (typeof judged !== "function")
    throw new TypeError(`accuracy: ${kindOf(judged)} - wanted a model, or logits`);
  if (truth instanceof Tensor || !("x" in truth))
    throw new TypeError(
      "accuracy: a model and labels - wanted a model and a data set with x and y",
    );
  return evaluating(judged, () => {
    const labels = truth.y.data;
    let right = 0;
    for (let start = 0; start < labels.length; start += rowsAtOnce) {
      const rows = truth.x.at([start, start + rowsAtOnce]);
      right += hits(judged(rows), labels.subarray(start, start + rowsAtOnce));
    }
    return right / labels.length;
  });
}

function hits(logits: Tensor, labels: ArrayLike<number>): number {
  if (logits.ndim !== 2 || logits.shape[0] !== labels.length)
    throw new ShapeError(
      `accuracy: logits ${printShape(logits.shape)} for ${labels.length} labels - wanted [${labels.length}, classes]`,
    );
  const choices = logits.argmax(1).data;
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (choices[i] === labels[i]) right++;
  return right;
}
