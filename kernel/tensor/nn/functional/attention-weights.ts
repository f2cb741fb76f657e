/** Where attention looks: scores, masks and softmax, for the function and the layer alike. */
import { wantTensor, wrap } from "../../autograd/apply.ts";
import { hold, letGo, one, task } from "../../autograd/lifetimes.ts";
import { FunctionNode, isRecording, noGrad } from "../../autograd/tape.ts";
import { backend } from "../../backends/current.ts";
import { ones } from "../../creation/create.ts";
import { promote, toFloat } from "../../dtype.ts";
import { ShapeError } from "../../errors.ts";
import { checkOptions } from "../../options.ts";
import { fullView, printShape, sizeAt, sizeOf } from "../../shape.ts";
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

/**
 * The weights of queries and keys `[n, heads, ..., size]`, computed when somebody looks at them, if ever;
 * `isMean` where their mean over the heads is meant. A mask is of numbers.
 */
export function weightsLater(
  op: string,
  query: Tensor,
  key: Tensor,
  given: Tensor | null,
  isMean: boolean,
): Tensor {
  // It may be the caller's, who may write to it.
  const mask = given?.clone() ?? null;
  const inputs = mask === null ? [query, key] : [query, key, mask];
  const all = () => attentionWeights(op, query, key, mask === null ? {} : { attnMask: mask });
  const [n, heads, queries] = [0, 1, 2].map((dim) => sizeAt(query.shape, dim));
  const shape = [n, ...(isMean ? [] : [heads]), queries, sizeAt(key.shape, 2)] as number[];
  for (const { storage } of inputs) hold(storage);
  const storage = backend().later(
    toFloat(inputs.map(({ dtype }) => dtype).reduce(promote)),
    sizeOf(shape),
    () => noGrad(() => task(() => (isMean ? all().mean(1) : all()), one)),
    () => {
      for (const each of inputs) letGo(each.storage);
    },
  );
  const weights = wrap(fullView(storage, shape));
  if (isRecording() && inputs.some(({ requiresGrad }) => requiresGrad))
    weights.attach(
      new FunctionNode(isMean ? "mean" : "softmax", inputs, (g) =>
        slopesOf(all(), isMean ? g.unsqueeze(1).div(heads ?? 1) : g, query, key).slice(
          0,
          inputs.length,
        ),
      ),
    );
  return weights;
}

/** w = softmax(q kᵀ c + mask):  ds = w (g - Σ w g),  dq = ds k c,  dk = dsᵀ q c,  dmask = ds */
function slopesOf(weights: Tensor, g: Tensor, query: Tensor, key: Tensor): readonly Tensor[] {
  const flow = weights.mul(g);
  const slope = flow.sub(weights.mul(flow.sum(-1, { keepdim: true })));
  const scaled = slope.mul(1 / Math.sqrt(sizeAt(query.shape, query.ndim - 1)));
  return [scaled.matmul(key), scaled.transpose(-2, -1).matmul(query), slope];
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
