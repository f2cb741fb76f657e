/** Vectors brought to length 1, as for comparing directions. */
import { wantTensor } from "../../autograd/apply.ts";
import { checkNumber, checkOptions } from "../../options.ts";
import { resolveDim } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { Shape } from "../../view.ts";

export interface NormalizeOptions {
  /** Which norm measures the length; 2 unless given. */
  readonly p?: number;
  /** The dimension that the vectors lie along; 1 unless given. */
  readonly dim?: number;
  /** The least length that is divided by; 1e-12 unless given. */
  readonly eps?: number;
}

/**
 * Each vector along `dim` divided by its length, or by `eps` if it is shorter.
 * @throws ShapeError for a dimension that there is not.
 * @example
 * F.normalize(tensor([[3, 4]])) // tensor([[0.6000, 0.8000]])
 */
export function normalize<S extends Shape>(
  x: Tensor<S>,
  options: NormalizeOptions = {},
): Tensor<S> {
  wantTensor("normalize", "the input", x);
  checkOptions("normalize", options, ["p", "dim", "eps"]);
  const { p = 2, dim = 1, eps = 1e-12 } = options;
  checkNumber("normalize", "p", p);
  checkNumber("normalize", "eps", eps, 0);
  const at = resolveDim("normalize", dim, x.shape);
  const all: Tensor = x;
  return all.div(all.norm(p, at, { keepdim: true }).clamp({ min: eps }));
}
