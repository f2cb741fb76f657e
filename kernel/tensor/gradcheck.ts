/** Checks gradients against central finite differences, in float64: (f(x + ε) - f(x - ε)) / 2ε. */
import { randn, tensor } from "./create.ts";
import { isFloat } from "./dtype.ts";
import { GradientError } from "./errors.ts";
import { Generator } from "./random.ts";
import { noGrad } from "./tape.ts";
import type { Tensor } from "./tensor.ts";

export interface GradcheckOptions {
  /** How far each element is moved; 1e-6 unless given. */
  readonly eps?: number;
  /** Allowed difference: atol + rtol * |slope|; 1e-5 and 1e-3 unless given. */
  readonly atol?: number;
  readonly rtol?: number;
}

/**
 * Whether `f`'s gradient is right at `inputs`, which are copied to f64; integer inputs are passed on.
 * An output of several numbers is weighted by fixed random numbers and summed.
 * @throws GradientError naming the input, the element and both slopes.
 * @example gradcheck((a, b) => a.mul(b).tanh(), [randn([3]), randn([2, 3])]) // true
 */
export function gradcheck(
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  { eps = 1e-6, atol = 1e-5, rtol = 1e-3 }: GradcheckOptions = {},
): true {
  const leaves = inputs.map((input) =>
    isFloat(input.dtype) ? tensor(Float64Array.from(input.data), { requiresGrad: true }) : input,
  );
  const shaped = () => leaves.map((leaf, i) => leaf.reshape(inputs[i]?.shape ?? []));
  const output = f(...shaped());
  const weights = randn(output.shape, { dtype: "f64", generator: new Generator(0) });
  const loss = (): Tensor =>
    f(...shaped())
      .mul(weights)
      .sum();
  loss().backward();
  leaves.forEach((leaf, which) => {
    if (!isFloat(leaf.dtype)) return;
    for (let i = 0; i < leaf.numel(); i++) {
      const slope = leaf.grad?.data[i] ?? 0;
      const measured = centralDifference(loss, leaf, i, eps);
      if (!(Math.abs(slope - measured) <= atol + rtol * Math.abs(measured)))
        throw new GradientError(
          `gradcheck: element ${i} of input ${which} has slope ${slope} - finite differences give ${measured}`,
        );
    }
  });
  return true;
}

function centralDifference(loss: () => Tensor, leaf: Tensor, index: number, eps: number): number {
  const start = leaf.at(index).item();
  const at = (value: number): number => {
    noGrad(() => leaf.set([index], value));
    return loss().item();
  };
  const slope = (at(start + eps) - at(start - eps)) / (2 * eps);
  noGrad(() => leaf.set([index], start));
  return slope;
}
