/** How the losses of many elements become one, and how predictions are paired with targets. */
import { operand, wantTensor } from "../../autograd/apply.ts";
import { composedBy } from "../../autograd/history.ts";
import { outputsJudged } from "../../notices/layers.ts";
import { watch } from "../../notices/notice.ts";
import { sameShape, sizeOf } from "../../shape.ts";
import { isRecording } from "../../autograd/tape.ts";
import type { Tensor } from "../../tensor.ts";
import { shapeError, wording } from "../../typed/wording.ts";
import type { Shape } from "../../view.ts";

/** How the losses of the elements become one: their mean unless told otherwise. */
export type Reduction = "mean" | "sum" | "none";

export interface LossOptions<R extends Reduction = Reduction> {
  readonly reduction?: R;
}

export function reduced(op: string, losses: Tensor, reduction: Reduction = "mean"): Tensor {
  if (watch.on && !isRecording()) outputsJudged(losses);
  switch (reduction) {
    case "mean":
      return composedBy(op, losses.mean());
    case "sum":
      return composedBy(op, losses.sum());
    case "none":
      return composedBy(op, losses);
    default:
      reduction satisfies never;
      throw new RangeError(
        `${op}: reduction ${String(reduction)} - wanted "mean", "sum" or "none"`,
      );
  }
}

/** Predictions and targets must agree: `[n]` against `[n, 1]` would quietly compare all with all. */
export function paired(op: string, prediction: Tensor, target: Tensor | number): Tensor {
  wantTensor(op, "the prediction", prediction);
  if (typeof target !== "number") wantTensor(op, "the target", target);
  const other = operand(target, prediction.dtype);
  if (other.ndim > 0 && !sameShape(prediction.shape, other.shape))
    throw shapeError(
      wording.paired,
      { op, a: prediction.shape, b: other.shape },
      pairing(prediction.shape, other.shape),
    );
  return other;
}

/** What makes one of two shapes the other, or nothing where they differ in elements. */
function pairing(prediction: Shape, target: Shape): string | undefined {
  const isLonger = prediction.length > target.length;
  const [long, short] = isLonger ? [prediction, target] : [target, prediction];
  const [squeezed, other] = isLonger ? ["prediction", "target"] : ["target", "prediction"];
  // The last that serves: a column is [n, 1] even where n is 1.
  const dim = long.findLastIndex((n, at) => n === 1 && sameShape(long.toSpliced(at, 1), short));
  if (dim >= 0) return `squeeze(${dim}) of the ${squeezed}, or unsqueeze(${dim}) of the ${other}`;
  return sizeOf(prediction) === sizeOf(target) ? "reshape one of them" : undefined;
}
