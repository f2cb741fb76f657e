/** Attention as a function: each query takes a weighted mean of the values. */
import { apply, operand, wantTensor } from "../../autograd/apply.ts";
import { toFloat } from "../../dtype.ts";
import { ShapeError } from "../../errors.ts";
import { table } from "../../ops/table.ts";
import { printShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { type AttentionOptions, attentionWeights, checkLook } from "./attention-weights.ts";

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
  const op = "scaledDotProductAttention";
  const { mask, isCausal, dropout, scale } = checkLook(op, query, key, options);
  wantTensor(op, "value", value);
  if (value.ndim < 2 || value.shape.at(-2) !== key.shape.at(-2))
    throw new ShapeError(
      `scaledDotProductAttention: key ${printShape(key.shape)} and value ${printShape(value.shape)} - ` +
        "wanted as many values as keys",
    );
  // The op keeps no scores; dropout and the slope of a mask need them, and more dimensions are rare.
  const learnsMask = mask?.requiresGrad === true;
  const isDeep = [query, key, value, mask].some((each) => (each?.ndim ?? 0) > 4);
  const fits = mask === undefined || isMaskOf(mask, query, key);
  if (dropout !== 0 || learnsMask || isDeep || !fits)
    return attentionWeights(op, query, key, options).matmul(value);
  const given = [query, key, value];
  if (mask !== undefined) given.push(mask.dtype === "bool" ? seen(mask, query) : mask);
  return apply(table.attention, given, { scale, isCausal });
}

/** Whether a mask is to be stretched to the scores, and not they to it. */
function isMaskOf({ shape }: Tensor, query: Tensor, key: Tensor): boolean {
  const [rows, columns] = shape.slice(-2);
  const reaches = (size: number | undefined, whole: number | undefined) =>
    size === 1 || size === whole;
  return (
    shape.length > 1 && reaches(rows, query.shape.at(-2)) && reaches(columns, key.shape.at(-2))
  );
}

/** 0 where a mask is true, -∞ elsewhere. */
function seen(mask: Tensor, { dtype }: Tensor): Tensor {
  return operand(0, toFloat(dtype)).where(mask, -Infinity);
}
