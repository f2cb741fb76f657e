/** The fully connected layer. */
import { uniform, zeros } from "../creation/create.ts";
import { checkOptions } from "../options.ts";
import { checkSizes } from "../shape.ts";
import { noGrad } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Carrier, Maps, rule } from "../typed/layers.ts";
import type { Unknown } from "../typed/unknown.ts";
import { linear } from "./functional/index.ts";
import { fans, kaimingUniform_ } from "./init.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { printBool } from "./print.ts";

export interface LinearOptions {
  /** Whether a bias is added; true unless given. */
  readonly bias?: boolean;
}

/**
 * `[..., inputs] -> [..., outputs]`. The weight is `[outputs, inputs]`, as PyTorch stores it. Both start
 * within ±1/√inputs.
 * @throws ShapeError, when called, for an input whose last size is not `inputs`.
 * @example
 * nn.Linear(3, 2)(ones([5, 3])).shape // 5,2
 * nn.Linear(3, 2, { bias: false }).bias // null
 */
export class Linear<In extends number = Unknown, Out extends number = Unknown> extends Module {
  declare readonly [rule]: Carrier<Maps<In, Out>>;
  readonly weight: Tensor<[Out, In]>;
  /** `[outputs]`; null where it was left out. */
  readonly bias: Tensor<[Out]>;

  /** A plain `false` in the options' place leaves the bias out too, as PyTorch's third argument does. */
  constructor(inputs: In, outputs: Out, options: LinearOptions | boolean = {}) {
    super();
    checkSizes("Linear", [inputs, outputs]);
    const given = typeof options === "boolean" ? { bias: options } : options;
    checkOptions("Linear", given, ["bias"]);
    this.weight = new Parameter(zeros([outputs, inputs]));
    // Typed as where it is not left out: whoever leaves it out does not read it.
    this.bias = ((given.bias ?? true) ? new Parameter(zeros([outputs])) : null) as Parameter;
    this.reset();
  }

  /** Draws the start values anew, weight first, as PyTorch does. */
  reset(): void {
    if (this.weight.numel() === 0) return;
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
    return `in_features=${inputs}, out_features=${outputs}, bias=${printBool(this.bias !== null)}`;
  }
}
