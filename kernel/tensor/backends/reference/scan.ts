/**
 * Running sums, running products and linear recurrences over dense values seen as
 * `[outer, length, inner]`, along the middle. Floats are kept in double precision on the way and
 * rounded where they are written. Index reads are in bounds by those sizes.
 */
import type { ScanKernel, ScanOrder } from "../../backend.ts";
import type { TypedArray } from "../../dtype.ts";
import type { Fold } from "./reduce.ts";

export function scanInto(
  kernel: ScanKernel,
  isFloat: boolean,
  values: TypedArray,
  { outer, length, inner }: Fold,
  { reverse, exclusive }: ScanOrder,
  out: TypedArray,
): void {
  if (inner === 1 && isFloat) {
    const lane = kernel === "sum" ? sumLane : productLane;
    for (let o = 0; o < outer; o++) {
      const first = o * length;
      if (reverse) lane(values, first + length - 1, -1, length, exclusive, out);
      else lane(values, first, 1, length, exclusive, out);
    }
    return;
  }
  const total = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    total.fill(kernel === "sum" ? 0 : 1);
    for (let r = 0; r < length; r++) {
      const row = (o * length + (reverse ? length - 1 - r : r)) * inner;
      if (exclusive) out.set(total, row);
      advance(kernel, isFloat, values, row, total);
      if (!exclusive) out.set(total, row);
    }
  }
}

/** Of `length` elements from `at` on in steps of 1 or -1. */
function sumLane(
  values: TypedArray,
  at: number,
  step: number,
  length: number,
  exclusive: boolean,
  out: TypedArray,
): void {
  let total = 0;
  for (let r = 0; r < length; r++) {
    const before = total;
    total += values[at]!;
    out[at] = exclusive ? before : total;
    at += step;
  }
}

function productLane(
  values: TypedArray,
  at: number,
  step: number,
  length: number,
  exclusive: boolean,
  out: TypedArray,
): void {
  let total = 1;
  for (let r = 0; r < length; r++) {
    const before = total;
    total *= values[at]!;
    out[at] = exclusive ? before : total;
    at += step;
  }
}

function advance(
  kernel: ScanKernel,
  isFloat: boolean,
  values: TypedArray,
  row: number,
  total: Float64Array,
): void {
  const inner = total.length;
  if (kernel === "sum") for (let i = 0; i < inner; i++) total[i]! += values[row + i]!;
  else if (isFloat) for (let i = 0; i < inner; i++) total[i]! *= values[row + i]!;
  else for (let i = 0; i < inner; i++) total[i] = Math.imul(total[i]!, values[row + i]!);
}

/** `h[i] = b[i] + a[i] h[i - 1]`, or in reverse `h[i] = b[i] + a[i + 1] h[i + 1]`. */
export function recurInto(
  a: TypedArray,
  b: TypedArray,
  { outer, length, inner }: Fold,
  reverse: boolean,
  out: TypedArray,
): void {
  const state = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    state.fill(0);
    for (let r = 0; r < length; r++) {
      const row = (o * length + (reverse ? length - 1 - r : r)) * inner;
      // The factor that lies between an element and the one before it in order.
      const link = reverse ? row + inner : row;
      for (let i = 0; i < inner; i++) {
        const carried = r === 0 ? 0 : a[link + i]! * state[i]!;
        state[i] = b[row + i]! + carried;
        out[row + i] = state[i]!;
      }
    }
  }
}
