/** A row compared with others, in both ways the neighbour list tells. */
import type { Metric, NearestRows } from "./layout-messages.ts";

/** The `count` rows nearest to `row` by `metric`, itself left out; both distances of each. */
export function nearestRows(
  vectors: Float32Array,
  columns: number,
  row: number,
  among: Iterable<number>,
  count: number,
  metric: Metric,
): Omit<NearestRows, "kind" | "request"> {
  const at = (i: number, j: number) => vectors[i * columns + j]!; // rows are below the matrix's
  let own = 0;
  for (let j = 0; j < columns; j++) own += at(row, j) ** 2;
  const found: { row: number; cosine: number; euclid: number }[] = [];
  for (const other of among) {
    if (other === row) continue;
    let [product, square, squared] = [0, 0, 0];
    for (let j = 0; j < columns; j++) {
      const value = at(other, j);
      product += value * at(row, j);
      square += value * value;
      squared += (value - at(row, j)) ** 2;
    }
    const length = Math.sqrt(own * square);
    // A row of zeros has no direction: as far from any other as can be told.
    const cosine = length > 0 ? Math.max(0, 1 - product / length) : 1;
    found.push({ row: other, cosine, euclid: Math.sqrt(squared) });
  }
  const nearest = found.toSorted((a, b) => a[metric] - b[metric] || a.row - b.row).slice(0, count);
  return {
    rows: nearest.map((each) => each.row),
    cosine: nearest.map((each) => each.cosine),
    euclid: nearest.map((each) => each.euclid),
  };
}
