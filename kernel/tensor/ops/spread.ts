/** Reductions that measure: how long, and how far apart. */
import { toFloat } from "../dtype.ts";
import type { Saved } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import { flat } from "./elementwise.ts";
import { count, reduction, type ReduceParams, restore } from "./reduce.ts";

export interface NormParams extends ReduceParams {
  /** The order p of (Σ|x|ᵖ)^(1/p); may be 0 or infinite. */
  readonly p: number;
}

export interface VarianceParams extends ReduceParams {
  /** The divisor is n - correction: 1 for a sample, 0 for a whole population. */
  readonly correction: number;
}

/** x - mean(x) */
function centred(saved: Saved<ReduceParams>): Tensor {
  const x = saved.input(0);
  return x.sub(x.mean(saved.params.dim, { keepdim: true }));
}

/** d‖x‖ = sign(x) (|x| / ‖x‖)ᵖ⁻¹ dx; at 0, where there are many slopes, 0. */
function normGradient(g: Tensor, saved: Saved<NormParams>): Tensor {
  const x = saved.input(0);
  const { p } = saved.params;
  const slope = restore(g, saved);
  if (p === 0) return flat(x);
  if (p === 1) return slope.mul(x.sign());
  const y = restore(saved.output(), saved);
  if (Math.abs(p) === Infinity) {
    const hits = x.abs().eq(y).to(x.dtype);
    const { dim } = saved.params;
    return x
      .sign()
      .mul(hits)
      .mul(slope)
      .div(hits.sum(dim, { keepdim: true }));
  }
  const isFlat = p < 2 ? x.eq(0).logicalOr(y.eq(0)) : y.eq(0);
  const ratio = x.div(y).maskedFill(isFlat, 1);
  const steepness = p === 2 ? ratio : ratio.sign().mul(ratio.abs().pow(p - 1));
  return slope.mul(steepness.maskedFill(isFlat, 0));
}

const correctionOf = (params: VarianceParams): number => params.correction;

export const spreads = {
  norm: reduction<NormParams>("norm", toFloat, normGradient, ({ p }) => p),
  // d var = 2 (x - mean) dx / (n - correction)
  var: reduction<VarianceParams>(
    "var",
    toFloat,
    (g, saved) =>
      centred(saved)
        .mul(2 / Math.max(count(saved) - saved.params.correction, 0))
        .mul(restore(g, saved)),
    correctionOf,
  ),
  // d std = (x - mean) dx / ((n - correction) std), and 0 where all are equal
  std: reduction<VarianceParams>(
    "std",
    toFloat,
    (g, saved) => {
      const y = saved.output();
      const isFlat = y.eq(0);
      const slope = g.div(y.maskedFill(isFlat, 1)).maskedFill(isFlat, 0);
      return centred(saved)
        .div(Math.max(count(saved) - saved.params.correction, 0))
        .mul(restore(slope, saved));
    },
    correctionOf,
  ),
};
