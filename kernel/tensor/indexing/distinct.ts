/** Which different elements, or entries of a dimension, a tensor has: sorting, then comparing neighbours. */
import { numbered } from "../autograd/apply.ts";
import type { TypedArray } from "../dtype.ts";
import { sizeAt, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export interface Distinct {
  /** Smallest first; entries are compared element by element. */
  readonly values: Tensor;
  /** For each element (or entry), the number of its equal among `values`. */
  readonly inverse: Tensor;
  /** How often each of `values` occurs. */
  readonly counts: Tensor;
}

/** Entries of `dim`, or elements when null. NaN equals nothing, not even another NaN. */
export function distinct(x: Tensor, dim: number | null): Distinct {
  // Exchanged, not moved, with the first: that decides the order of entries in PyTorch too.
  const rows = dim === null || x.ndim === 0 ? x.reshape([-1]) : x.transpose(0, dim);
  const count = sizeAt(rows.shape, 0);
  const width = sizeOf(rows.shape.slice(1));
  const { data } = rows;
  const order = width === 1 ? rows.reshape([count]).argsort().data : orderOf(data, count, width);
  const inverse = new Int32Array(count);
  const firsts: number[] = [];
  const counts: number[] = [];
  let before: number | null = null;
  for (const row of order) {
    if (before === null || !areEqual(data, before, row, width)) {
      firsts.push(row);
      counts.push(0);
    }
    // The list is not empty: the first row always begins a new value.
    counts[counts.length - 1]!++;
    inverse[row] = counts.length - 1;
    before = row;
  }
  const values = rows.takeRows(firsts);
  return {
    values: dim === null || x.ndim === 0 ? values : values.transpose(0, dim),
    inverse: numbered(inverse, dim === null ? x.shape : [count]),
    counts: numbered(Int32Array.from(counts), [counts.length]),
  };
}

function orderOf(data: TypedArray, count: number, width: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, row) => row);
  return order.sort((a, b) => compare(data, a, b, width) || a - b);
}

/** Row `a` against row `b`, the first difference deciding; NaN is the largest. */
function compare(data: TypedArray, a: number, b: number, width: number): number {
  for (let c = 0; c < width; c++) {
    // In bounds: the caller has `width` elements in each row.
    const [x, y] = [data[a * width + c]!, data[b * width + c]!];
    if (x < y) return -1;
    if (x > y) return 1;
    const unlike = Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    if (unlike !== 0) return unlike;
  }
  return 0;
}

function areEqual(data: TypedArray, a: number, b: number, width: number): boolean {
  for (let c = 0; c < width; c++) if (data[a * width + c] !== data[b * width + c]) return false;
  return true;
}
