/**
 * Singular values: rows are turned in pairs until all are orthogonal (Hestenes, 1958), starting from
 * the eigenvectors of the rows' products, which are nearly there: the turns then restore the
 * accuracy that squaring lost. In double precision; index reads are in bounds by the sizes.
 */
import { exponentOf, hypot, scaled } from "../../elementary/index.ts";
import { eigenOf, negate, pointsBack, turnRows } from "./eigen.ts";
import { attend } from "../wasm/threads/attend.ts";

export interface Singular {
  /** Descending. */
  readonly values: Float64Array;
  /** `[k, m]`, a unit vector in each row: the left ones, columns of the U in A = U S Vᵀ. */
  readonly left: Float64Array;
  /** `[k, n]`, the right ones. */
  readonly right: Float64Array;
}

/** Of `a [m, n]`, k = min(m, n). */
export function singularOf(a: Float64Array, m: number, n: number): Singular {
  const size = a.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  // Scaled, so that squares neither overflow nor vanish.
  const scale = size > 0 ? scaled(1, -exponentOf(size)) : 1;
  const isTall = m >= n;
  const [k, length] = isTall ? [n, m] : [m, n];
  const rows = new Float64Array(k * length);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < length; j++)
      rows[i * length + j] = scale * (isTall ? a[j * n + i]! : a[i * n + j]!);

  const turns = eigenOf(products(rows, k, length), k).vectors;
  const turned = times(turns, rows, k, length);
  makeOrthogonal(turned, length, turns, k);

  const sizes = Float64Array.from({ length: k }, (_, i) => sizeOf(turned, i, length));
  const order = Array.from(sizes.keys()).sort((i, j) => sizes[j]! - sizes[i]!);
  const long = new Float64Array(k * length);
  const short = new Float64Array(k * k);
  const least = Math.max(m, n) * Number.EPSILON * (sizes[order[0] ?? 0] ?? 0);
  order.forEach((from, to) => {
    short.set(turns.subarray(from * k, from * k + k), to * k);
    if (sizes[from]! <= least) complete(long, to, length);
    else
      for (let j = 0; j < length; j++)
        long[to * length + j] = turned[from * length + j]! / sizes[from]!;
  });
  const [left, right] = isTall ? [long, short] : [short, long];
  for (let i = 0; i < k; i++)
    if (pointsBack(right, i * n, n)) {
      negate(right, i * n, n);
      negate(left, i * m, m);
    }
  return { values: Float64Array.from(order, (i) => sizes[i]! / scale), left, right };
}

/** Turns every pair of rows to a right angle, and `turns` alike, until none is left to turn. */
function makeOrthogonal(rows: Float64Array, length: number, turns: Float64Array, k: number): void {
  const slack = Math.max(10, Math.sqrt(length)) * Number.EPSILON;
  for (let sweep = 0; sweep < 40; sweep++) {
    const squares = Float64Array.from({ length: k }, (_, i) => dot(rows, i, i, length));
    // Rows of rounding errors alone have no direction to keep.
    const least =
      squares.reduce((a, b) => Math.max(a, b), 0) *
      (length * Number.EPSILON) *
      (length * Number.EPSILON);
    let isDone = true;
    for (let i = 0; i < k; i++) {
      attend();
      for (let j = i + 1; j < k; j++) {
        const [a, b] = [squares[i]!, squares[j]!];
        if (a <= least || b <= least) continue;
        const both = dot(rows, i, j, length);
        if (Math.abs(both) <= slack * Math.sqrt(a * b)) continue;
        isDone = false;
        const slope = (b - a) / (2 * both);
        const t = (slope < 0 ? -1 : 1) / (Math.abs(slope) + hypot(1, slope));
        const c = 1 / hypot(1, t);
        turnRows(rows, length, i, j, c, -c * t);
        turnRows(turns, k, i, j, c, -c * t);
        squares[i] = a - t * both;
        squares[j] = b + t * both;
      }
    }
    if (isDone) return;
  }
  throw new Error("internal: svd: the turns did not converge");
}

/** Writes to row `at` a unit vector at right angles to all rows before it. */
function complete(rows: Float64Array, at: number, length: number): void {
  const row = rows.subarray(at * length, at * length + length);
  for (let axis = 0; axis < length; axis++) {
    row.fill(0);
    row[axis] = 1;
    // Twice: what the first subtraction leaves by rounding, the second takes away.
    for (const _ of [1, 2])
      for (let i = 0; i < at; i++) {
        const along = dot(rows, i, at, length);
        for (let j = 0; j < length; j++) row[j]! -= along * rows[i * length + j]!;
      }
    const size = sizeOf(rows, at, length);
    // Among all axes the mean square left is (length - at) / length; half of that is enough.
    if (size * size * 2 * length < length - at) continue;
    for (let j = 0; j < length; j++) row[j]! /= size;
    return;
  }
}

/** `rows rowsᵀ [k, k]` */
function products(rows: Float64Array, k: number, length: number): Float64Array {
  const out = new Float64Array(k * k);
  for (let i = 0; i < k; i++)
    for (let j = i; j < k; j++) {
      const value = dot(rows, i, j, length);
      out[i * k + j] = value;
      out[j * k + i] = value;
    }
  return out;
}

/** `turns [k, k] x rows [k, length]` */
function times(turns: Float64Array, rows: Float64Array, k: number, length: number): Float64Array {
  const out = new Float64Array(k * length);
  for (let i = 0; i < k; i++)
    for (let p = 0; p < k; p++) {
      const factor = turns[i * k + p]!;
      for (let j = 0; j < length; j++) out[i * length + j]! += factor * rows[p * length + j]!;
    }
  return out;
}

function dot(rows: Float64Array, i: number, j: number, length: number): number {
  let sum = 0;
  const [a, b] = [i * length, j * length];
  for (let p = 0; p < length; p++) sum += rows[a + p]! * rows[b + p]!;
  return sum;
}

const sizeOf = (rows: Float64Array, i: number, length: number): number =>
  Math.sqrt(dot(rows, i, i, length));
