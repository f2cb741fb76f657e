/**
 * Reductions over dense values seen as `[outer, length, inner]`, the middle reduced. Sums are kept
 * in double precision and rounded once, at the end. Index reads are in bounds: `values` holds
 * `outer * length * inner` elements.
 */
import { exp, log, pow } from "../../elementary/index.ts";
import type { ReduceKernel } from "../../backend.ts";
import type { TypedArray } from "../../dtype.ts";

export interface Fold {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/**
 * Writes `outer * inner` results. With `length` 0: sum and norm give 0, prod 1, mean and var NaN,
 * logsumexp -Infinity, any 0 and all 1.
 */
export function reduceInto(
  kernel: ReduceKernel,
  values: TypedArray,
  fold: Fold,
  parameter: number,
  out: TypedArray,
): void {
  const total = new Float64Array(fold.inner);
  for (let o = 0; o < fold.outer; o++) {
    const base = o * fold.length * fold.inner;
    switch (kernel) {
      case "sum":
        sumRows(values, base, fold, total);
        break;
      case "mean":
        sumRows(values, base, fold, total);
        for (let i = 0; i < fold.inner; i++) total[i]! /= fold.length;
        break;
      case "prod":
        productRows(values, base, fold, total);
        break;
      case "any":
      case "all":
        truthRows(values, base, fold, kernel === "any", total);
        break;
      case "max":
      case "min":
        extremeRows(values, base, fold, kernel === "max", total);
        break;
      case "var":
      case "std":
        varianceRows(values, base, fold, parameter, total);
        if (kernel === "std") for (let i = 0; i < fold.inner; i++) total[i] = Math.sqrt(total[i]!);
        break;
      case "norm":
        normRows(values, base, fold, parameter, total);
        break;
      case "logsumexp":
        logSumExpRows(values, base, fold, total);
        break;
      default:
        kernel satisfies never;
    }
    out.set(total, o * fold.inner);
  }
}

function sumRows(values: TypedArray, base: number, { length, inner }: Fold, total: Float64Array) {
  if (inner === 1) {
    let sum = 0;
    for (let r = 0; r < length; r++) sum += values[base + r]!;
    total[0] = sum;
    return;
  }
  total.fill(0);
  for (let r = 0; r < length; r++) {
    const row = base + r * inner;
    for (let i = 0; i < inner; i++) total[i]! += values[row + i]!;
  }
}

function productRows(
  values: TypedArray,
  base: number,
  { length, inner }: Fold,
  total: Float64Array,
) {
  const isWhole = values instanceof Int32Array;
  if (inner === 1 && !isWhole) {
    let product = 1;
    for (let r = 0; r < length; r++) product *= values[base + r]!;
    total[0] = product;
    return;
  }
  total.fill(1);
  for (let r = 0; r < length; r++) {
    const row = base + r * inner;
    // A double would round what 32 bits wrap.
    if (isWhole) for (let i = 0; i < inner; i++) total[i] = Math.imul(total[i]!, values[row + i]!);
    else for (let i = 0; i < inner; i++) total[i]! *= values[row + i]!;
  }
}

/** Whether one is what is looked for: true for any, false for all. */
function truthRows(
  values: TypedArray,
  base: number,
  { length, inner }: Fold,
  wanted: boolean,
  total: Float64Array,
) {
  total.fill(wanted ? 0 : 1);
  const found = wanted ? 1 : 0;
  for (let r = 0; r < length; r++) {
    const row = base + r * inner;
    for (let i = 0; i < inner; i++) if (values[row + i] === found) total[i] = found;
  }
}

/** (Σ|x|ᵖ)^(1/p), and its limits: the largest |x| for p = ∞, the smallest for -∞, a count for 0. */
function normRows(
  values: TypedArray,
  base: number,
  { length, inner }: Fold,
  p: number,
  total: Float64Array,
) {
  total.fill(p === -Infinity ? Infinity : 0);
  for (let r = 0; r < length; r++) {
    const row = base + r * inner;
    for (let i = 0; i < inner; i++) {
      const size = Math.abs(values[row + i]!);
      if (p === 2) total[i]! += size * size;
      else if (p === 1) total[i]! += size;
      else if (p === 0) total[i]! += size === 0 ? 0 : 1;
      else if (p === Infinity) total[i] = Math.max(total[i]!, size);
      else if (p === -Infinity) total[i] = Math.min(total[i]!, size);
      else total[i]! += pow(size, p);
    }
  }
  if (p === 2) for (let i = 0; i < inner; i++) total[i] = Math.sqrt(total[i]!);
  else if (Number.isFinite(p) && p !== 0 && p !== 1)
    for (let i = 0; i < inner; i++) total[i] = pow(total[i]!, 1 / p);
}

function extremeRows(
  values: TypedArray,
  base: number,
  { length, inner }: Fold,
  largest: boolean,
  total: Float64Array,
) {
  // Comparisons, which cost less than Math.max. A NaN wins, as in PyTorch, and stays: nothing
  // is larger.
  total.fill(largest ? -Infinity : Infinity);
  if (inner === 1) {
    let best = total[0]!;
    for (let r = 0; r < length; r++) {
      const value = values[base + r]!;
      if ((largest ? value > best : value < best) || Number.isNaN(value)) best = value;
    }
    total[0] = best;
    return;
  }
  for (let r = 0; r < length; r++) {
    const row = base + r * inner;
    for (let i = 0; i < inner; i++) {
      const value = values[row + i]!;
      if ((largest ? value > total[i]! : value < total[i]!) || Number.isNaN(value))
        total[i] = value;
    }
  }
}

function varianceRows(
  values: TypedArray,
  base: number,
  fold: Fold,
  correction: number,
  total: Float64Array,
) {
  const { length, inner } = fold;
  const mean = new Float64Array(inner);
  sumRows(values, base, fold, mean);
  for (let i = 0; i < inner; i++) mean[i]! /= length;
  total.fill(0);
  for (let r = 0; r < length; r++) {
    const row = base + r * inner;
    for (let i = 0; i < inner; i++) {
      const distance = values[row + i]! - mean[i]!;
      total[i]! += distance * distance;
    }
  }
  for (let i = 0; i < inner; i++) total[i]! /= Math.max(length - correction, 0);
}

function logSumExpRows(values: TypedArray, base: number, fold: Fold, total: Float64Array) {
  const { length, inner } = fold;
  const peak = new Float64Array(inner);
  extremeRows(values, base, fold, true, peak);
  // A column of -Infinity has no finite peak to subtract; its sum is 0 and its log -Infinity.
  for (let i = 0; i < inner; i++)
    if (!Number.isFinite(peak[i]!)) peak[i] = peak[i]! > 0 ? peak[i]! : 0;
  total.fill(0);
  for (let r = 0; r < length; r++) {
    const row = base + r * inner;
    for (let i = 0; i < inner; i++) {
      const value = values[row + i]!;
      total[i]! += value === peak[i] ? 1 : exp(value - peak[i]!);
    }
  }
  for (let i = 0; i < inner; i++) total[i] = peak[i]! + log(total[i]!);
}
