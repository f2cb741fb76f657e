/** Views to try kernels with: of every layout, and of values that are hard to compute with. */
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import type { DType } from "../../../../../kernel/tensor/dtype.ts";
import type { Generator } from "../../../../../kernel/tensor/random.ts";
import { fullView, sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";

/** Zeros, infinities, NaN, the least and the largest, and what lies between. */
export const edges: readonly number[] = [
  0,
  -0,
  Infinity,
  -Infinity,
  NaN,
  1,
  -1,
  2 ** -149,
  -(2 ** -149),
  2 ** -126,
  -(2 ** -126),
  3.4028234663852886e38,
  -3.4028234663852886e38,
  88.72,
  88.73,
  -87.34,
  -103.9,
  -104.1,
];

/** `n` f32 near 0, in all sizes, and `edges` among them. */
export function hardNumbers(random: Generator, n: number): Float32Array {
  return Float32Array.from({ length: n }, () => {
    const kind = random.below(8);
    if (kind === 0) return edges[random.below(edges.length)] ?? 0;
    const sign = random.below(2) === 0 ? 1 : -1;
    if (kind === 1) return sign * 2 ** (random.uniform() * 254 - 126);
    return sign * random.uniform() * (kind < 5 ? 4 : 100);
  });
}

/** Numbers from -4 to 4. */
export function plainNumbers(random: Generator, n: number): Float32Array {
  return Float32Array.from({ length: n }, () => random.uniform() * 8 - 4);
}

/** `values` in `shape`, row-major, at the beginning of their storage or a little after it. */
export function laid(values: Float32Array | Int32Array, shape: Shape, offset = 0): View {
  const room = values.slice(0, 0).constructor === Float32Array ? Float32Array : Int32Array;
  const all = new room(offset + values.length + 3);
  all.set(values, offset);
  return { ...fullView(reference.adopt(all), shape), offset };
}

/** The same elements in memory in another order of dimensions. */
export function permuted(view: View, order: readonly number[]): View {
  const back = order.map((_, dim) => order.indexOf(dim));
  const pick = (sizes: readonly number[], by: readonly number[]) =>
    by.map((dim) => sizes[dim] ?? 0);
  const moved = { ...view, shape: pick(view.shape, order), strides: pick(view.strides, order) };
  const copy = reference.copy(moved, view.storage.dtype);
  return { ...copy, shape: view.shape, strides: pick(copy.strides, back) };
}

/** The elements of a view in row-major order. */
export function elements(view: View, dtype: DType = view.storage.dtype): number[] {
  const copy = reference.copy(view, dtype);
  return [...copy.storage.host().subarray(0, sizeOf(view.shape))];
}

/** How many units in the last place of a f32 lie between `found` and `truth`; 0 where both are NaN. */
export function ulps(found: number, truth: number): number {
  const wanted = Math.fround(truth);
  if (Object.is(found, wanted)) return 0;
  if (!Number.isFinite(found) || !Number.isFinite(wanted)) {
    // The largest number and infinity are neighbours.
    const both = Math.min(Math.abs(found), Math.abs(wanted));
    return both > 3.4028e38 && found * wanted > 0 ? 1 : Infinity;
  }
  if (found === 0 && wanted === 0) return Infinity;
  const unit = 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(truth)))) - 23);
  return Math.abs(found - truth) / unit;
}
