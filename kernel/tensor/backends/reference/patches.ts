/**
 * The patches of a padded image: the elements under each place of a window. An element of a patch
 * lies at `taps[t] + places[p]`, so the matrix of all patches is never written out.
 *
 * Arrays are dense, of one image `[channels, height, width]`. Index reads are in bounds by the sizes.
 */
import { type TypedArray, zerosOf } from "../../dtype.ts";
import { sizeAt } from "../../shape.ts";
import type { Shape } from "../../view.ts";
import type { Window } from "../../windows.ts";

export interface Patches {
  /** Elements of an image without its padding. */
  readonly size: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly top: number;
  readonly left: number;
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  /** Offset of each element of a patch, `[channels, kernel height, kernel width]`. */
  readonly taps: Int32Array;
  /** Offset of each place of the window, `[output height, output width]`. */
  readonly places: Int32Array;
}

/** `channels` of an image `size` under `window`, which is put at `count` places. */
export function patchesOf(window: Window, channels: number, size: Shape, count: Shape): Patches {
  const [height, width] = [sizeAt(size, 0), sizeAt(size, 1)];
  const [top, left] = [sizeAt(window.before, 0), sizeAt(window.before, 1)];
  const [kernelHeight, kernelWidth] = [sizeAt(window.kernel, 0), sizeAt(window.kernel, 1)];
  const [down, right] = [sizeAt(window.stride, 0), sizeAt(window.stride, 1)];
  const [gapDown, gapRight] = [sizeAt(window.dilation, 0), sizeAt(window.dilation, 1)];
  const [rows, columns] = [sizeAt(count, 0), sizeAt(count, 1)];
  // As far as the last window reaches, even where that leaves out the last elements.
  const end = (places: number, step: number, kernel: number, gap: number) =>
    (places - 1) * step + (kernel - 1) * gap + 1;
  const paddedHeight = Math.max(end(rows, down, kernelHeight, gapDown), top + height);
  const paddedWidth = Math.max(end(columns, right, kernelWidth, gapRight), left + width);
  const plane = paddedHeight * paddedWidth;
  const taps = new Int32Array(channels * kernelHeight * kernelWidth);
  let t = 0;
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < kernelHeight; y++)
      for (let x = 0; x < kernelWidth; x++)
        taps[t++] = c * plane + y * gapDown * paddedWidth + x * gapRight;
  const places = new Int32Array(rows * columns);
  let p = 0;
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) places[p++] = y * down * paddedWidth + x * right;
  const sides = { channels, height, width, top, left, paddedHeight, paddedWidth };
  return { size: channels * height * width, ...sides, taps, places };
}

export function paddedImage({ channels, paddedHeight, paddedWidth }: Patches): Float64Array {
  return zerosOf("f64", channels * paddedHeight * paddedWidth);
}

/** Copies the image that begins at `from` into the middle of `padded`, whose edges stay 0. */
export function padInto(padded: Float64Array, x: TypedArray, from: number, patches: Patches): void {
  const { channels, height, width, top, left, paddedHeight, paddedWidth } = patches;
  let at = from;
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++) {
      const row = (c * paddedHeight + top + y) * paddedWidth + left;
      for (let i = 0; i < width; i++) padded[row + i] = x[at++]!;
    }
}

/** The reverse: writes the middle of `padded` to `out` from `start`. */
export function cropInto(
  out: TypedArray,
  start: number,
  padded: Float64Array,
  patches: Patches,
): void {
  const { channels, height, width, top, left, paddedHeight, paddedWidth } = patches;
  let to = start;
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++) {
      const row = (c * paddedHeight + top + y) * paddedWidth + left;
      for (let i = 0; i < width; i++) out[to++] = padded[row + i]!;
    }
}
