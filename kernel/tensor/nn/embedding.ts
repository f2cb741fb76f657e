/** The lookup table whose rows are learned. */
import { randn } from "../creation/create.ts";
import { ShapeError } from "../errors.ts";
import { checkOptions } from "../options.ts";
import { checkSizes } from "../shape.ts";
import { noGrad } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Adds, Carrier, rule } from "../typed/layers.ts";
import type { Unknown } from "../typed/unknown.ts";
import { embedding } from "./functional/index.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";

export interface EmbeddingOptions {
  /** The number that stands for "nothing here": its vector starts at 0 and is not learned. */
  readonly paddingIdx?: number;
}

/**
 * Numbers (i32) to vectors: `[...i] -> [...i, size]`. Starts from normal samples.
 * @throws RangeError, when called, for a number outside 0..count - 1.
 * @example
 * const letters = nn.Embedding(27, 2);
 * letters([5, 13, 13]).shape // 3,2
 */
export class Embedding<
  Count extends number = Unknown,
  Size extends number = Unknown,
> extends Module {
  declare readonly [rule]: Carrier<Adds<Size>>;
  /** `[count, size]`: row i is the vector of number i. */
  readonly weight: Tensor<[Count, Size]>;
  readonly #padding: number | null;

  constructor(count: Count, size: Size, options: EmbeddingOptions = {}) {
    super();
    checkSizes("Embedding", [count, size]);
    checkOptions("Embedding", options, ["paddingIdx"]);
    const { paddingIdx } = options;
    if (paddingIdx !== undefined && !inRange(paddingIdx, count))
      throw new ShapeError(
        `Embedding: paddingIdx ${paddingIdx} - ${count} rows take indices ${-count} to ${count - 1}`,
      );
    this.#padding =
      paddingIdx === undefined ? null : paddingIdx < 0 ? paddingIdx + count : paddingIdx;
    this.weight = new Parameter(randn([count, size]));
    const row = this.#padding;
    if (row !== null) noGrad(() => this.weight.set([row], 0));
  }

  /** @throws RangeError for a number outside 0..count - 1. */
  forward(index: Tensor | readonly number[]): Tensor {
    return this.#padding === null
      ? embedding(index, this.weight)
      : embedding(index, this.weight, { paddingIdx: this.#padding });
  }

  override describe(): string {
    const padding = this.#padding === null ? [] : [`padding_idx=${this.#padding}`];
    return [...this.weight.shape, ...padding].join(", ");
  }
}

function inRange(index: number, count: number): boolean {
  return Number.isInteger(index) && index >= -count && index < count;
}
