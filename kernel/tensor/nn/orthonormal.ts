/** Rows made orthogonal, each against those before it (Gram and Schmidt), in double precision. */
import { tensor } from "../creation/create.ts";
import { sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** `[m, n]`, m ≤ n: what QR makes of the columns of the transpose, with a positive diagonal in R. */
export function orthonormalRows(x: Tensor): Tensor {
  const [rows, size] = [sizeAt(x.shape, 0), sizeAt(x.shape, 1)];
  const values = Float64Array.from(x.data);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * size, (i + 1) * size);
    // Twice: what rounding left of earlier rows goes with the second pass.
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < i; j++) {
        const earlier = values.subarray(j * size, (j + 1) * size);
        const share = dot(row, earlier);
        earlier.forEach((value, k) => (row[k] = (row[k] ?? 0) - share * value));
      }
    const length = Math.sqrt(dot(row, row));
    row.forEach((value, k) => (row[k] = value / length));
  }
  return tensor(values).reshape(x.shape);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
