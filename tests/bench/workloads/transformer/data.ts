/** Data and start weights of the character-level transformer. */
import { type Affine, Draw } from "../draw.ts";
import type { Transformer } from "../specs.ts";

export interface BlockData {
  /** Queries, keys and values in one: `[3 width, width]`. */
  readonly qkv: Affine;
  readonly projection: Affine;
  readonly up: Affine;
  readonly down: Affine;
}

export interface TransformerData {
  /** `[batch, context]` */
  readonly tokens: Int32Array<ArrayBuffer>;
  readonly next: Int32Array<ArrayBuffer>;
  /** `[vocabulary, width]` and `[context, width]` */
  readonly tokenTable: Float32Array<ArrayBuffer>;
  readonly placeTable: Float32Array<ArrayBuffer>;
  readonly blocks: readonly BlockData[];
  readonly head: Affine;
}

export function transformerData(spec: Transformer): TransformerData {
  const draw = new Draw();
  const { batch, context, vocabulary, width } = spec;
  return {
    tokens: draw.integers(batch * context, vocabulary),
    next: draw.integers(batch * context, vocabulary),
    tokenTable: draw.uniform(vocabulary * width),
    placeTable: draw.uniform(context * width),
    blocks: Array.from({ length: spec.layers }, () => ({
      qkv: draw.linear(width, 3 * width),
      projection: draw.linear(width, width),
      up: draw.linear(width, 4 * width),
      down: draw.linear(4 * width, width),
    })),
    head: draw.linear(width, vocabulary),
  };
}
