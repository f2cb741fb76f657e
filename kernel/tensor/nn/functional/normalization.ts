/** Normalisation as functions: over the features of one example, or over the examples of a batch. */
import { apply, operand, wantTensor, wrap } from "../../autograd/apply.ts";
import { composedBy } from "../../autograd/history.ts";
import { toFloat } from "../../dtype.ts";
import { ShapeError } from "../../errors.ts";
import { table } from "../../ops/table.ts";
import { checkNumber, checkOptions } from "../../options.ts";
import { checkSizes, printShape, sameShape, sizeOf } from "../../shape.ts";
import { noGrad } from "../../autograd/tape.ts";
import type { Tensor } from "../../tensor.ts";
import { shapeError, wording } from "../../typed/wording.ts";
import type { Shape, View } from "../../view.ts";

export interface LayerNormOptions {
  /** Scale and shift of each feature, of the normalised shape. */
  readonly weight?: Tensor | null;
  readonly bias?: Tensor | null;
  /** Added to the variance; 1e-5 unless given. */
  readonly eps?: number;
}

/**
 * Mean 0 and variance 1 over the last dimensions, those of `normalized`: `[..., 8] -> [..., 8]`
 * (Ba et al., 2016).
 * @throws ShapeError when the input does not end with that shape.
 * @example
 * F.layerNorm(tensor([[1, 3]]), 2) // tensor([[-1.0000,  1.0000]])
 */
export function layerNorm(
  x: Tensor,
  normalized: number | Shape,
  options: LayerNormOptions = {},
): Tensor {
  wantTensor("layerNorm", "the input", x);
  checkOptions("layerNorm", options, ["weight", "bias", "eps"]);
  const { weight = null, bias = null, eps = 1e-5 } = options;
  checkNumber("layerNorm", "eps", eps);
  const sizes = typeof normalized === "number" ? [normalized] : normalized;
  const wanted = checkSizes("layerNorm", sizes);
  const first = x.ndim - wanted.length;
  if (wanted.length === 0 || !sameShape(x.shape.slice(Math.max(0, first)), wanted))
    throw shapeError(wording.ends, { a: x.shape, b: wanted });
  for (const [name, each] of Object.entries({ weight, bias })) {
    if (each === null) continue;
    wantTensor("layerNorm", name, each);
    if (!sameShape(each.shape, wanted))
      throw new ShapeError(
        `layerNorm: ${name} ${printShape(each.shape)} - wanted ${printShape(wanted)}`,
      );
  }
  const same = (value: number) => operand(value, toFloat(x.dtype)).expand(wanted);
  return apply(table.layerNorm, [x, weight ?? same(1), bias ?? same(0)], { eps });
}

export interface BatchNormOptions {
  /** Scale and shift of each channel, `[channels]`. */
  readonly weight?: Tensor | null;
  readonly bias?: Tensor | null;
  /** Uses the batch's statistics, and moves the running ones towards them; false unless given. */
  readonly training?: boolean;
  /** How far the running statistics move; 0.1 unless given. */
  readonly momentum?: number;
  /** Added to the variance; 1e-5 unless given. */
  readonly eps?: number;
}

/**
 * Mean 0 and variance 1 of each channel, `x [n, channels, ...]` (Ioffe and Szegedy, 2015). In
 * training, and without running statistics, the batch's own mean and variance; else the running ones.
 * `runningMean` and `runningVar` `[channels]` are changed in place in training, by the unbiased variance.
 * @throws ShapeError when channels differ, or a training batch has a single value a channel.
 * @example
 * F.batchNorm(tensor([[1, 10], [3, 30]]), zeros([2]), ones([2]), { training: true }).at(0) // tensor([-1.0000, -1.0000])
 */
export function batchNorm(
  x: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  options: BatchNormOptions = {},
): Tensor {
  wantTensor("batchNorm", "the input", x);
  checkOptions("batchNorm", options, ["weight", "bias", "training", "momentum", "eps"]);
  const { weight = null, bias = null, training = false, momentum = 0.1, eps = 1e-5 } = options;
  const channels = x.shape[1];
  const each = { runningMean, runningVar, weight, bias };
  for (const [name, values] of Object.entries(each)) {
    if (values === null) continue;
    wantTensor("batchNorm", name, values);
    if (values.ndim !== 1 || values.shape[0] !== channels)
      throw new ShapeError(
        `batchNorm: ${printShape(x.shape)} and ${name} ${printShape(values.shape)} - ` +
          "wanted [n, channels, ...] and [channels]",
      );
  }
  if (channels === undefined)
    throw new ShapeError(`batchNorm: ${printShape(x.shape)} - wanted [n, channels, ...]`);
  const same = (value: number) => operand(value, toFloat(x.dtype)).expand([channels]);
  const [scale, shift] = [weight ?? same(1), bias ?? same(0)];
  if (!training && runningMean !== null && runningVar !== null) {
    const across = [channels, ...x.shape.slice(2).map(() => 1)];
    const factor = runningVar.add(eps).sqrt().reciprocal().mul(scale);
    const y = x.mul(factor.reshape(across));
    return composedBy("batchNorm", y.add(shift.sub(runningMean.mul(factor)).reshape(across)));
  }
  const count = sizeOf(x.shape) / channels;
  if (training && sizeOf(x.shape) <= channels)
    throw new ShapeError(
      `batchNorm: ${printShape(x.shape)} in training - wanted more than one value for each channel`,
      "a larger batch, or eval() first",
    );
  const told: View[] = [];
  const tell = (found: View): void => void told.push(found);
  const y = apply(table.batchNorm, [x, scale, shift], { eps, tell });
  const [moments] = told;
  if (training && moments !== undefined)
    follow(wrap(moments), runningMean, runningVar, momentum, count);
  return composedBy("batchNorm", y);
}

/** Moves running statistics towards a batch's, of `count` values a channel. */
function follow(
  moments: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  momentum: number,
  count: number,
): void {
  noGrad(() => {
    const mean = moments.at(0).add(moments.at(1));
    const variance = moments.at(3).mul(count / (count - 1));
    runningMean?.mul_(1 - momentum).add_(mean.mul(momentum));
    runningVar?.mul_(1 - momentum).add_(variance.mul(momentum));
  });
}
