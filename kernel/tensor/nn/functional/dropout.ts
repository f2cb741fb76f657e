/** Dropout as a function. */
import { wantTensor, wrap } from "../../autograd/apply.ts";
import { backend } from "../../backends/current.ts";
import { toFloat, zerosOf } from "../../dtype.ts";
import { checkNumber, checkOptions } from "../../options.ts";
import { defaultGenerator, type Generator } from "../../random.ts";
import { fullView } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

export interface DropoutOptions {
  /** False passes the input on; true unless given. */
  readonly training?: boolean;
  /** Where to draw from; the default generator unless given. */
  readonly generator?: Generator;
}

/**
 * Each element 0 with probability `p`, the others divided by 1 - p, so that the mean stays
 * (Srivastava et al., 2014). Draws the mask that PyTorch draws for the same seed.
 * @throws RangeError for a probability outside 0 to 1.
 * @example
 * manualSeed(3);
 * F.dropout(ones([5]), 0.5) // tensor([2., 2., 0., 2., 0.])
 */
export function dropout(x: Tensor, p = 0.5, options: DropoutOptions = {}): Tensor {
  wantTensor("dropout", "the input", x);
  checkOptions("dropout", options, ["training", "generator"]);
  const { training = true, generator = defaultGenerator } = options;
  checkNumber("dropout", "p", p, 0, 1);
  if (!training || p === 0 || x.numel() === 0) return x;
  if (p === 1) return x.mul(0);
  const mask = zerosOf(toFloat(x.dtype), x.numel());
  generator.fillBernoulli(mask, 1 - p);
  const scale = mask instanceof Float32Array ? Math.fround(1 / Math.fround(1 - p)) : 1 / (1 - p);
  for (let i = 0; i < mask.length; i++) mask[i]! *= scale; // i is below the length
  return x.mul(wrap(fullView(backend().adopt(mask), x.shape)));
}
