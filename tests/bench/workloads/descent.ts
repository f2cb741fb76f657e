/**
 * What our versions of the workloads share: layers that begin with the drawn weights, the training
 * step, and the two ways to part with a result.
 */
import { nn, noGrad, type optim, type Tensor, tensor } from "../../../kernel/tensor/index.ts";
import type { Affine } from "./draw.ts";
import type { Workload } from "./workload.ts";

export function linearOf({ inputs, outputs, weight, bias }: Affine): nn.Linear {
  const layer = nn.Linear(inputs, outputs);
  begin(layer.weight, weight);
  begin(layer.bias, bias);
  return layer;
}

/** Writes drawn values into a parameter. */
export function begin(parameter: Tensor, values: Float32Array): void {
  noGrad(() => parameter.copy_(tensor(values).reshape(parameter.shape)));
}

/** What becomes of a result that nobody wants any longer. */
export type Parting = (result: Tensor) => void;

export const drop: Parting = () => {};

/** As `using` does at the end of its block. */
export const dispose: Parting = (result) => result.dispose();

/** The loop's body as anyone would write it. */
export function training(
  optimizer: Pick<optim.SGD, "zeroGrad" | "step">,
  lossOf: () => Tensor,
): Workload {
  let loss: Tensor | null = null;
  return {
    step() {
      loss = lossOf();
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
    },
    observe: () => [loss?.item() ?? Number.NaN],
  };
}
