/**
 * Stable sorting of indices by merging, from runs of two upwards. NaN counts as larger than any
 * number, as in PyTorch. Index reads are in bounds: all arrays have one length.
 */
import type { TypedArray } from "../../dtype.ts";
import type { Fold } from "./reduce.ts";

/** Writes, for each lane of `x [outer, length, inner]`, the order that sorts it. */
export function argsortInto(
  x: TypedArray,
  { outer, length, inner }: Fold,
  descending: boolean,
  out: TypedArray,
): void {
  const lane = new Float64Array(length);
  const scratch = new Int32Array(length);
  const order = new Int32Array(length);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const base = o * length * inner + i;
      for (let r = 0; r < length; r++) lane[r] = x[base + r * inner]!;
      const [from, to] = setNaNsApart(lane, descending, order);
      const sorted = mergeSort(lane, order, scratch, from, to, descending);
      for (let r = 0; r < length; r++)
        out[base + r * inner] = r >= from && r < to ? sorted[r]! : order[r]!;
    }
}

/** Puts the numbers of NaNs last, first when descending, and says where the others lie. */
function setNaNsApart(
  lane: Float64Array,
  descending: boolean,
  order: Int32Array,
): readonly [from: number, to: number] {
  let count = 0;
  for (let r = 0; r < lane.length; r++) if (Number.isNaN(lane[r]!)) count++;
  const from = descending ? count : 0;
  let number = from;
  let nan = descending ? 0 : lane.length - count;
  for (let r = 0; r < lane.length; r++)
    if (Number.isNaN(lane[r]!)) order[nan++] = r;
    else order[number++] = r;
  return [from, from + lane.length - count];
}

/** Sorts `order[from..to]` by what it points to; the result is in one of the two arrays. */
function mergeSort(
  lane: Float64Array,
  order: Int32Array,
  scratch: Int32Array,
  from: number,
  to: number,
  descending: boolean,
): Int32Array {
  let source = order;
  let target = scratch;
  for (let width = 1; width < to - from; width *= 2) {
    for (let low = from; low < to; low += 2 * width) {
      const middle = Math.min(low + width, to);
      merge(lane, source, target, low, middle, Math.min(low + 2 * width, to), descending);
    }
    [source, target] = [target, source];
  }
  return source;
}

function merge(
  lane: Float64Array,
  source: Int32Array,
  target: Int32Array,
  low: number,
  middle: number,
  high: number,
  descending: boolean,
): void {
  let a = low;
  let b = middle;
  for (let at = low; at < high; at++) {
    // Equal elements come from the left run first: that is what makes the sort stable.
    const takesLeft =
      b >= high ||
      (a < middle &&
        (descending
          ? lane[source[a]!]! >= lane[source[b]!]!
          : lane[source[a]!]! <= lane[source[b]!]!));
    target[at] = takesLeft ? source[a++]! : source[b++]!;
  }
}
