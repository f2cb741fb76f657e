/**
 * Products of whole matrices, computed by the engine's backend: what takes the time in neighbour
 * search and in principal components. In f32, so callers refine what has to be exact.
 */
import { backend } from "../../tensor/backends/current.ts";
import type { View } from "../../tensor/view.ts";

/** Rows of numbers as the backend reads them. */
export interface Rows {
  readonly rows: number;
  readonly columns: number;
  readonly view: View;
}

/** A copy of `[rows, columns]` numbers for {@link productsWith} and {@link gram}. */
export function toRows(rows: number, columns: number, data: ArrayLike<number>): Rows {
  const storage = backend().adopt(Float32Array.from(data));
  return {
    rows,
    columns,
    view: { storage, shape: [rows, columns], strides: [columns, 1], offset: 0 },
  };
}

/** Inner products of rows `from` to `to - 1` with every row: `[to - from, rows]`, row by row. */
export function productsWith(all: Rows, from: number, to: number): Float32Array {
  const { rows, columns, view } = all;
  const part = { ...view, shape: [to - from, columns], offset: from * columns };
  const across = { ...view, shape: [columns, rows], strides: [1, columns] };
  return taken(backend().matmul(part, across));
}

/** `xᵀ x`: `[columns, columns]`. */
export function gram({ rows, columns, view }: Rows): Float32Array {
  const across = { ...view, shape: [columns, rows], strides: [1, columns] };
  return taken(backend().matmul(across, view));
}

/** The values of a fresh result, whose memory the backend gets back. */
function taken({ storage }: View): Float32Array {
  const values = Float32Array.from(storage.host());
  storage.release();
  return values;
}
