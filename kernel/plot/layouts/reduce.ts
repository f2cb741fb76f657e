/**
 * Long rows made short before their neighbours are sought: their parts in the subspace where they
 * differ most, as is usual before t-SNE. Distances within it are nearly those of the whole rows.
 */
import type { Matrix } from "../columns.ts";
import { orthonormalize } from "../eigen.ts";
import { centered, type Components, project } from "../pca.ts";
import { gram, toRows } from "./products.ts";

/** Numbers a row keeps; rows that are not much longer stay as they are. */
const KEPT = 50;
const LONG = 100;
/** A subspace needs fewer sweeps than its single directions. */
const SWEEPS = 6;

export function reduced(matrix: Matrix): Matrix {
  const { rows, columns } = matrix;
  if (columns <= LONG) return matrix;
  const flat = centered(matrix);
  const all = toRows(rows, columns, flat.data);
  const covariance = gram(all);
  all.view.storage.release();
  let basis: Float64Array = new Float64Array(KEPT * columns);
  // Fixed and spread out, so that the same rows give the same subspace.
  for (let i = 0; i < basis.length; i++) basis[i] = Math.cos(1 + 1.7 * i * (1 + (i % 13)));
  orthonormalize(basis, KEPT, columns);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    basis = times(basis, covariance, columns);
    orthonormalize(basis, KEPT, columns);
  }
  const subspace: Components = { count: KEPT, columns, data: basis, variances: [] };
  return project(flat, subspace, KEPT);
}

function times(basis: Float64Array, covariance: Float32Array, columns: number): Float64Array {
  const out = new Float64Array(basis.length);
  for (let a = 0; a < KEPT; a++) {
    for (let k = 0; k < columns; k++) {
      const weight = basis[a * columns + k]!; // KEPT rows of `columns`
      for (let j = 0; j < columns; j++) {
        out[a * columns + j]! += weight * covariance[k * columns + j]!; // `columns` squared
      }
    }
  }
  return out;
}
