/** The ways kernels get at the values of a view. */
import type { DType, TypedArray } from "../../dtype.ts";
import { fullView, sizeOf } from "../../shape.ts";
import { unsetHome, zeroedHome } from "../homes.ts";
import { HeapStorage } from "../storage.ts";
import type { Shape, View } from "../../view.ts";
import { copyRow, truthRow } from "./elementwise.ts";
import { denseValues, rowsOf } from "./rows.ts";

interface Room {
  readonly view: View;
  readonly values: TypedArray;
}

/** Zeros of `shape` for a kernel to fill. */
export function fresh(dtype: DType, shape: Shape): Room {
  return roomIn(dtype, shape, zeroedHome(dtype, sizeOf(shape)));
}

/** As `fresh`, for a kernel that writes every element: they are anything before. */
export function unset(dtype: DType, shape: Shape): Room {
  return roomIn(dtype, shape, unsetHome(dtype, sizeOf(shape)));
}

function roomIn(dtype: DType, shape: Shape, values: TypedArray): Room {
  return { view: fullView(new HeapStorage(dtype, values.length, values), shape), values };
}

/** The elements of `x` in row-major order, in an array of their own. */
export function copied(x: View, dtype: DType): TypedArray {
  const values = unsetHome(dtype, sizeOf(x.shape));
  const { rows, length, starts, steps } = rowsOf(x.shape, [x]);
  const from = x.storage.host();
  // Anything but 0 is true; a plain copy would make 0.5 false.
  const run = dtype === "bool" ? truthRow : copyRow;
  // One operand, so one entry each unless there are no rows.
  for (let r = 0; r < rows; r++) run(from, starts[0]![r]!, steps[0]!, values, r * length, length);
  return values;
}

/** The elements of `x` in row-major order; read only, as they may be its own. */
export const dense = (x: View): TypedArray =>
  denseValues(x, (view) => copied(view, view.storage.dtype));

/** The values of `x`, which lies side by side in row-major order, to be changed in place. */
export function writable(x: View): TypedArray {
  return x.storage.writable().subarray(x.offset, x.offset + sizeOf(x.shape));
}
