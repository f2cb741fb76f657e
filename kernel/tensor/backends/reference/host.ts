/** Storages on the JavaScript heap, and the ways kernels get at the values of a view. */
import { type DType, type TypedArray, zerosOf } from "../../dtype.ts";
import { fullView, sizeOf } from "../../shape.ts";
import type { Shape, Storage, View } from "../../view.ts";
import { copyRow, truthRow } from "./elementwise.ts";
import { denseValues, rowsOf } from "./rows.ts";

/** Values on the JavaScript heap. */
export class HostStorage implements Storage {
  readonly dtype: DType;
  readonly length: number;
  version = 0;
  readonly #values: TypedArray;

  constructor(values: TypedArray, dtype: DType) {
    this.dtype = dtype;
    this.length = values.length;
    this.#values = values;
  }

  host(): TypedArray {
    return this.#values;
  }
}

/** Zeros of `shape` for a kernel to fill. */
export function fresh(dtype: DType, shape: Shape): { view: View; values: TypedArray } {
  const values = zerosOf(dtype, sizeOf(shape));
  return { view: fullView(new HostStorage(values, dtype), shape), values };
}

/** The elements of `x` in row-major order, in an array of their own. */
export function copied(x: View, dtype: DType): TypedArray {
  const values = zerosOf(dtype, sizeOf(x.shape));
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
