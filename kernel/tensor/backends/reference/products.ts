/** Matrix products of views, in batches. */
import type { Backend } from "../../backend.ts";
import { sizeAt } from "../../shape.ts";
import type { View } from "../../view.ts";
import { dense, fresh } from "./host.ts";
import { type Factor, multiplyInto } from "./matmul.ts";
import { rowsOf } from "./rows.ts";

/** Where each matrix of a batch begins. */
function batchStarts(x: View): Int32Array {
  const shape = x.shape.slice(0, -2);
  const { rows, length, starts, steps } = rowsOf(shape, [
    { storage: x.storage, shape, strides: x.strides.slice(0, -2), offset: x.offset },
  ]);
  const all = new Int32Array(rows * length);
  // One operand, so one entry each.
  for (let i = 0; i < all.length; i++)
    all[i] = starts[0]![Math.floor(i / length)]! + (i % length) * steps[0]!;
  return all;
}

/** The last two dimensions of `x`, the matrix that begins at `offset`. */
function factorOf(x: View, offset: number): Factor {
  const rank = x.shape.length;
  return {
    values: x.storage.host(),
    offset,
    rowStride: x.strides[rank - 2] ?? 0,
    columnStride: x.strides[rank - 1] ?? 0,
  };
}

export const products: Pick<Backend, "matmul" | "linear"> = {
  matmul(a, b) {
    const rank = a.shape.length;
    const m = sizeAt(a.shape, rank - 2);
    const k = sizeAt(a.shape, rank - 1);
    const n = sizeAt(b.shape, rank - 1);
    const batch = a.shape.slice(0, -2);
    const { view, values } = fresh(a.storage.dtype, [...batch, m, n]);
    if (values.length === 0) return view;
    const [left, right] = [batchStarts(a), batchStarts(b)];
    // Both have a start for each matrix of the batch.
    for (let i = 0; i < left.length; i++)
      multiplyInto(factorOf(a, left[i]!), factorOf(b, right[i]!), values, i * m * n, m, k, n);
    return view;
  },

  linear(x, w, bias) {
    const rows = sizeAt(x.shape, 0);
    const inputs = sizeAt(x.shape, 1);
    const outputs = sizeAt(w.shape, 0);
    const { view, values } = fresh(x.storage.dtype, [rows, outputs]);
    const right = factorOf({ ...w, strides: w.strides.toReversed() }, w.offset);
    multiplyInto(factorOf(x, x.offset), right, values, 0, rows, inputs, outputs);
    const shift = dense(bias);
    for (let r = 0; r < rows; r++)
      for (let o = 0; o < outputs; o++) values[r * outputs + o]! += shift[o]!;
    return view;
  },
};
