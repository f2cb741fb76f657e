/** Limits on slopes between `backward()` and `step()`, against steps that are far too large. */
import { pow } from "../elementary/index.ts";
import { isTensor } from "../autograd/apply.ts";
import { tensor } from "../creation/create.ts";
import { GradientError, kindOf } from "../errors.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { noGrad } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";

export interface ClipNormOptions {
  /** Which norm: 2 unless given; Infinity is the largest slope. */
  readonly normType?: number;
  /** Refuse to clip when a slope is NaN or infinite. */
  readonly errorIfNonfinite?: boolean;
}

/**
 * Scales the slopes of all parameters together so that their norm is at most `maxNorm`, in place
 * (Pascanu et al., 2013): https://arxiv.org/abs/1211.5063. Gives the norm before, `[]`.
 * @throws TypeError for what is no list of tensors or no number, RangeError for a negative norm,
 * GradientError when `errorIfNonfinite` and the norm is NaN or infinite.
 * @example
 * const w = nn.Parameter(tensor([3, 4]));
 * w.square().sum().backward();
 * nn.clipGradNorm_([w], 5) // tensor(10.)
 * w.grad // tensor([3.0000, 4.0000])
 */
export function clipGradNorm_(
  parameters: Tensor | Iterable<Tensor>,
  maxNorm: number,
  options: ClipNormOptions = {},
): Tensor {
  const op = "clipGradNorm_";
  checkOptions(op, options, ["normType", "errorIfNonfinite"]);
  const { normType = 2, errorIfNonfinite = false } = options;
  const slopes = slopesOf(op, parameters);
  checkNumber(op, "maxNorm", maxNorm, 0);
  checkNumber(op, "normType", normType, 0);
  if (normType === 0) throw new RangeError(`${op}: normType is 0 - wanted a number above 0`);
  const total = normOf(slopes, normType);
  if (errorIfNonfinite && !Number.isFinite(total))
    throw new GradientError(
      `${op}: the norm of the slopes is ${total} - wanted a finite one`,
      "detectAnomaly(() => ...) finds the op that made it",
    );
  const factor = Math.min(1, maxNorm / (total + 1e-6));
  // A NaN goes on to the slopes, as in PyTorch: a step must not look sound.
  if (factor !== 1) noGrad(() => slopes.forEach((slope) => slope.mul_(factor)));
  return tensor(total);
}

/**
 * Limits every slope to `-clipValue` to `clipValue`, in place.
 * @throws TypeError for what is no list of tensors or no number, RangeError for a negative limit.
 * @example
 * const w = nn.Parameter(tensor([3, -0.1]));
 * w.square().sum().backward();
 * nn.clipGradValue_([w], 1);
 * w.grad // tensor([ 1.0000, -0.2000])
 */
export function clipGradValue_(parameters: Tensor | Iterable<Tensor>, clipValue: number): void {
  const op = "clipGradValue_";
  const slopes = slopesOf(op, parameters);
  checkNumber(op, "clipValue", clipValue, 0);
  noGrad(() =>
    slopes.forEach((slope) =>
      slope.copy_(slope.detach().clamp({ min: -clipValue, max: clipValue })),
    ),
  );
}

/** (Σ |g|ᵖ)^(1/p) over all slopes: the norm of their norms, as PyTorch takes it; 0 without slopes. */
function normOf(slopes: readonly Tensor[], p: number): number {
  const norms = noGrad(() => slopes.map((slope) => slope.norm(p).item()));
  if (p === Infinity) return Math.max(0, ...norms);
  return pow(
    norms.reduce((sum, norm) => sum + pow(norm, p), 0),
    1 / p,
  );
}

function slopesOf(op: string, parameters: Tensor | Iterable<Tensor>): Tensor[] {
  if (isTensor(parameters)) return parameters.innerGrad === null ? [] : [parameters.innerGrad];
  const given: Partial<Iterable<unknown>> | null | undefined = parameters;
  if (typeof given !== "object" || typeof given?.[Symbol.iterator] !== "function")
    throw new TypeError(
      `${op}: ${kindOf(parameters)} for the parameters - wanted a list of tensors, such as net.parameters()`,
    );
  return [...parameters].flatMap((each, i) => {
    if (!isTensor(each))
      throw new TypeError(`${op}: parameter ${i} is ${kindOf(each)} - wanted a tensor`);
    return each.innerGrad === null ? [] : [each.innerGrad];
  });
}
