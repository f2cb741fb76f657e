/** Where attention looks: scores, masks and softmax, for the function and the layer alike. */
import { wantTensor } from "../../autograd/apply.ts";
import { ones } from "../../creation/create.ts";
import { ShapeError } from "../../errors.ts";
import { checkOptions } from "../../options.ts";
import { printShape, sizeAt } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { dropout, type DropoutOptions } from "./dropout.ts";

export interface AttentionOptions extends Omit<DropoutOptions, "training"> {
  /** Bool: where a query may look. Numbers: added to the scores. Broadcasts to `[..., queries, keys]`. */
  readonly attnMask?: Tensor;
  /** Query i looks at keys 0 to i only; false unless given. */
  readonly isCausal?: boolean;
  /** Share of the weights that are dropped; 0 unless given. */
  readonly dropout?: number;
  /** Factor of the scores; 1/√d unless given. */
  readonly scale?: number;
}

/** What is left of the options when they were checked. */
interface Look {
  readonly mask: Tensor | undefined;
  readonly isCausal: boolean;
  readonly dropout: number;
  readonly scale: number;
}

/** @throws ShapeError when sizes do not go together, or a mask comes beside `isCausal`. */
export function checkLook(op: string, query: Tensor, key: Tensor, options: AttentionOptions): Look {
  wantTensor(op, "query", query);
  wantTensor(op, "key", key);
  checkOptions(op, options, ["attnMask", "isCausal", "dropout", "generator", "scale"]);
  const size = query.shape.at(-1);
  if (query.ndim < 2 || key.ndim < 2 || size !== key.shape.at(-1))
    throw new ShapeError(
      `${op}: query ${printShape(query.shape)} and key ${printShape(key.shape)} - ` +
        "wanted [..., queries, size] and [..., keys, size]",
    );
  const { attnMask, isCausal = false, dropout: p = 0, scale } = options;
  if (attnMask !== undefined) wantTensor(op, "attnMask", attnMask);
  if (isCausal && attnMask !== undefined)
    throw new ShapeError(`${op}: a mask and isCausal - wanted one of them`);
  return { mask: attnMask, isCausal, dropout: p, scale: scale ?? 1 / Math.sqrt(size ?? 1) };
}

/** How much each query looks at each key: `[..., queries, keys]`, after dropout. */
export function attentionWeights(
  op: string,
  query: Tensor,
  key: Tensor,
  options: AttentionOptions,
): Tensor {
  const look = checkLook(op, query, key, options);
  const scores = query.mul(look.scale).matmul(key.transpose(-2, -1));
  const mask = look.isCausal ? causalMask(scores) : look.mask;
  const weights = (mask === undefined ? scores : masked(scores, mask)).softmax(-1);
  const { generator } = options;
  return dropout(weights, look.dropout, generator === undefined ? {} : { generator });
}

/** Scores with -∞ where a bool mask is false; a mask of numbers is added. */
function masked(scores: Tensor, mask: Tensor): Tensor {
  return mask.dtype === "bool" ? scores.where(mask, -Infinity) : scores.add(mask);
}

/** True at and below the diagonal. */
function causalMask(scores: Tensor): Tensor {
  const rows = sizeAt(scores.shape, scores.ndim - 2);
  const columns = sizeAt(scores.shape, scores.ndim - 1);
  return ones([rows, columns], { dtype: "bool" }).tril();
}
