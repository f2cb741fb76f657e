/**
 * Principal components: the few directions in which rows of numbers differ most. Starts from the
 * last frame's answer, so that a matrix in training costs little and its picture does not jump.
 * Method: subspace iteration with Rayleigh-Ritz steps, and Jacobi rotations for the small part.
 * Every `!` below indexes within a size that the array was made with.
 */
import type { Matrix } from "./columns.ts";
import { jacobi, nearestRotation, orthonormalize } from "./eigen.ts";
import { gram, toRows } from "./layouts/products.ts";

/** Directions as rows of `count` unit vectors, the widest first. */
export interface Components {
  readonly count: number;
  readonly columns: number;
  readonly data: Float64Array;
  /** Variance along each. */
  readonly variances: readonly number[];
}

/** Extra directions that are carried along because they speed up the wanted ones. */
const SPARE = 12;
/** Enough to settle from nothing, and from the frame before. */
const FIRST_SWEEPS = 60;
const NEXT_SWEEPS = 8;
/** Up to this many columns their covariance is worked out once instead of in every sweep. */
const MOST_COVARIANCE = 256;
/** And up to this many by the engine. */
const MOST_ENGINE = 1024;
const TOLERANCE = 1e-9;

/** Means of the columns are taken off first: directions are about differences. */
export function centered({ rows, columns, data }: Matrix): Matrix {
  const means = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) means[i % columns]! += data[i]! / rows; // i is in range
  return { rows, columns, data: data.map((value, i) => value - means[i % columns]!) };
}

/**
 * The `count` main directions of a centred matrix. `start` is an earlier answer for a matrix of the
 * same width. A direction without variance is still a unit vector.
 */
export function components(matrix: Matrix, count: number, start: Components | null): Components {
  const { columns } = matrix;
  const width = Math.min(columns, count + SPARE);
  let basis = startBasis(width, columns, start);
  let variances = new Float64Array(width);
  const times = covarianceOf(matrix);
  const sweeps = start === null ? FIRST_SWEEPS : NEXT_SWEEPS;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const before = variances;
    const image = times(basis, width);
    // Inside the subspace the answer is exact; if the subspace is everything, so is the whole.
    const small = products(basis, image, width, columns);
    const { values, vectors } = jacobi(small, width);
    variances = values;
    const settled = width === columns || change(before, values, count) <= TOLERANCE;
    basis = combine(vectors, settled ? basis : image, width, columns);
    orthonormalize(basis, width, columns);
    if (settled) break;
  }
  orient(basis, count, columns);
  return { count: width, columns, data: basis, variances: [...variances] };
}

/** Coordinates of each row along the first `dims` directions: `[rows, dims]`. */
export function project(matrix: Matrix, along: Components, dims: number): Matrix {
  const { rows, columns, data } = matrix;
  const out = new Float64Array(rows * dims);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < dims; k++) {
      let sum = 0;
      for (let j = 0; j < columns; j++)
        sum += data[i * columns + j]! * along.data[k * columns + j]!;
      out[i * dims + k] = sum;
    }
  }
  return { rows, columns: dims, data: out };
}

/**
 * `points` turned (and mirrored if need be) to lie as near as possible to `before`, both centred:
 * the orthogonal Procrustes problem. Distances stay as they are.
 */
export function aligned(points: Matrix, before: Matrix): Matrix {
  const dims = points.columns;
  const cross = new Float64Array(dims * dims);
  for (let i = 0; i < points.rows; i++) {
    for (let a = 0; a < dims; a++) {
      for (let b = 0; b < dims; b++) {
        cross[a * dims + b]! += points.data[i * dims + a]! * before.data[i * dims + b]!;
      }
    }
  }
  const turn = nearestRotation(cross, dims);
  const out = new Float64Array(points.data.length);
  for (let i = 0; i < points.rows; i++) {
    for (let b = 0; b < dims; b++) {
      let sum = 0;
      for (let a = 0; a < dims; a++) sum += points.data[i * dims + a]! * turn[a * dims + b]!;
      out[i * dims + b] = sum;
    }
  }
  return { rows: points.rows, columns: dims, data: out };
}

/** The earlier directions, and fixed, spread-out ones where there are none. */
function startBasis(width: number, columns: number, start: Components | null): Float64Array {
  const basis = new Float64Array(width * columns);
  if (start !== null && start.columns === columns && start.count === width) basis.set(start.data);
  else {
    for (let k = 0; k < width; k++) {
      for (let j = 0; j < columns; j++) {
        basis[k * columns + j] =
          width === columns ? Number(j === k) : Math.cos(1 + 1.7 * j * (k + 1));
      }
    }
  }
  orthonormalize(basis, width, columns);
  return basis;
}

/** Multiplies rows of a basis by XᵀX / rows, in the way that costs less. */
function covarianceOf(matrix: Matrix): (basis: Float64Array, width: number) => Float64Array {
  const { rows, columns, data } = matrix;
  if (columns > MOST_ENGINE || rows < columns) {
    return (basis, width) => covarianceTimes(matrix, basis, width);
  }
  if (columns > MOST_COVARIANCE) {
    // f32 is enough for a picture, and the engine is ten times as fast.
    const all = toRows(rows, columns, data);
    const squares = Float64Array.from(gram(all), (value) => value / rows);
    all.view.storage.release();
    return (basis, width) => combine(basis, squares, width, columns);
  }
  const covariance = new Float64Array(columns * columns);
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < columns; a++) {
      const weight = data[i * columns + a]! / rows;
      const at = a * columns;
      for (let b = 0; b <= a; b++) covariance[at + b]! += weight * data[i * columns + b]!;
    }
  }
  for (let a = 0; a < columns; a++) {
    for (let b = 0; b < a; b++) covariance[b * columns + a] = covariance[a * columns + b]!;
  }
  return (basis, width) => combine(basis, covariance, width, columns);
}

/** Rows of `basis` times XᵀX / rows, without ever making XᵀX: O(rows * columns * width). */
function covarianceTimes(matrix: Matrix, basis: Float64Array, width: number): Float64Array {
  const { rows, columns, data } = matrix;
  const out = new Float64Array(width * columns);
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    for (let k = 0; k < width; k++) {
      const at = k * columns;
      let along = 0;
      for (let j = 0; j < columns; j++) along += data[row + j]! * basis[at + j]!;
      along /= rows;
      for (let j = 0; j < columns; j++) out[at + j]! += along * data[row + j]!;
    }
  }
  return out;
}

function products(left: Float64Array, right: Float64Array, width: number, columns: number) {
  const out = new Float64Array(width * width);
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += left[a * columns + j]! * right[b * columns + j]!;
      out[a * width + b] = sum;
      out[b * width + a] = sum;
    }
  }
  return out;
}

/** Sums of the rows of `basis`, weighted by each row of `by`: `[width, n] x [n, columns]`. */
function combine(by: Float64Array, basis: Float64Array, width: number, columns: number) {
  const out = new Float64Array(width * columns);
  const inner = by.length / width;
  for (let a = 0; a < width; a++) {
    for (let k = 0; k < inner; k++) {
      const weight = by[a * inner + k]!;
      for (let j = 0; j < columns; j++) out[a * columns + j]! += weight * basis[k * columns + j]!;
    }
  }
  return out;
}

/** Largest relative change among the first `count` values. */
function change(before: Float64Array, now: Float64Array, count: number): number {
  const scale = Math.max(now[0]!, Number.MIN_VALUE);
  let most = 0;
  for (let k = 0; k < Math.min(count, now.length); k++) {
    most = Math.max(most, Math.abs(now[k]! - before[k]!) / scale);
  }
  return most;
}

/** Each direction's largest entry is made positive: the same data gives the same picture. */
function orient(basis: Float64Array, count: number, columns: number): void {
  for (let k = 0; k < Math.min(count, basis.length / columns); k++) {
    const row = basis.subarray(k * columns, (k + 1) * columns);
    const largest = row.reduce(
      (best, value) => (Math.abs(value) > Math.abs(best) + 1e-9 ? value : best),
      0,
    );
    if (largest < 0) for (let j = 0; j < columns; j++) row[j]! *= -1;
  }
}
