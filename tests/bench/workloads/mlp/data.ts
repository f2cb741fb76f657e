/** Data and start weights of the multilayer perceptrons. */
import { type Affine, Draw } from "../draw.ts";
import type { Mlp } from "../specs.ts";

export interface MlpData {
  readonly inputs: number;
  readonly outputs: number;
  /** `[batch, inputs]` */
  readonly x: Float32Array<ArrayBuffer>;
  /** `[batch, outputs]` for a squared error. */
  readonly targets: Float32Array<ArrayBuffer>;
  /** `[batch]` for a cross entropy. */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly layers: readonly Affine[];
}

export function mlpData({ sizes, batch }: Mlp): MlpData {
  const draw = new Draw();
  const inputs = sizes[0] ?? 0;
  const outputs = sizes.at(-1) ?? 0;
  return {
    inputs,
    outputs,
    x: draw.uniform(batch * inputs),
    targets: draw.uniform(batch * outputs),
    labels: draw.integers(batch, outputs),
    layers: sizes.slice(1).map((size, i) => draw.linear(sizes[i] ?? 0, size)),
  };
}
