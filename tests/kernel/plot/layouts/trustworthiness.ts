/**
 * How far one can trust neighbours in a picture (Venna and Kaski 2001): 1 when every row's `k` nearest
 * in the picture are among its nearest in the data, about 0.5 for points strewn by chance.
 */
import type { Matrix } from "../../../../kernel/plot/columns.ts";
import { squaredDistance } from "../../../../kernel/plot/layouts/neighbours.ts";

export function trustworthiness(matrix: Matrix, picture: Matrix, k: number): number {
  const { rows } = matrix;
  let penalty = 0;
  for (let i = 0; i < rows; i++) {
    const ranks = new Int32Array(rows);
    order(matrix, i).forEach((j, rank) => (ranks[j] = rank + 1));
    for (const j of order(picture, i).slice(0, k)) penalty += Math.max(0, (ranks[j] ?? 0) - k);
  }
  return 1 - (2 / (rows * k * (2 * rows - 3 * k - 1))) * penalty;
}

/** The other rows, the nearest first. */
function order({ rows, columns, data }: Matrix, i: number): Int32Array {
  const distances = Float64Array.from({ length: rows }, (_, j) =>
    squaredDistance(data, columns, i, j),
  );
  return Int32Array.from({ length: rows }, (_, j) => j)
    .filter((j) => j !== i)
    .sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0));
}
