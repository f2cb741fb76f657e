/**
 * Square systems by elimination, in double precision whatever comes in. Matrices are row-major;
 * index reads are in bounds by their sizes.
 */
import { exponentOf, scaled } from "../../elementary/index.ts";
import { attend } from "../wasm/threads/attend.ts";

/** P A = L U in one array: U on and above the diagonal, L below it. */
export interface Elimination {
  readonly n: number;
  readonly values: Float64Array;
  /** Row i of the result is row `order[i]` of the matrix. */
  readonly order: Int32Array;
  /** What each row of the matrix was multiplied by: powers of 2, which round nothing. */
  readonly scale: Float64Array;
  /** 1 or -1: whether rows were exchanged an even or an odd number of times. */
  readonly sign: number;
  /** The first pivot that is 0 but for rounding, or -1. */
  readonly singular: number;
}

/** Eliminates in place, rows scaled to like sizes, each time with the largest pivot left. */
export function eliminate(values: Float64Array, n: number): Elimination {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const scale = scaleRows(values, n);
  const sizes = columnSizes(values, n);
  let sign = 1;
  let singular = -1;
  for (let k = 0; k < n; k++) {
    attend();
    let best = k;
    for (let i = k + 1; i < n; i++)
      if (Math.abs(values[i * n + k]!) > Math.abs(values[best * n + k]!)) best = i;
    if (best !== k) {
      swapRows(values, n, k, best);
      [order[k], order[best]] = [order[best]!, order[k]!];
      sign = -sign;
    }
    const pivot = values[k * n + k]!;
    if (Math.abs(pivot) <= n * Number.EPSILON * sizes[k]!) {
      if (singular < 0) singular = k;
      continue;
    }
    for (let i = k + 1; i < n; i++) {
      const factor = values[i * n + k]! / pivot;
      values[i * n + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) values[i * n + j]! -= factor * values[k * n + j]!;
    }
  }
  return { n, values, order, scale, sign, singular };
}

/** Solves A x = b for `columns` right sides at once: `b [n, columns]`, `x` as large. */
export function substitute(
  { n, values, order, scale }: Elimination,
  b: Float64Array,
  columns: number,
  x: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    const from = order[i]! * columns;
    for (let c = 0; c < columns; c++) x[i * columns + c] = b[from + c]! * scale[order[i]!]!;
  }
  for (let i = 0; i < n; i++)
    for (let k = 0; k < i; k++) subtractRow(x, columns, i, k, values[i * n + k]!);
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) subtractRow(x, columns, i, k, values[i * n + k]!);
    const pivot = values[i * n + i]!;
    for (let c = 0; c < columns; c++) x[i * columns + c]! /= pivot;
  }
}

/** The product of the pivots, the scaling undone; 0 for a singular matrix. */
export function pivotProduct({ n, values, scale, sign, singular }: Elimination): number {
  if (singular >= 0) return 0;
  let product = sign;
  for (let i = 0; i < n; i++) product *= values[i * n + i]! / scale[i]!;
  return product;
}

/**
 * Lower L with L Lᵀ = A, in place of A, zeros above.
 * @returns the first pivot that is not positive, or -1.
 */
export function choleskyInto(values: Float64Array, n: number): number {
  for (let j = 0; j < n; j++) {
    attend();
    for (let i = j; i < n; i++) {
      let sum = values[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= values[i * n + k]! * values[j * n + k]!;
      values[i * n + j] = sum;
    }
    const pivot = values[j * n + j]!;
    if (!(pivot > 0)) return j;
    const root = Math.sqrt(pivot);
    for (let i = j; i < n; i++) values[i * n + j]! /= root;
    for (let i = 0; i < j; i++) values[i * n + j] = 0;
  }
  return -1;
}

function scaleRows(values: Float64Array, n: number): Float64Array {
  const scale = new Float64Array(n).fill(1);
  for (let i = 0; i < n; i++) {
    let size = 0;
    for (let j = 0; j < n; j++) size = Math.max(size, Math.abs(values[i * n + j]!));
    if (size === 0 || !Number.isFinite(size)) continue;
    scale[i] = scaled(1, -exponentOf(size));
    for (let j = 0; j < n; j++) values[i * n + j]! *= scale[i]!;
  }
  return scale;
}

function columnSizes(values: Float64Array, n: number): Float64Array {
  const sizes = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) sizes[j] = Math.max(sizes[j]!, Math.abs(values[i * n + j]!));
  return sizes;
}

function swapRows(values: Float64Array, n: number, a: number, b: number): void {
  for (let j = 0; j < n; j++) {
    const kept = values[a * n + j]!;
    values[a * n + j] = values[b * n + j]!;
    values[b * n + j] = kept;
  }
}

/** Row i minus `factor` times row k. */
function subtractRow(x: Float64Array, columns: number, i: number, k: number, factor: number): void {
  if (factor === 0) return;
  for (let c = 0; c < columns; c++) x[i * columns + c]! -= factor * x[k * columns + c]!;
}
