/** Decompositions of batches of matrices: each is copied out in double precision, taken apart and rounded once. */
import type { Backend } from "../../backend.ts";
import { ShapeError } from "../../errors.ts";
import type { TypedArray } from "../../dtype.ts";
import { sizeAt, sizeOf } from "../../shape.ts";
import type { View } from "../../view.ts";
import { eigenOf } from "./eigen.ts";
import { dense, fresh } from "./host.ts";
import { singularOf } from "./singular.ts";
import { choleskyInto, eliminate, pivotProduct, substitute } from "./solving.ts";

/** Rows and columns of the matrices in `x`, how many there are, and each as a copy. */
function matricesOf(x: View) {
  const rank = x.shape.length;
  const [rows, columns] = [sizeAt(x.shape, rank - 2), sizeAt(x.shape, rank - 1)];
  const values = dense(x);
  const size = rows * columns;
  const take = (i: number) => Float64Array.from(values.subarray(i * size, i * size + size));
  return { rows, columns, count: sizeOf(x.shape.slice(0, -2)), take };
}

/** Which one of a batch, for messages. */
const nameOf = (i: number, count: number): string =>
  count === 1 ? "the matrix" : `matrix ${i} of ${count}`;

/**
 * The mean of each matrix and its transpose, which is the matrix where it is symmetric.
 * @throws ShapeError where it is not, or not finite.
 */
function symmetric(op: string, a: Float64Array, n: number): Float64Array {
  const size = largestOf(op, a, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const [below, above] = [a[i * n + j]!, a[j * n + i]!];
      if (Math.abs(below - above) > 1e-4 * size)
        throw new ShapeError(
          `${op}: ${above} at [${j}, ${i}] and ${below} at [${i}, ${j}] - wanted a symmetric matrix`,
          "a.add(a.T).div(2) makes one",
        );
      a[i * n + j] = (below + above) / 2;
      a[j * n + i] = a[i * n + j]!;
    }
  return a;
}

/** @throws ShapeError for NaN and infinite elements, which no decomposition survives. */
function largestOf(op: string, a: Float64Array, columns: number): number {
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    const value = Math.abs(a[i]!);
    if (!Number.isFinite(value))
      throw new ShapeError(
        `${op}: ${a[i]} at [${Math.floor(i / columns)}, ${i % columns}] - wanted finite numbers`,
      );
    size = Math.max(size, value);
  }
  return size;
}

/** Writes `from [rows, columns]`, turned over, to `out` from `start`. */
function writeColumns(
  out: TypedArray,
  start: number,
  from: Float64Array,
  rows: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[start + j * rows + i] = from[i * columns + j]!;
}

export const decompositions: Pick<Backend, "solve" | "determinant" | "cholesky" | "eigh" | "svd"> =
  {
    solve(op, a, b) {
      const { rows: n, count, take } = matricesOf(a);
      const { columns, take: takeRight } = matricesOf(b);
      const { view, values } = fresh(b.storage.dtype, b.shape);
      const x = new Float64Array(n * columns);
      for (let i = 0; i < count; i++) {
        const elimination = eliminate(take(i), n);
        if (elimination.singular >= 0)
          throw new ShapeError(
            `${op}: ${nameOf(i, count)} is singular - pivot ${elimination.singular} is 0 and must not be`,
          );
        substitute(elimination, takeRight(i), columns, x);
        values.set(x, i * x.length);
      }
      return view;
    },

    determinant(a) {
      const { rows: n, count, take } = matricesOf(a);
      const { view, values } = fresh(a.storage.dtype, a.shape.slice(0, -2));
      for (let i = 0; i < count; i++) values[i] = pivotProduct(eliminate(take(i), n));
      return view;
    },

    cholesky(a) {
      const { rows: n, count, take } = matricesOf(a);
      const { view, values } = fresh(a.storage.dtype, a.shape);
      for (let i = 0; i < count; i++) {
        const factor = symmetric("cholesky", take(i), n);
        const wrong = choleskyInto(factor, n);
        if (wrong >= 0)
          throw new ShapeError(
            `cholesky: ${nameOf(i, count)} is not positive definite - ` +
              `pivot ${wrong} is ${factor[wrong * n + wrong]} and must be above 0`,
          );
        values.set(factor, i * n * n);
      }
      return view;
    },

    eigh(a) {
      const { rows: n, count, take } = matricesOf(a);
      const { view, values } = fresh(a.storage.dtype, [...a.shape.slice(0, -2), n + 1, n]);
      for (let i = 0; i < count; i++) {
        const found = eigenOf(symmetric("eigh", take(i), n), n);
        const start = i * (n + 1) * n;
        values.set(found.values, start);
        writeColumns(values, start + n, found.vectors, n, n);
      }
      return view;
    },

    svd(a) {
      const { rows: m, columns: n, count, take } = matricesOf(a);
      const k = Math.min(m, n);
      const { view, values } = fresh(a.storage.dtype, [...a.shape.slice(0, -2), m + 1 + n, k]);
      for (let i = 0; i < count; i++) {
        const matrix = take(i);
        largestOf("svd", matrix, n);
        const found = singularOf(matrix, m, n);
        const start = i * (m + 1 + n) * k;
        writeColumns(values, start, found.left, k, m);
        values.set(found.values, start + m * k);
        writeColumns(values, start + (m + 1) * k, found.right, k, n);
      }
      return view;
    },
  };
