/**
 * Small dense matrices, row by row: eigenvectors, orthonormal rows, the nearest rotation.
 * Every `!` below indexes within a size that the array was made with.
 */

/** Eigenvalues, largest first, and eigenvectors (rows) of a symmetric matrix, by Jacobi rotations. */
export function jacobi(
  symmetric: Float64Array,
  size: number,
): { readonly values: Float64Array<ArrayBuffer>; readonly vectors: Float64Array } {
  const a = symmetric.slice();
  const v = new Float64Array(size * size);
  for (let k = 0; k < size; k++) v[k * size + k] = 1;
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) off += a[p * size + q]! ** 2;
    if (off <= scale * 1e-28) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const order = Array.from({ length: size }, (_, k) => k);
  order.sort((i, j) => a[j * size + j]! - a[i * size + i]!);
  const values = Float64Array.from(order, (k) => a[k * size + k]!);
  const vectors = new Float64Array(size * size);
  order.forEach((k, rank) => vectors.set(v.subarray(k * size, (k + 1) * size), rank * size));
  return { values, vectors };
}

/** Makes the entry at (p, q) zero. tan(2θ) = 2 a_pq / (a_qq - a_pp), the smaller angle. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q]!;
  if (apq === 0) return;
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const turn = (m: Float64Array, first: number, second: number) => {
    const x = m[first]!;
    const y = m[second]!;
    m[first] = c * x - s * y;
    m[second] = s * x + c * y;
  };
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k);
  for (let k = 0; k < size; k++) turn(v, p * size + k, q * size + k);
}

/** The orthogonal factor of the polar decomposition: M (MᵀM)^(-1/2), null directions completed. */
export function nearestRotation(matrix: Float64Array, size: number): Float64Array {
  const gram = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      for (let k = 0; k < size; k++)
        gram[a * size + b]! += matrix[k * size + a]! * matrix[k * size + b]!;
    }
  }
  const { vectors } = jacobi(gram, size);
  // M v, made orthonormal from the widest on, is the left singular basis for each right one.
  const left = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++)
        left[k * size + a]! += matrix[a * size + b]! * vectors[k * size + b]!;
    }
  }
  orthonormalize(left, size, size);
  const turn = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++)
        turn[a * size + b]! += left[k * size + a]! * vectors[k * size + b]!;
    }
  }
  return turn;
}

/** Modified Gram-Schmidt, twice; a row that vanishes becomes the first axis that is still free. */
export function orthonormalize(basis: Float64Array, width: number, columns: number): void {
  for (let k = 0; k < width; k++) {
    const row = basis.subarray(k * columns, (k + 1) * columns);
    let length = strip(row, basis, k, columns);
    for (let axis = 0; axis < columns && length < 1e-12; axis++) {
      row.fill(0);
      row[axis] = 1;
      length = strip(row, basis, k, columns);
      if (length < 0.1 && axis < columns - 1) length = 0;
    }
    for (let j = 0; j < columns; j++) row[j]! /= length;
  }
}

/** Takes the first `k` rows off `row`. Returns what length is left, 0 if that is only rounding. */
function strip(row: Float64Array, basis: Float64Array, k: number, columns: number): number {
  const start = Math.hypot(...row);
  for (let pass = 0; pass < 2; pass++) {
    for (let earlier = 0; earlier < k; earlier++) {
      let along = 0;
      for (let j = 0; j < columns; j++) along += row[j]! * basis[earlier * columns + j]!;
      for (let j = 0; j < columns; j++) row[j]! -= along * basis[earlier * columns + j]!;
    }
  }
  const left = Math.hypot(...row);
  return left <= start * 1e-12 ? 0 : left;
}
