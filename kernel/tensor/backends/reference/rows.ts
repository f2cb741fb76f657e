/**
 * Walks strided views row by row: dimensions that run on are merged, the last one left becomes the
 * inner loop of a kernel, and the start of each row is worked out here, outside that loop.
 *
 * A `!` in this folder is a typed-array read whose index the shapes keep in bounds.
 */
import type { TypedArray } from "../../dtype.ts";
import { isContiguous, isUniform, sizeOf } from "../../shape.ts";
import type { Shape, View } from "../../view.ts";

/** `rows` rows of `length` elements; operand `k` starts row r at `starts[k][r]`, in steps of `steps[k]`. */
export interface Rows {
  readonly rows: number;
  readonly length: number;
  readonly starts: readonly Int32Array[];
  readonly steps: readonly number[];
}

/** The step in which one loop walks all of `view`: 1, 0 for a stretched number, -1 if none does. */
export function evenStep(view: View): number {
  if (isContiguous(view)) return 1;
  return isUniform(view) ? 0 : -1;
}

/** All operands have `shape`. */
export function rowsOf(shape: Shape, operands: readonly View[]): Rows {
  const size = sizeOf(shape);
  if (size === 0) return { rows: 0, length: 0, starts: [], steps: [] };
  const { sizes, strides } = mergeDimensions(shape, operands);
  const length = sizes.pop() ?? 1;
  const steps = strides.map((s) => s.pop() ?? 0);
  const rows = sizeOf(sizes);
  const starts = operands.map((view, k) => rowStarts(view.offset, sizes, strides[k]!, rows));
  return { rows, length, starts, steps };
}

/** Drops dimensions of size 1 and joins neighbours that every operand walks in one stride. */
export function mergeDimensions(shape: Shape, operands: readonly View[]) {
  const sizes: number[] = [];
  const strides: number[][] = [];
  for (let k = 0; k < operands.length; k++) strides.push([]);
  for (let dim = 0; dim < shape.length; dim++) {
    const size = shape[dim]!;
    if (size === 1) continue;
    const last = sizes.length - 1;
    let joins = last >= 0;
    for (let k = 0; joins && k < operands.length; k++)
      joins = strides[k]![last] === operands[k]!.strides[dim]! * size;
    const place = joins ? last : last + 1;
    sizes[place] = joins ? sizes[last]! * size : size;
    for (let k = 0; k < operands.length; k++) strides[k]![place] = operands[k]!.strides[dim]!;
  }
  return { sizes, strides };
}

function rowStarts(offset: number, sizes: Shape, strides: Shape, rows: number): Int32Array {
  const starts = new Int32Array(rows).fill(offset);
  let repeat = rows;
  for (let dim = 0; dim < sizes.length; dim++) {
    // Dimension `dim` changes every `repeat / size` rows and starts over every `repeat` rows.
    const size = sizes[dim]!;
    const stride = strides[dim]!;
    const hold = repeat / size;
    for (let r = 0; stride !== 0 && r < rows; r++)
      starts[r]! += (Math.floor(r / hold) % size) * stride;
    repeat = hold;
  }
  return starts;
}

/** The elements of `x` in row-major order: its own storage where possible, else a copy. */
export function denseValues(x: View, gather: (x: View) => TypedArray): TypedArray {
  if (!isContiguous(x)) return gather(x);
  const size = sizeOf(x.shape);
  const values = x.storage.host();
  return x.offset === 0 && values.length === size
    ? values
    : values.subarray(x.offset, x.offset + size);
}
