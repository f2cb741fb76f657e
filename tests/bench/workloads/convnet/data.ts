/** Data and start weights of the convolutional net. */
import { type Affine, Draw } from "../draw.ts";
import type { Convnet } from "../specs.ts";

export interface ConvnetData {
  /** `[batch, 1, size, size]` */
  readonly x: Float32Array<ArrayBuffer>;
  readonly labels: Int32Array<ArrayBuffer>;
  /** Filters `[outputs, inputs / 9, 3, 3]` as rows of a matrix. */
  readonly filters: readonly [Affine, Affine];
  readonly head: Affine;
}

export function convnetData({ batch, size, channels, classes }: Convnet): ConvnetData {
  const draw = new Draw();
  const [first, second] = channels;
  return {
    x: draw.uniform(batch * size * size),
    labels: draw.integers(batch, classes),
    filters: [draw.linear(9, first), draw.linear(first * 9, second)],
    head: draw.linear(second * (size / 4) ** 2, classes),
  };
}
