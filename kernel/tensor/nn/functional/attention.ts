/** Attention as a function: each query takes a weighted mean of the values. */
import { wantTensor } from "../../autograd/apply.ts";
import { ShapeError } from "../../errors.ts";
import { printShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { type AttentionOptions, attentionWeights } from "./attention-weights.ts";

export type { AttentionOptions };

/**
 * `softmax(query keyᵀ / √d + mask) value`: `query [..., l, d]`, `key [..., s, d]`,
 * `value [..., s, e] -> [..., l, e]` (Vaswani et al., 2017).
 * @throws ShapeError when sizes do not go together, or a mask comes beside `isCausal`.
 * @example
 * const x = tensor([[1, 0], [0, 1]]);
 * F.scaledDotProductAttention(x, x, x, { isCausal: true }).at(0) // tensor([1., 0.])
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor {
  const weights = attentionWeights("scaledDotProductAttention", query, key, options);
  wantTensor("scaledDotProductAttention", "value", value);
  if (value.ndim < 2 || value.shape.at(-2) !== weights.shape.at(-1))
    throw new ShapeError(
      `scaledDotProductAttention: key ${printShape(key.shape)} and value ${printShape(value.shape)} - ` +
        "wanted as many values as keys",
    );
  return weights.matmul(value);
}
