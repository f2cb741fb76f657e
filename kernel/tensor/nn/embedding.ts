/** The lookup table whose rows are learned. */
import { randn } from "../create.ts";
import { checkSizes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { embedding } from "./functional/index.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";

/** Numbers (i32) to vectors: `[...i] -> [...i, size]`. Starts from normal samples. */
export class Embedding extends Module {
  /** `[count, size]`: row i is the vector of number i. */
  readonly weight: Tensor;

  constructor(count: number, size: number) {
    super();
    checkSizes("Embedding", [count, size]);
    this.weight = new Parameter(randn([count, size]));
  }

  /** @throws ShapeError for a number outside 0..count - 1. */
  forward(index: Tensor | readonly number[]): Tensor {
    return embedding(index, this.weight);
  }

  override describe(): string {
    return this.weight.shape.join(", ");
  }
}
