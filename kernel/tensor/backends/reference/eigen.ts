/**
 * Eigenvalues and -vectors of symmetric matrices: Householder reflections to three diagonals, then
 * implicitly shifted QR steps (Golub and Van Loan, "Matrix Computations", 8.3). Row-major, in double
 * precision; index reads are in bounds by the sizes.
 */
import { hypot } from "../../elementary/index.ts";
import { attend } from "../wasm/threads/attend.ts";

export interface Eigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** `[n, n]`, a vector in each row. */
  readonly vectors: Float64Array;
}

/** `a [n, n]` is overwritten. */
export function eigenOf(a: Float64Array, n: number): Eigen {
  const { diagonal, beside, basis } = tridiagonal(a, n);
  diagonalise(diagonal, beside, basis, n);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i]! - diagonal[j]!);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => vectors.set(basis.subarray(from * n, from * n + n), to * n));
  for (let i = 0; i < n; i++) if (pointsBack(vectors, i * n, n)) negate(vectors, i * n, n);
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

/**
 * A vector's sign is free. Ours is the one that makes its largest component positive, the first of
 * those that are equal but for rounding, so that every run and every device chooses alike.
 */
export function pointsBack(values: Float64Array, from: number, length: number): boolean {
  let largest = 0;
  for (let i = from; i < from + length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  for (let i = from; i < from + length; i++)
    if (Math.abs(values[i]!) >= largest * (1 - 1e-6)) return values[i]! < 0;
  return false;
}

export function negate(values: Float64Array, from: number, length: number): void {
  for (let i = from; i < from + length; i++) values[i] = -values[i]!;
}

/** Turns rows i and j of `[rows, width]`: i ← c i + s j, j ← c j - s i. */
export function turnRows(
  values: Float64Array,
  width: number,
  i: number,
  j: number,
  c: number,
  s: number,
): void {
  const [a, b] = [i * width, j * width];
  for (let k = 0; k < width; k++) {
    const [x, y] = [values[a + k]!, values[b + k]!];
    values[a + k] = c * x + s * y;
    values[b + k] = c * y - s * x;
  }
}

/** T = Q A Qᵀ with T zero but for its diagonal and the entries beside it; `basis` is Q. */
function tridiagonal(a: Float64Array, n: number) {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(Math.max(n - 1, 0));
  // Row k holds the vector of reflection k, whose entries up to k are 0.
  const mirrors = new Float64Array(n * n);
  const weights = new Float64Array(n);
  const push = new Float64Array(n);
  for (let k = 0; k + 1 < n; k++) {
    attend();
    diagonal[k] = a[k * n + k]!;
    const v = mirrors.subarray(k * n, k * n + n);
    let size = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[k * n + i]!;
      size = hypot(size, v[i]!);
    }
    const first = v[k + 1]!;
    const rest = k + 2 < n && v.subarray(k + 2).some((value) => value !== 0);
    if (!rest) {
      beside[k] = first;
      continue;
    }
    // Away from the vector itself, so that nothing cancels.
    beside[k] = first > 0 ? -size : size;
    v[k + 1] = first - beside[k]!;
    const weight = 1 / (size * (size + Math.abs(first)));
    weights[k] = weight;
    // A ← A - v wᵀ - w vᵀ with w = p - (weight/2)(pᵀv) v, p = weight A v
    let along = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += a[i * n + j]! * v[j]!;
      push[i] = weight * sum;
      along += push[i]! * v[i]!;
    }
    for (let i = k + 1; i < n; i++) push[i]! -= 0.5 * weight * along * v[i]!;
    for (let i = k + 1; i < n; i++) {
      const [vi, wi] = [v[i]!, push[i]!];
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= vi * push[j]! + wi * v[j]!;
    }
  }
  if (n > 0) diagonal[n - 1] = a[n * n - 1]!;
  return { diagonal, beside, basis: reflections(mirrors, weights, n) };
}

/** The product of the reflections I - weight v vᵀ, the last of them first. */
function reflections(mirrors: Float64Array, weights: Float64Array, n: number): Float64Array {
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  for (let k = n - 2; k >= 0; k--) {
    attend();
    const weight = weights[k]!;
    if (weight === 0) continue;
    const v = mirrors.subarray(k * n, k * n + n);
    // Rows and columns up to k are those of the identity still.
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += basis[i * n + j]! * v[j]!;
      for (let j = k + 1; j < n; j++) basis[i * n + j]! -= weight * sum * v[j]!;
    }
  }
  return basis;
}

/** Turns rows of `basis` until nothing is left beside the diagonal. */
function diagonalise(d: Float64Array, e: Float64Array, basis: Float64Array, n: number): void {
  let high = n - 1;
  let left = 60 * n;
  while (high > 0) {
    let low = high;
    while (
      low > 0 &&
      Math.abs(e[low - 1]!) > Number.EPSILON * (Math.abs(d[low - 1]!) + Math.abs(d[low]!))
    )
      low--;
    if (low > 0) e[low - 1] = 0;
    if (low === high) {
      high--;
      continue;
    }
    if (left-- === 0) throw new Error("internal: eigh: the steps did not converge");
    attend();
    chase(d, e, basis, n, low, high);
  }
}

/** One shifted step on the block low..high: a bulge is made at its top and chased out below. */
function chase(
  d: Float64Array,
  e: Float64Array,
  basis: Float64Array,
  n: number,
  low: number,
  high: number,
): void {
  // The shift is the eigenvalue of the last 2 x 2 block that is nearer to its last entry.
  const half = (d[high - 1]! - d[high]!) / 2;
  const corner = e[high - 1]!;
  const shift = d[high]! - (corner * corner) / (half + (half < 0 ? -1 : 1) * hypot(half, corner));
  let x = d[low]! - shift;
  let z = e[low]!;
  for (let k = low; k < high; k++) {
    const r = hypot(x, z);
    const [c, s] = r === 0 ? [1, 0] : [x / r, z / r];
    if (k > low) e[k - 1] = r;
    const [a, b, off] = [d[k]!, d[k + 1]!, e[k]!];
    d[k] = c * c * a + 2 * c * s * off + s * s * b;
    d[k + 1] = s * s * a - 2 * c * s * off + c * c * b;
    e[k] = c * s * (b - a) + (c * c - s * s) * off;
    turnRows(basis, n, k, k + 1, c, s);
    x = e[k]!;
    if (k + 1 < high) {
      z = s * e[k + 1]!;
      e[k + 1]! *= c;
    }
  }
}
