/** The fully connected layer. */
import { uniform, zeros } from "../create.ts";
import { checkSizes } from "../shape.ts";
import { noGrad } from "../tape.ts";
import type { Tensor } from "../tensor.ts";
import { linear } from "./functional/index.ts";
import { fans, kaimingUniform_ } from "./init.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";

export interface LinearOptions {
  /** Whether a bias is added; true unless given. */
  readonly bias?: boolean;
}

/** `[..., inputs] -> [..., outputs]`. The weight is `[outputs, inputs]`, as PyTorch stores it. */
export class Linear extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | null;

  constructor(inputs: number, outputs: number, { bias = true }: LinearOptions = {}) {
    super();
    checkSizes("Linear", [inputs, outputs]);
    this.weight = new Parameter(zeros([outputs, inputs]));
    this.bias = bias ? new Parameter(zeros([outputs])) : null;
    this.reset();
  }

  /** Draws the start values anew, weight first, as PyTorch does: all within ±1/√inputs. */
  reset(): void {
    kaimingUniform_(this.weight, { a: Math.sqrt(5) });
    const { bias } = this;
    if (bias === null) return;
    const bound = 1 / Math.sqrt(fans(this.weight).fanIn);
    noGrad(() => bias.copy_(uniform(bias.shape, -bound, bound)));
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }

  override describe(): string {
    const [outputs, inputs] = this.weight.shape;
    const bias = this.bias === null ? "False" : "True";
    return `in_features=${inputs}, out_features=${outputs}, bias=${bias}`;
  }
}
