/**
 * Dense matrix products: `out[m, n] += a[m, k] b[k, n]`, four rows of `b` at a time, so that `out`
 * is read and written a quarter as often. `a` may be strided (a transposed left factor costs
 * nothing); `b` and `out` are row-major. Index reads are in bounds: sizes were checked by the op.
 */
import type { TypedArray } from "../../dtype.ts";

export interface Factor {
  readonly values: TypedArray;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

export function multiplyInto(
  a: Factor,
  b: TypedArray,
  bOffset: number,
  out: TypedArray,
  outOffset: number,
  m: number,
  k: number,
  n: number,
): void {
  const left = a.values;
  const step = a.columnStride;
  const whole = k - (k % 4);
  for (let i = 0; i < m; i++) {
    const o = outOffset + i * n;
    const row = a.offset + i * a.rowStride;
    for (let p = 0; p < whole; p += 4) {
      const at = row + p * step;
      const a0 = left[at]!;
      const a1 = left[at + step]!;
      const a2 = left[at + 2 * step]!;
      const a3 = left[at + 3 * step]!;
      const b0 = bOffset + p * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++)
        out[o + j]! += a0 * b[b0 + j]! + a1 * b[b1 + j]! + a2 * b[b2 + j]! + a3 * b[b3 + j]!;
    }
    for (let p = whole; p < k; p++) {
      const factor = left[row + p * step]!;
      const b0 = bOffset + p * n;
      for (let j = 0; j < n; j++) out[o + j]! += factor * b[b0 + j]!;
    }
  }
}
