/** Batch normalisation and its slopes: channels of a dense `[n, c, s]`, which index reads stay within. */
import type { Backend } from "../../backend.ts";
import type { TypedArray } from "../../dtype.ts";
import { sizeAt, sizeOf } from "../../shape.ts";
import type { Shape } from "../../view.ts";
import { dense, unset } from "./host.ts";

/** How many images, channels, and elements of a channel in one image. */
interface Sizes {
  readonly images: number;
  readonly channels: number;
  readonly plane: number;
}

const sizesOf = (shape: Shape): Sizes => ({
  images: sizeAt(shape, 0),
  channels: sizeAt(shape, 1),
  plane: sizeOf(shape.slice(2)),
});

/** Does `body` with the number of each element of a channel. */
function eachOf(
  channel: number,
  { images, channels, plane }: Sizes,
  body: (i: number) => void,
): void {
  for (let image = 0; image < images; image++) {
    const start = (image * channels + channel) * plane;
    for (let i = start; i < start + plane; i++) body(i);
  }
}

/**
 * `out = (x - μ) / √(σ² + ε) · weight + bias` of each channel. `moments [4, channels]`: μ in two parts, of
 * which the second is what the first was rounded by, 1 / √(σ² + ε) and σ².
 */
function batchNormInto(
  x: TypedArray,
  weight: TypedArray,
  bias: TypedArray,
  eps: number,
  sizes: Sizes,
  out: TypedArray,
  moments: TypedArray,
): void {
  const { images, channels, plane } = sizes;
  const count = images * plane;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    eachOf(c, sizes, (i) => (sum += x[i]!));
    const mean = sum / count;
    let squares = 0;
    eachOf(c, sizes, (i) => (squares += (x[i]! - mean) * (x[i]! - mean)));
    const rate = 1 / Math.sqrt(squares / count + eps);
    eachOf(c, sizes, (i) => (out[i] = (x[i]! - mean) * rate * weight[c]! + bias[c]!));
    moments[c] = mean;
    moments[channels + c] = mean - moments[c]!;
    moments[2 * channels + c] = rate;
    moments[3 * channels + c] = squares / count;
  }
}

/** With y = (x - μ)/σ:  dx = w (g - mean(g) - y mean(g y)) / σ,  dw = Σ g y,  db = Σ g over the channel. */
function batchNormSlopesInto(
  g: TypedArray,
  x: TypedArray,
  weight: TypedArray,
  moments: TypedArray,
  sizes: Sizes,
  dx: TypedArray,
  dw: TypedArray,
  db: TypedArray,
): void {
  const { images, channels, plane } = sizes;
  const count = images * plane;
  for (let c = 0; c < channels; c++) {
    const mean = moments[c]! + moments[channels + c]!;
    const rate = moments[2 * channels + c]!;
    let level = 0;
    let tilt = 0;
    eachOf(c, sizes, (i) => {
      level += g[i]!;
      tilt += g[i]! * (x[i]! - mean) * rate;
    });
    dw[c] = tilt;
    db[c] = level;
    eachOf(c, sizes, (i) => {
      const y = (x[i]! - mean) * rate;
      dx[i] = weight[c]! * (g[i]! - level / count - (y * tilt) / count) * rate;
    });
  }
}

export const batchNorms: Pick<Backend, "batchNorm" | "batchNormSlopes"> = {
  batchNorm(x, weight, bias, eps) {
    const out = unset(x.storage.dtype, x.shape);
    const sizes = sizesOf(x.shape);
    const moments = unset(x.storage.dtype, [4, sizes.channels]);
    const [scale, shift] = [dense(weight), dense(bias)];
    batchNormInto(dense(x), scale, shift, eps, sizes, out.values, moments.values);
    return { values: out.view, moments: moments.view };
  },

  batchNormSlopes(g, x, weight, moments) {
    const { dtype } = x.storage;
    const dx = unset(dtype, x.shape);
    const [dw, db] = [unset(dtype, weight.shape), unset(dtype, weight.shape)];
    const given = [dense(g), dense(x), dense(weight), dense(moments)] as const;
    batchNormSlopesInto(...given, sizesOf(x.shape), dx.values, dw.values, db.values);
    return { x: dx.view, weight: dw.view, bias: db.view };
  },
};
