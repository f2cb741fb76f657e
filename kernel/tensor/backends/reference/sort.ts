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

/**
 * Writes, for each lane of `x [outer, length, inner]`, the first `count` of the order that sorts it:
 * `out [outer, count, inner]`.
 */
export function argsortInto(
  x: TypedArray,
  fold: Fold,
  descending: boolean,
  count: number,
  out: TypedArray,
): void {
  if (count === 0) return;
  const { outer, length, inner } = fold;
  const isFew = 4 * count <= length;
  const room = isFew ? 2 * count : length;
  const runs: readonly [Run, Run] = [emptyRun(room), emptyRun(room)];
  const lane = new Float64Array(isFew ? 0 : length);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const base = o * length * inner + i;
      const sorted = isFew
        ? firstOf(x, base, inner, length, descending, count, runs)
        : allOf(x, base, inner, descending, lane, runs);
      const first = o * count * inner + i;
      for (let r = 0; r < count; r++) out[first + r * inner] = sorted[r]!;
    }
}

/** All of a lane's order. */
function allOf(
  x: TypedArray,
  base: number,
  step: number,
  descending: boolean,
  lane: Float64Array,
  runs: readonly [Run, Run],
): Int32Array {
  const { length } = lane;
  for (let r = 0; r < length; r++) lane[r] = x[base + r * step]!;
  const count = setNaNsApart(lane, descending, runs[0]);
  const nans = runs[0].order.slice(count);
  const numbers = mergeSort(runs, count).order;
  // The numbers of NaNs come after the sorted ones, or before them when descending.
  if (descending) numbers.copyWithin(length - count, 0, count);
  numbers.set(nans, descending ? 0 : count);
  return numbers;
}

/** The first `count` of a lane's order. */
function firstOf(
  x: TypedArray,
  base: number,
  step: number,
  length: number,
  descending: boolean,
  count: number,
  runs: readonly [Run, Run],
): Int32Array {
  const sign = descending ? -1 : 1;
  const nans: number[] = [];
  const first = new First(count, runs);
  // Nothing is beyond a limit that is NaN; an equal one that comes later is not among the first.
  let limit = Number.NaN;
  for (let r = 0, at = base; r < length; r++, at += step) {
    const key = sign * x[at]!;
    if (key >= limit) continue;
    if (!Number.isNaN(key)) limit = first.take(key, r);
    else if (nans.length < count) nans.push(r);
  }
  const numbers = first.sorted();
  return Int32Array.from(descending ? [...nans, ...numbers] : [...numbers, ...nans]);
}

/** So few are kept in order one by one. */
const FEW = 16;

/**
 * The first of many numbers in order. More than a few wait till the runs are full, and are then sorted, of
 * which half remain.
 */
class First {
  readonly #count: number;
  #run: Run;
  #other: Run;
  #found = 0;
  #limit = Number.NaN;

  constructor(count: number, [run, other]: readonly [Run, Run]) {
    this.#count = count;
    this.#run = run;
    this.#other = other;
  }

  /** Keeps a number that is not beyond the limit, which is returned: NaN while there is none. */
  take(key: number, place: number): number {
    const { keys, order } = this.#run;
    const isFull = this.#found === this.#count;
    let at = this.#found;
    if (this.#count <= FEW) {
      if (isFull) at--;
      else this.#found++;
      for (; at > 0 && keys[at - 1]! > key; at--) {
        keys[at] = keys[at - 1]!;
        order[at] = order[at - 1]!;
      }
    } else this.#found++;
    keys[at] = key;
    order[at] = place;
    if (this.#found === keys.length) this.#sort();
    return this.#found === this.#count && this.#count <= FEW ? keys[this.#count - 1]! : this.#limit;
  }

  #sort(): void {
    const sorted = mergeSort([this.#run, this.#other], this.#found);
    if (sorted !== this.#run) [this.#run, this.#other] = [this.#other, this.#run];
    if (this.#found < this.#count) return;
    this.#found = this.#count;
    this.#limit = sorted.keys[this.#count - 1]!;
  }

  /** The places of the first numbers, as many as there are. */
  sorted(): Int32Array {
    if (this.#count > FEW) this.#sort();
    return this.#run.order.subarray(0, this.#found);
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
