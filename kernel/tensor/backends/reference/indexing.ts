/**
 * Kernels that read or write at places given by an index tensor. All arrays are dense; places are
 * resolved and checked first, so that the loops that move values do nothing else.
 */
import { ShapeError } from "../../errors.ts";
import type { TypedArray } from "../../dtype.ts";
import { printPlace, sizeOf } from "../../shape.ts";
import type { Shape } from "../../view.ts";

/** Row numbers, of which negative ones count from the end. @throws ShapeError naming op, index and place. */
export function placesOf(op: string, index: TypedArray, shape: Shape, rows: number): Int32Array {
  const places = new Int32Array(index.length);
  for (let i = 0; i < places.length; i++)
    places[i] = resolveIndex(op, index, shape, i, rows, "rows");
  return places;
}

function resolveIndex(
  op: string,
  index: TypedArray,
  shape: Shape,
  at: number,
  size: number,
  what: string,
): number {
  const value = index[at]!;
  const resolved = value < 0 ? value + size : value;
  if (resolved < 0 || resolved >= size)
    throw new ShapeError(
      `${op}: index ${value} at ${printPlace(shape, at)} - ` +
        (size === 0 ? `there are no ${what}` : `${size} ${what} take indices 0 to ${size - 1}`),
    );
  return resolved;
}

/** Copies `width` elements for each place. */
export function takeRowsInto(
  x: TypedArray,
  width: number,
  places: Int32Array,
  out: TypedArray,
): void {
  for (let i = 0; i < places.length; i++) {
    const from = places[i]! * width;
    const to = i * width;
    for (let c = 0; c < width; c++) out[to + c] = x[from + c]!;
  }
}

/** Adds row i of `g` to row `places[i]` of `out`. */
export function addRowsInto(
  g: TypedArray,
  width: number,
  places: Int32Array,
  out: TypedArray,
): void {
  for (let i = 0; i < places.length; i++) {
    const to = places[i]! * width;
    const from = i * width;
    for (let c = 0; c < width; c++) out[to + c]! += g[from + c]!;
  }
}

/** Writes row i of `source` to row `places[i]` of `out`; the last of several wins. */
export function putRowsInto(
  source: TypedArray,
  width: number,
  places: Int32Array,
  out: TypedArray,
): void {
  for (let i = 0; i < places.length; i++) {
    const to = places[i]! * width;
    const from = i * width;
    for (let c = 0; c < width; c++) out[to + c] = source[from + c]!;
  }
}

/**
 * For gather and scatter: where each entry of `index [outer, picks, inner]` points to in an
 * `x [outer, size, inner]` that has its sizes but along `dim`.
 */
export function lanePlaces(
  op: string,
  index: TypedArray,
  shape: Shape,
  dim: number,
  size: number,
): Int32Array {
  const outer = sizeOf(shape.slice(0, dim));
  const picks = shape[dim] ?? 1;
  const what = dim === 0 ? "rows" : `entries of dim ${dim}`;
  const inner = sizeOf(shape.slice(dim + 1));
  const places = new Int32Array(index.length);
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (let p = 0; p < picks; p++)
      for (let i = 0; i < inner; i++, at++)
        places[at] = (o * size + resolveIndex(op, index, shape, at, size, what)) * inner + i;
  return places;
}

export function gatherInto(x: TypedArray, places: Int32Array, out: TypedArray): void {
  for (let i = 0; i < places.length; i++) out[i] = x[places[i]!]!;
}

export function scatterAddInto(source: TypedArray, places: Int32Array, out: TypedArray): void {
  for (let i = 0; i < places.length; i++) out[places[i]!]! += source[i]!;
}

/** The last of several values for one place wins. */
export function scatterInto(source: TypedArray, places: Int32Array, out: TypedArray): void {
  for (let i = 0; i < places.length; i++) out[places[i]!] = source[i]!;
}
