/** Projections that are one matrix product: principal components that follow a matrix in training, and a direction of one's own. */
import type { Matrix } from "../columns.ts";
import { aligned, centered, components, type Components, project } from "../pca.ts";

/** A frame of principal components, from which the next is found quickly and without a jump. */
export interface Principal {
  readonly components: Components;
  readonly points: Matrix;
}

/** `[rows, dims]` along the directions in which rows differ most, turned as near as may be to `before`. */
export function principal(matrix: Matrix, dims: number, before: Principal | null): Principal {
  const flat = centered(matrix);
  const found = components(flat, dims, before?.components ?? null);
  const points = project(flat, found, dims);
  const isSame = before !== null && before.points.rows === points.rows;
  return {
    components: found,
    points: isSame && before.points.columns === dims ? aligned(points, before.points) : points,
  };
}

/** The first `dims` columns as they are; zeros where there are fewer. */
export function firstColumns({ rows, columns, data }: Matrix, dims: number): Matrix {
  const out = new Float64Array(rows * dims);
  const kept = Math.min(columns, dims);
  for (let i = 0; i < rows; i++) out.set(data.subarray(i * columns, i * columns + kept), i * dims);
  return { rows, columns: dims, data: out };
}

/**
 * Across, how far each row lies from row `from` towards row `to`: -1 at the one, 1 at the other, 0 half
 * way. Up and in depth, where the rows differ most apart from that, in the same unit.
 */
export function alongDirection(matrix: Matrix, [from, to]: Direction, dims: number): Matrix {
  const { rows, columns, data } = matrix;
  const direction = Float64Array.from(
    { length: columns },
    (_, j) => at(data, to * columns + j) - at(data, from * columns + j),
  );
  const length = Math.hypot(...direction);
  const half = length / 2;
  const unit = direction.map((value) => (length === 0 ? 0 : value / length));
  const middle = unit.map(
    (_, j) => (at(data, from * columns + j) + at(data, to * columns + j)) / 2,
  );
  const rest = new Float64Array(data.length);
  const out = new Float64Array(rows * dims);
  for (let i = 0; i < rows; i++) {
    let along = 0;
    for (let j = 0; j < columns; j++) {
      along += (at(data, i * columns + j) - at(middle, j)) * at(unit, j);
    }
    for (let j = 0; j < columns; j++) {
      rest[i * columns + j] = at(data, i * columns + j) - along * at(unit, j);
    }
    out[i * dims] = half === 0 ? along : along / half;
  }
  const { points } = principal({ rows, columns, data: rest }, dims - 1, null);
  for (let i = 0; i < rows; i++) {
    for (let k = 1; k < dims; k++) {
      const value = at(points.data, i * (dims - 1) + k - 1);
      out[i * dims + k] = half === 0 ? value : value / half;
    }
  }
  return { rows, columns: dims, data: out };
}

/** Two rows. */
export type Direction = readonly [from: number, to: number];

function at(values: Float64Array, index: number): number {
  return values[index]!; // callers stay below the length
}
