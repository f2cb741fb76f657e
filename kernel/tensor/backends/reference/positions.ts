/** Where in each row of dense values, seen as `[outer, length, inner]`, an element is found. */
import type { TypedArray } from "../../dtype.ts";
import type { Fold } from "./reduce.ts";

/** Writes the index of the first largest (or smallest) value of each row; NaN counts as the extreme. */
export function argReduceInto(
  values: TypedArray,
  { outer, length, inner }: Fold,
  largest: boolean,
  out: TypedArray,
): void {
  if (inner === 1) {
    const placeIn = largest ? largestIn : smallestIn;
    for (let o = 0; o < outer; o++) out[o] = placeIn(values, o * length, length);
    return;
  }
  for (let o = 0; o < outer; o++) {
    const first = o * length * inner;
    const extremes = values.slice(first, first + inner);
    const places = out.subarray(o * inner, (o + 1) * inner).fill(0);
    for (let r = 1; r < length; r++)
      comparedRow(values, first + r * inner, r, largest, extremes, places);
  }
}

// One comparison an element, which fails for NaN too: it is found where it is not equal to itself.

function largestIn(values: TypedArray, base: number, length: number): number {
  let extreme = values[base]!;
  let place = 0;
  for (let r = 1; r < length; r++) {
    const value = values[base + r]!;
    if (value <= extreme) continue;
    // Nothing is beyond a NaN.
    if (extreme !== extreme) break;
    extreme = value;
    place = r;
  }
  return place;
}

function smallestIn(values: TypedArray, base: number, length: number): number {
  let extreme = values[base]!;
  let place = 0;
  for (let r = 1; r < length; r++) {
    const value = values[base + r]!;
    if (value >= extreme) continue;
    // Nothing is beyond a NaN.
    if (extreme !== extreme) break;
    extreme = value;
    place = r;
  }
  return place;
}

/** Takes row `r`, whose elements are from `start` on, into the `extremes` so far and their `places`. */
function comparedRow(
  values: TypedArray,
  start: number,
  r: number,
  largest: boolean,
  extremes: TypedArray,
  places: TypedArray,
): void {
  const take = (i: number, value: number) => {
    // Nothing is beyond a NaN.
    if (extremes[i] !== extremes[i]) return;
    extremes[i] = value;
    places[i] = r;
  };
  const { length } = extremes;
  if (largest)
    for (let i = 0; i < length; i++) {
      const value = values[start + i]!;
      if (!(value <= extremes[i]!)) take(i, value);
    }
  else
    for (let i = 0; i < length; i++) {
      const value = values[start + i]!;
      if (!(value >= extremes[i]!)) take(i, value);
    }
}

/**
 * Writes the index of the median of each row: the first element with the value that half of the
 * others, rounded down, come before. NaN counts as the median.
 */
export function argMedianInto(
  values: TypedArray,
  { outer, length, inner }: Fold,
  out: TypedArray,
): void {
  const row = new Float64Array(length);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const base = o * length * inner + i;
      for (let r = 0; r < length; r++) row[r] = values[base + r * inner]!;
      let found = row.findIndex(Number.isNaN);
      if (found < 0) {
        // A typed array is sorted by number.
        const middle = row.toSorted()[(length - 1) >> 1];
        found = row.findIndex((value) => value === middle);
      }
      out[o * inner + i] = found;
    }
}
