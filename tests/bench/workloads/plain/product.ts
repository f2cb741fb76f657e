/**
 * Products of matrices in plain loops, row-major, written so that the inner loop runs along rows.
 * Indices stay below the sizes the caller gives, and arrays have those sizes.
 */

/** `out [m, n] = a [m, k] bᵀ`, `b [n, k]`, plus `bias [n]` where there is one. */
export function timesTransposed(
  out: Float32Array,
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array | null,
  [m, k, n]: readonly [number, number, number],
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const [row, column] = [i * k, j * k];
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      let p = 0;
      for (; p + 4 <= k; p += 4) {
        s0 += a[row + p]! * b[column + p]!;
        s1 += a[row + p + 1]! * b[column + p + 1]!;
        s2 += a[row + p + 2]! * b[column + p + 2]!;
        s3 += a[row + p + 3]! * b[column + p + 3]!;
      }
      for (; p < k; p++) s0 += a[row + p]! * b[column + p]!;
      out[i * n + j] = s0 + s1 + s2 + s3 + (bias === null ? 0 : bias[j]!);
    }
  }
}

/** `out [m, n] = a [m, k] b [k, n]`. */
export function times(
  out: Float32Array,
  a: Float32Array,
  b: Float32Array,
  [m, k, n]: readonly [number, number, number],
): void {
  out.fill(0, 0, m * n);
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      const factor = a[i * k + p]!;
      if (factor !== 0) addRow(out, i * n, b, p * n, factor, n);
    }
}

/** `out [m, n] += aᵀ b`, `a [k, m]`, `b [k, n]`. */
export function addTransposedTimes(
  out: Float32Array,
  a: Float32Array,
  b: Float32Array,
  [m, k, n]: readonly [number, number, number],
): void {
  for (let p = 0; p < k; p++)
    for (let i = 0; i < m; i++) {
      const factor = a[p * m + i]!;
      if (factor !== 0) addRow(out, i * n, b, p * n, factor, n);
    }
}

function addRow(
  out: Float32Array,
  to: number,
  b: Float32Array,
  from: number,
  factor: number,
  length: number,
): void {
  for (let j = 0; j < length; j++) out[to + j]! += factor * b[from + j]!;
}
