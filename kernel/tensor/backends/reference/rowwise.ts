/**
 * Kernels over the rows of a dense `[rows, columns]`: softmax and the fused cross-entropy. Index
 * reads are in bounds by those sizes.
 */
import { exp, log } from "../../elementary/index.ts";
import { ShapeError } from "../../errors.ts";
import type { TypedArray } from "../../dtype.ts";

/** Softmax of each row, or its logarithm: shifted by the largest value, so nothing overflows. */
export function softmaxInto(
  x: TypedArray,
  rows: number,
  columns: number,
  log: boolean,
  out: TypedArray,
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * columns;
    const shift = softmaxRow(x, row, columns, out);
    if (log) for (let c = 0; c < columns; c++) out[row + c] = x[row + c]! - shift;
  }
}

/** The way back of a softmax y, `y (g - Σ g y)` for each row, or of its logarithm, `g - eʸ Σ g`. */
export function softmaxSlopeInto(
  g: TypedArray,
  y: TypedArray,
  rows: number,
  columns: number,
  log: boolean,
  out: TypedArray,
): void {
  for (let r = 0; r < rows; r++) {
    const [row, end] = [r * columns, (r + 1) * columns];
    let sum = 0;
    for (let i = row; i < end; i++) sum += log ? g[i]! : g[i]! * y[i]!;
    for (let i = row; i < end; i++) out[i] = log ? g[i]! - exp(y[i]!) * sum : y[i]! * (g[i]! - sum);
  }
}

/**
 * `losses[r] = logsumexp(x[r]) - x[r][labels[r]]`, and the softmax of each row for the way back.
 * @throws ShapeError for a label outside 0..columns - 1.
 */
export function crossEntropyInto(
  x: TypedArray,
  labels: TypedArray,
  rows: number,
  columns: number,
  losses: TypedArray,
  softmax: TypedArray,
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * columns;
    const label = labels[r]!;
    if (label < 0 || label >= columns)
      throw new ShapeError(
        `crossEntropy: label ${label} at row ${r} - ${columns} classes take labels 0 to ${columns - 1}`,
      );
    losses[r] = softmaxRow(x, row, columns, softmax) - x[row + label]!;
  }
}

/** Writes the softmax of the row that begins at `row` and returns its logsumexp. */
function softmaxRow(x: TypedArray, row: number, columns: number, out: TypedArray): number {
  let peak = -Infinity;
  for (let c = 0; c < columns; c++) {
    const value = x[row + c]!;
    // Not Math.max: it costs as much as the exponential. NaN comes through the sum.
    if (value > peak) peak = value;
  }
  let sum = 0;
  for (let c = 0; c < columns; c++) {
    const value = exp(x[row + c]! - peak);
    sum += value;
    out[row + c] = value;
  }
  const scale = 1 / sum;
  for (let c = 0; c < columns; c++) out[row + c]! *= scale;
  return peak + log(sum);
}

/** `(p - onehot(labels)) * scale`, a row each. */
export function residualInto(
  p: TypedArray,
  labels: TypedArray,
  scale: TypedArray,
  rows: number,
  columns: number,
  out: TypedArray,
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * columns;
    const factor = scale[r]!;
    for (let c = 0; c < columns; c++) out[row + c] = p[row + c]! * factor;
    const hit = row + labels[r]!;
    out[hit] = (p[hit]! - 1) * factor;
  }
}
