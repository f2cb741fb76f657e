/** What a classifier says about points: scores, the class they choose, and how sure they are of it. */
import { tensor } from "../tensor/creation/create.ts";
import { DTypeError, kindOf, ShapeError } from "../tensor/errors.ts";
import { evaluating } from "../tensor/nn/evaluating.ts";
import { printShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A net, or a function: points `[n, 2]` to scores `[n, classes]`, or one score a point, `[n]` or `[n, 1]`. */
export type Classifier = (points: Tensor) => Tensor;

/** Scores of points, one row a point and one column a class: two at the least. */
export interface Scores {
  readonly classes: number;
  readonly data: ArrayLike<number>;
  /** The model gave one score a point, which its threshold parts in two. */
  readonly isSingle: boolean;
}

/** Points as the model takes them: `[n, 2]`. */
export function pointsTensor(points: readonly (readonly [number, number])[]): Tensor {
  return tensor(Float32Array.from(points.flat())).reshape([points.length, 2]);
}

/**
 * Asks the model about points without teaching it. One score is a second class beside the threshold.
 * @throws DTypeError, ShapeError when it gives no row of scores for each point.
 */
export function scoresOf(
  model: Classifier,
  points: Tensor,
  threshold: number,
  who: string,
): Scores {
  const given: unknown = evaluating(model, () => model(points));
  if (!(given instanceof Tensor))
    throw new DTypeError(`${who}: the model gives ${kindOf(given)} - wanted a tensor of scores`);
  const rows = points.shape[0] ?? 0;
  const { shape, ndim } = given;
  if (shape[0] !== rows || ndim > 2 || shape[1] === 0)
    throw new ShapeError(
      `${who}: the model gives ${printShape(shape)} for points of [${rows}, 2] - ` +
        `wanted one row of scores a point, [${rows}, classes] or [${rows}]`,
    );
  const classes = shape[1] ?? 1;
  const data = given.innerData;
  if (classes > 1) return { classes, data: Float64Array.from(data), isSingle: false };
  const both = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i++) both.set([threshold, data[i] ?? NaN], 2 * i);
  return { classes: 2, data: both, isSingle: true };
}

/** The class with the highest score at a point; the first of equal ones. -1 where a score is NaN. */
export function classAt({ classes, data }: Scores, point: number): number {
  let best = 0;
  for (let c = 0; c < classes; c++) {
    const score = data[point * classes + c] ?? NaN;
    if (Number.isNaN(score)) return -1;
    if (score > (data[point * classes + best] ?? NaN)) best = c;
  }
  return best;
}

/**
 * How sure the model is of its choice, from 0 for none to 1: what softmax gives the class, beyond
 * an equal share. A single score of logits counts as the second of two; one with a threshold other
 * than 0 is a probability, and counts by its way to the end.
 */
export function sureness({ classes, data, isSingle }: Scores, point: number): number {
  const from = point * classes;
  if (isSingle && data[from] !== 0) {
    const [threshold = NaN, score = NaN] = [data[from], data[from + 1]];
    const way = score > threshold ? 1 - threshold : threshold;
    return Math.min(1, Math.abs(score - threshold) / Math.abs(way));
  }
  let most = -Infinity;
  for (let c = 0; c < classes; c++) most = Math.max(most, data[from + c] ?? NaN);
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += Math.exp((data[from + c] ?? NaN) - most);
  const share = 1 / classes;
  return Math.max(0, (1 / sum - share) / (1 - share));
}
