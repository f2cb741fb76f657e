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
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const base = o * length * inner + i;
      let best = 0;
      let extreme = values[base]!;
      for (let r = 1; r < length && !Number.isNaN(extreme); r++) {
        const value = values[base + r * inner]!;
        if (Number.isNaN(value) || (largest ? value > extreme : value < extreme)) {
          best = r;
          extreme = value;
        }
      }
      out[o * inner + i] = best;
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
