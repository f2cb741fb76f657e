/** A matrix of more numbers than a page has room for as the means of blocks of them. */
import type { Matrix } from "./columns.ts";

/** Blocks of `down` x `across` numbers as the mean of those that are finite; NaN where none is. */
export function coarse(matrix: Matrix, down: number, across: number): Matrix {
  if (down === 1 && across === 1) return matrix;
  const { rows: height, columns: width, data } = matrix;
  const [rows, columns] = [Math.ceil(height / down), Math.ceil(width / across)];
  const sums = new Float64Array(rows * columns);
  const counts = new Uint32Array(rows * columns);
  for (let i = 0; i < height; i++) {
    const row = Math.floor(i / down) * columns;
    for (let j = 0; j < width; j++) {
      const value = data[i * width + j]!; // in range
      if (!Number.isFinite(value)) continue;
      const at = row + Math.floor(j / across);
      sums[at]! += value; // both are as large as there are blocks
      counts[at]! += 1;
    }
  }
  return { rows, columns, data: sums.map((sum, at) => sum / counts[at]!) };
}
