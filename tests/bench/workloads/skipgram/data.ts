/** Data and start weights of skip-gram: words, the words beside them, and words that are not. */
import { Draw } from "../draw.ts";
import type { Skipgram } from "../specs.ts";

export interface SkipgramData {
  /** `[batch]` */
  readonly centers: Int32Array<ArrayBuffer>;
  /** `[batch, 1 + negatives]`: the true neighbour first. */
  readonly others: Int32Array<ArrayBuffer>;
  /** 1 at the true neighbour, 0 elsewhere; as `others`. */
  readonly truth: Float32Array<ArrayBuffer>;
  /** Both `[vocabulary, width]`. */
  readonly inner: Float32Array<ArrayBuffer>;
  readonly outer: Float32Array<ArrayBuffer>;
}

export function skipgramData({ vocabulary, width, batch, negatives }: Skipgram): SkipgramData {
  const draw = new Draw();
  const candidates = 1 + negatives;
  const scale = 1 / Math.sqrt(width);
  return {
    centers: draw.integers(batch, vocabulary),
    others: draw.integers(batch * candidates, vocabulary),
    truth: Float32Array.from({ length: batch * candidates }, (_, i) =>
      i % candidates === 0 ? 1 : 0,
    ),
    inner: draw.uniform(vocabulary * width, scale),
    outer: draw.uniform(vocabulary * width, scale),
  };
}
