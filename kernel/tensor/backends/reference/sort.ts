/**
 * Stable sorting by merging, from runs of one upwards; the keys move along with their numbers, so
 * that memory is read in order. NaN counts as larger than any number, as in PyTorch. Index reads
 * are in bounds: all arrays have one length.
 */
import type { TypedArray } from "../../dtype.ts";
import { attend } from "../wasm/threads/attend.ts";
import type { Fold } from "./reduce.ts";

/** So many elements are merged between two looks at whether the call is to end: some milliseconds. */
const LOOK_EVERY = 1 << 17;

/** Keys and where each was: what is sorted together. */
interface Run {
  readonly keys: Float64Array;
  readonly order: Int32Array;
}

const emptyRun = (length: number): Run => ({
  keys: new Float64Array(length),
  order: new Int32Array(length),
});

/** Writes, for each lane of `x [outer, length, inner]`, the order that sorts it. */
export function argsortInto(
  x: TypedArray,
  { outer, length, inner }: Fold,
  descending: boolean,
  out: TypedArray,
): void {
  const lane = new Float64Array(length);
  const runs: readonly [Run, Run] = [emptyRun(length), emptyRun(length)];
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const base = o * length * inner + i;
      for (let r = 0; r < length; r++) lane[r] = x[base + r * inner]!;
      const count = setNaNsApart(lane, descending, runs[0]);
      const { order } = mergeSort(runs, count);
      // The numbers of NaNs come after the sorted ones, or before them when descending.
      const nans = runs[0].order;
      for (let r = 0; r < length; r++) {
        const sorted = descending ? r - (length - count) : r;
        const isNumber = sorted >= 0 && sorted < count;
        const nan = descending ? count + r : r;
        out[base + r * inner] = isNumber ? order[sorted]! : nans[nan]!;
      }
    }
}

/**
 * Numbers go to the front of `run`, negated when the largest comes first (equal keys then still keep
 * their order); NaNs behind them. Returns how many numbers there are.
 */
function setNaNsApart(lane: Float64Array, descending: boolean, { keys, order }: Run): number {
  let count = 0;
  for (let r = 0; r < lane.length; r++) {
    const key = lane[r]!;
    if (Number.isNaN(key)) continue;
    keys[count] = descending ? -key : key;
    order[count++] = r;
  }
  let nan = count;
  for (let r = 0; r < lane.length; r++) if (Number.isNaN(lane[r]!)) order[nan++] = r;
  return count;
}

/** Sorts the first `count` keys of the first run; the result is in one of the two. */
function mergeSort([first, second]: readonly [Run, Run], count: number): Run {
  let [source, target] = [first, second];
  let merged = 0;
  for (let width = 1; width < count; width *= 2) {
    for (let low = 0; low < count; low += 2 * width) {
      const high = Math.min(low + 2 * width, count);
      merge(source, target, low, Math.min(low + width, count), high);
      merged += high - low;
      if (merged < LOOK_EVERY) continue;
      merged = 0;
      attend();
    }
    [source, target] = [target, source];
  }
  return source;
}

function merge(source: Run, target: Run, low: number, middle: number, high: number): void {
  const { keys, order } = source;
  let [a, b] = [low, middle];
  for (let at = low; at < high; at++) {
    // Equal elements come from the left run first: that is what makes the sort stable.
    const from = b >= high || (a < middle && keys[a]! <= keys[b]!) ? a++ : b++;
    target.keys[at] = keys[from]!;
    target.order[at] = order[from]!;
  }
}
