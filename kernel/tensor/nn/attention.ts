/** Attention with several heads, each looking in a space of its own. */
import { wantTensor } from "../autograd/apply.ts";
import { zeros } from "../creation/create.ts";
import { toFloat } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { pieces } from "../autograd/several.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { checkSizes, printShape, sameShape, sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Heads as AttentionHeads } from "../typed/attention.ts";
import type { Carrier, rule } from "../typed/layers.ts";
import type { Unknown } from "../typed/unknown.ts";
import { shapeError, wording } from "../typed/wording.ts";
import { attentionWeights, weightsLater } from "./functional/attention-weights.ts";
import { linear, scaledDotProductAttention } from "./functional/index.ts";
import { constant_, xavierUniform_ } from "./init.ts";
import { Linear } from "./linear.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";

export interface MultiheadAttentionOptions<
  Keys extends number = number,
  Values extends number = number,
  BatchFirst extends boolean = boolean,
> {
  /** Share of the weights that are dropped in training; 0 unless given. */
  readonly dropout?: number;
  /** Whether biases are added; true unless given. */
  readonly bias?: boolean;
  /** Sizes of keys and values where they differ from the queries'. */
  readonly kdim?: Keys;
  readonly vdim?: Values;
  /** Sequences come as `[n, length, size]` instead of `[length, n, size]`; false unless given. */
  readonly batchFirst?: BatchFirst;
}

export interface AttendOptions {
  /** Bool `[n, keys]`: true where a key is padding and must not be looked at; numbers are added. */
  readonly keyPaddingMask?: Tensor;
  /** Bool `[queries, keys]` or one for each head `[n * heads, ...]`: true where looking is forbidden; numbers are added. */
  readonly attnMask?: Tensor;
  /** Whether the weights are given too; true unless given. */
  readonly needWeights?: boolean;
  /** Whether they are the mean over the heads; true unless given. */
  readonly averageAttnWeights?: boolean;
}

/**
 * `size` features in `heads` heads: queries `[l, n, size]`, keys and values `[s, n, size]` give
 * `[output [l, n, size], weights [n, l, s]]`; also without the batch dimension. A bool mask is true
 * where looking is forbidden, the reverse of `F.scaledDotProductAttention`, as in PyTorch.
 * @throws ShapeError when sizes do not go together, or `heads` does not divide `size`.
 * @example
 * const attention = nn.MultiheadAttention(8, 2);
 * const x = randn([5, 3, 8]);
 * const [output, weights] = attention(x, x, x);
 * output.shape // 5,3,8
 * weights?.shape // 3,5,5
 */
export class MultiheadAttention<
  Size extends number = Unknown,
  Heads extends number = Unknown,
  Keys extends number = Unknown,
  Values extends number = Unknown,
  BatchFirst extends boolean = Unknown,
> extends Module {
  declare readonly [rule]: Carrier<AttentionHeads<Size, Heads, Keys, Values, BatchFirst>>;
  /** Queries', keys' and values' weights, one below the other: `[3 * size, size]`; null with `kdim` or `vdim`. */
  readonly in_proj_weight: Tensor | null;
  /** In its place with `kdim` or `vdim`. */
  readonly q_proj_weight: Tensor | null;
  readonly k_proj_weight: Tensor | null;
  readonly v_proj_weight: Tensor | null;
  readonly in_proj_bias: Tensor | null;
  readonly out_proj: Linear;
  readonly #size: number;
  readonly #heads: number;
  readonly #widths: Readonly<Record<"query" | "key" | "value", number>>;
  readonly #dropout: number;
  readonly #batchFirst: boolean;

  constructor(
    size: Size,
    heads: Heads,
    options: MultiheadAttentionOptions<Keys, Values, BatchFirst> = {},
  ) {
    super();
    const kind = "MultiheadAttention";
    checkSizes(kind, [size, heads]);
    checkOptions(kind, options, ["dropout", "bias", "kdim", "vdim", "batchFirst"]);
    const { dropout = 0, bias = true, batchFirst = false } = options;
    const [kdim, vdim]: readonly [number, number] = [options.kdim ?? size, options.vdim ?? size];
    checkSizes(kind, [kdim, vdim]);
    checkNumber(kind, "dropout", dropout, 0, 1);
    if (heads < 1 || size % heads !== 0)
      throw new ShapeError(`${kind}: size ${size} in ${heads} heads - heads must divide the size`);
    this.#size = size;
    this.#heads = heads;
    this.#widths = { query: size, key: kdim, value: vdim };
    this.#dropout = dropout;
    this.#batchFirst = batchFirst;
    const isPacked = kdim === size && vdim === size;
    const own = (width: number) => (isPacked ? null : new Parameter(zeros([size, width])));
    this.in_proj_weight = isPacked ? new Parameter(zeros([3 * size, size])) : null;
    this.q_proj_weight = own(size);
    this.k_proj_weight = own(kdim);
    this.v_proj_weight = own(vdim);
    this.in_proj_bias = bias ? new Parameter(zeros([3 * size])) : null;
    // PyTorch draws the output's weights first.
    this.out_proj = new NonDynamicallyQuantizableLinear(size, size, { bias });
    for (const weight of [
      this.in_proj_weight,
      this.q_proj_weight,
      this.k_proj_weight,
      this.v_proj_weight,
    ])
      if (weight !== null) xavierUniform_(weight);
    if (this.out_proj.bias !== null) constant_(this.out_proj.bias, 0);
  }

  forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    options: AttendOptions = {},
  ): [output: Tensor, weights: Tensor | null] {
    const kind = "MultiheadAttention";
    checkOptions(kind, options, [
      "keyPaddingMask",
      "attnMask",
      "needWeights",
      "averageAttnWeights",
    ]);
    const named = { query, key, value };
    for (const [name, each] of Object.entries(named)) wantTensor(kind, name, each);
    const isBatch = query.ndim === 3;
    if (![2, 3].includes(query.ndim) || key.ndim !== query.ndim || value.ndim !== query.ndim)
      throw new ShapeError(
        `${kind}: query ${printShape(query.shape)}, key ${printShape(key.shape)} and value ` +
          `${printShape(value.shape)} - wanted three dimensions each, or two without a batch`,
      );
    this.#check(named);
    const { needWeights = true, averageAttnWeights = true } = options;
    const [q, k, v] = this.#projected(query, key, value, isBatch) as [Tensor, Tensor, Tensor];
    const mask = this.#mask(options, q, k, isBatch);
    const dropout = this.training ? this.#dropout : 0;
    const how = { ...(mask === null ? {} : { attnMask: mask }), dropout };
    // Weights that were dropped by chance are those that the values were mixed with.
    const looks = needWeights && dropout > 0 ? attentionWeights(kind, q, k, how) : null;
    const seen = looks?.matmul(v) ?? scaledDotProductAttention(q, k, v, how);
    // [n, heads, l, size / heads] -> [n, l, size]
    const mixed = seen.transpose(1, 2);
    const joined = mixed.reshape([sizeAt(mixed.shape, 0), sizeAt(mixed.shape, 1), this.#size]);
    const output = this.out_proj(joined);
    const shown = !needWeights
      ? null
      : looks === null
        ? weightsLater(kind, q, k, mask, averageAttnWeights)
        : averageAttnWeights
          ? looks.mean(1)
          : looks;
    if (!isBatch) return [output.squeeze(0), shown?.squeeze(0) ?? null];
    return [this.#batchFirst ? output : output.transpose(0, 1), shown];
  }

  /** Sizes must be those of the weights, with a value for each key and keys for each query. */
  #check(named: Readonly<Record<"query" | "key" | "value", Tensor>>): void {
    for (const what of ["query", "key", "value"] as const) {
      const { shape } = named[what];
      const wanted = this.#widths[what];
      if (shape.at(-1) !== wanted) throw shapeError(wording.attends, { what, a: shape, n: wanted });
    }
    const [q, k, v] = [named.query.shape, named.key.shape, named.value.shape];
    if (!sameShape(k.slice(0, -1), v.slice(0, -1))) throw shapeError(wording.keys, { a: k, b: v });
    if (q.length === 2) return;
    const batch = this.#batchFirst ? 0 : 1;
    const [m, n] = [sizeAt(q, batch), sizeAt(k, batch)];
    if (m !== n) throw shapeError(wording.batches, { a: q, b: k, m, n });
  }

  /** Each `[n, heads, length, size / heads]`. */
  #projected(query: Tensor, key: Tensor, value: Tensor, isBatch: boolean): Tensor[] {
    const packed = this.in_proj_weight;
    const size = this.#size;
    const thirds = [size, size, size];
    if (packed !== null && query === key && key === value)
      return pieces(linear(query, packed, this.in_proj_bias), query.ndim - 1, thirds).map((part) =>
        this.#headed(part, isBatch),
      );
    const weights =
      packed === null
        ? [this.q_proj_weight, this.k_proj_weight, this.v_proj_weight]
        : pieces(packed, 0, thirds);
    const biases = this.in_proj_bias === null ? [] : pieces(this.in_proj_bias, 0, thirds);
    return [query, key, value].map((each, i) =>
      this.#headed(linear(each, weights[i] as Tensor, biases[i] ?? null), isBatch),
    );
  }

  /** Features of one sequence into heads. */
  #headed(x: Tensor, isBatch: boolean): Tensor {
    const batched = isBatch ? (this.#batchFirst ? x : x.transpose(0, 1)) : x.unsqueeze(0);
    const [n, length] = [sizeAt(batched.shape, 0), sizeAt(batched.shape, 1)];
    const width = this.#size / this.#heads;
    return batched.reshape([n, length, this.#heads, width]).transpose(1, 2);
  }

  /** Both masks as numbers to add to the scores `[n, heads, queries, keys]`; null without any. */
  #mask(options: AttendOptions, q: Tensor, k: Tensor, isBatch: boolean): Tensor | null {
    const [n, queries, keys] = [sizeAt(q.shape, 0), sizeAt(q.shape, 2), sizeAt(k.shape, 2)];
    const { keyPaddingMask, attnMask } = options;
    const masks: Tensor[] = [];
    if (attnMask !== undefined) {
      wantTensor("MultiheadAttention", "attnMask", attnMask);
      const wanted = attnMask.ndim === 3 ? [n * this.#heads, queries, keys] : [queries, keys];
      refuseMask("attnMask", attnMask, wanted);
      const added = addable(attnMask, q);
      masks.push(attnMask.ndim === 3 ? added.reshape([n, this.#heads, queries, keys]) : added);
    }
    if (keyPaddingMask !== undefined) {
      wantTensor("MultiheadAttention", "keyPaddingMask", keyPaddingMask);
      refuseMask("keyPaddingMask", keyPaddingMask, isBatch ? [n, keys] : [keys]);
      masks.push(addable(keyPaddingMask, q).reshape([n, 1, 1, keys]));
    }
    return masks.length === 0 ? null : masks.reduce((a, b) => a.add(b));
  }
}

/** The output's layer, named as PyTorch prints it. */
class NonDynamicallyQuantizableLinear extends Linear {
  /** Bundlers rename classes. */
  static override readonly name = "NonDynamicallyQuantizableLinear";
}

function refuseMask(name: string, mask: Tensor, wanted: readonly number[]): void {
  if (printShape(mask.shape) !== printShape(wanted))
    throw new ShapeError(
      `MultiheadAttention: ${name} ${printShape(mask.shape)} - wanted ${printShape(wanted)}`,
    );
}

/** -∞ where a bool mask forbids, 0 elsewhere; numbers as they are. */
function addable(mask: Tensor, { dtype }: Tensor): Tensor {
  return mask.dtype === "bool"
    ? zeros([], { dtype: toFloat(dtype) }).where(mask.logicalNot(), -Infinity)
    : mask;
}
