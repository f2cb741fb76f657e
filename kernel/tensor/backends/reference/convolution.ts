/**
 * Convolution in its three directions, each a matrix product with the patches of an image, one image
 * and one group of channels at a time. Index reads are in bounds: the op checked that the last
 * window ends inside the padded image.
 */
import type { Backend } from "../../backend.ts";
import { type TypedArray, zerosOf } from "../../dtype.ts";
import { sizeAt } from "../../shape.ts";
import { dense, fresh } from "./host.ts";
import { type Factor, multiplyInto, multiplySums } from "./matmul.ts";
import { cropInto, paddedImage, padInto, type Patches, patchesOf } from "./patches.ts";

/** `[rows, columns]` that lie dense from `offset`. */
const denseFactor = (values: TypedArray, offset: number, columns: number): Factor => ({
  values,
  offset,
  rowStride: columns,
  columnStride: 1,
});

const transposed = (factor: Factor): Factor => ({
  ...factor,
  rowStride: factor.columnStride,
  columnStride: factor.rowStride,
});

/** Calls `each` with the number of every group of every image, and that of the group alone. */
function eachGroup(images: number, groups: number, each: (at: number, group: number) => void) {
  for (let image = 0; image < images; image++)
    for (let group = 0; group < groups; group++) each(image * groups + group, group);
}

/** Adds `bias[f]` to every element of plane f of every image. */
function addToPlanes(values: TypedArray, bias: TypedArray, plane: number): void {
  for (let at = 0, f = 0; at < values.length; at += plane, f = (f + 1) % bias.length) {
    const shift = bias[f]!;
    for (let i = at; i < at + plane; i++) values[i]! += shift;
  }
}

/** Adds `columns [taps, places]` to where each patch was read, in zeros. */
function addPatches(padded: Float64Array, { taps, places }: Patches, columns: Float64Array): void {
  padded.fill(0);
  let at = 0;
  for (let t = 0; t < taps.length; t++) {
    const tap = taps[t]!;
    for (let p = 0; p < places.length; p++) padded[tap + places[p]!]! += columns[at++]!;
  }
}

export const convolutions: Pick<Backend, "convolve" | "convolveInput" | "convolveFilter"> = {
  // out [filters, places] = filter [filters, taps] x patches [taps, places]
  convolve(x, filter, bias, window, count) {
    const [images, channels] = [sizeAt(x.shape, 0), sizeAt(filter.shape, 1)];
    const { groups } = window;
    const filters = sizeAt(filter.shape, 0) / groups;
    const { view, values } = fresh(x.storage.dtype, [images, filters * groups, ...count]);
    const patches = patchesOf(window, channels, x.shape.slice(2), count);
    const { taps, places, size } = patches;
    const padded = paddedImage(patches);
    const [source, weights] = [dense(x), dense(filter)];
    eachGroup(images, groups, (at, group) => {
      padInto(padded, source, at * size, patches);
      const factor = denseFactor(weights, group * filters * taps.length, taps.length);
      const columns = { values: padded, rows: taps, columns: places };
      multiplySums(factor, columns, values, at * filters * places.length, filters);
    });
    if (bias !== null) addToPlanes(values, dense(bias), places.length);
    return view;
  },

  // patches [taps, places] = filterᵀ [taps, filters] x g [filters, places]
  convolveInput(g, filter, window, size) {
    const [images, channels] = [sizeAt(g.shape, 0), sizeAt(filter.shape, 1)];
    const { groups } = window;
    const filters = sizeAt(filter.shape, 0) / groups;
    const { view, values } = fresh(g.storage.dtype, [images, channels * groups, ...size]);
    const patches = patchesOf(window, channels, size, g.shape.slice(2));
    const [taps, places] = [patches.taps.length, patches.places.length];
    const padded = paddedImage(patches);
    const columns = zerosOf("f64", taps * places);
    const [slope, weights] = [dense(g), dense(filter)];
    eachGroup(images, groups, (at, group) => {
      const factor = transposed(denseFactor(weights, group * filters * taps, taps));
      const rows = denseFactor(slope, at * filters * places, places);
      multiplyInto(factor, rows, columns, 0, taps, filters, places);
      addPatches(padded, patches, columns);
      cropInto(values, at * patches.size, padded, patches);
    });
    return view;
  },

  // filter [filters, taps] = Σ of all images g [filters, places] x patchesᵀ [places, taps]
  convolveFilter(g, x, window) {
    const { groups, kernel } = window;
    const images = sizeAt(x.shape, 0);
    const [channels, filters] = [sizeAt(x.shape, 1) / groups, sizeAt(g.shape, 1) / groups];
    const { view, values } = fresh(x.storage.dtype, [filters * groups, channels, ...kernel]);
    const patches = patchesOf(window, channels, x.shape.slice(2), g.shape.slice(2));
    const { taps, places, size } = patches;
    const padded = paddedImage(patches);
    const sums = zerosOf("f64", values.length);
    const product = zerosOf("f64", filters * taps.length);
    const [source, slope] = [dense(x), dense(g)];
    eachGroup(images, groups, (at, group) => {
      padInto(padded, source, at * size, patches);
      const rows = denseFactor(slope, at * filters * places.length, places.length);
      const columns = { values: padded, rows: places, columns: taps };
      multiplySums(rows, columns, product, 0, filters);
      const start = group * product.length;
      for (let i = 0; i < product.length; i++) sums[start + i]! += product[i]!;
    });
    values.set(sums);
    return view;
  },
};
