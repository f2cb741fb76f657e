/** Kernels that read or add at places given by an index tensor. All arrays are dense. */
import { ShapeError } from "../../errors.ts";
import type { TypedArray } from "../../dtype.ts";

/** A negative index counts from the end. @throws ShapeError naming the op, the index and its place. */
export function resolveIndex(op: string, index: number, size: number, place: number): number {
  const resolved = index < 0 ? index + size : index;
  if (resolved < 0 || resolved >= size)
    throw new ShapeError(
      `${op}: index ${index} at position ${place} - ${size} rows take indices 0 to ${size - 1}`,
    );
  return resolved;
}

/** Copies `width` elements for each index. In bounds: every index is resolved against `rows`. */
export function takeRowsInto(
  op: string,
  x: TypedArray,
  rows: number,
  width: number,
  index: TypedArray,
  out: TypedArray,
): void {
  for (let i = 0; i < index.length; i++) {
    const from = resolveIndex(op, index[i]!, rows, i) * width;
    const to = i * width;
    for (let c = 0; c < width; c++) out[to + c] = x[from + c]!;
  }
}

/** Adds row i of `g` to row `index[i]` of `out`. */
export function addRowsInto(
  g: TypedArray,
  rows: number,
  width: number,
  index: TypedArray,
  out: TypedArray,
): void {
  for (let i = 0; i < index.length; i++) {
    const to = resolveIndex("addRows", index[i]!, rows, i) * width;
    const from = i * width;
    for (let c = 0; c < width; c++) out[to + c]! += g[from + c]!;
  }
}

/** How `x [outer, size, inner]` and `index [outer, picks, inner]` lie, for gather and scatterAdd. */
export interface Lanes {
  readonly outer: number;
  readonly size: number;
  readonly picks: number;
  readonly inner: number;
}

export function gatherInto(
  op: string,
  x: TypedArray,
  lanes: Lanes,
  index: TypedArray,
  out: TypedArray,
): void {
  eachPick(op, lanes, index, (at, from) => {
    out[at] = x[from]!;
  });
}

export function scatterAddInto(
  g: TypedArray,
  lanes: Lanes,
  index: TypedArray,
  out: TypedArray,
): void {
  eachPick("scatterAdd", lanes, index, (at, to) => {
    out[to]! += g[at]!;
  });
}

function eachPick(
  op: string,
  { outer, size, picks, inner }: Lanes,
  index: TypedArray,
  visit: (at: number, there: number) => void,
): void {
  for (let o = 0; o < outer; o++)
    for (let p = 0; p < picks; p++)
      for (let i = 0; i < inner; i++) {
        const at = (o * picks + p) * inner + i;
        visit(at, (o * size + resolveIndex(op, index[at]!, size, at)) * inner + i);
      }
}
