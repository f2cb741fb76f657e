/**
 * A symmetric weighted graph made from each row's nearest neighbours, in compressed rows: row i has
 * the entries `starts[i]` to `starts[i + 1] - 1`. Every `!` indexes within a size the array was made with.
 */
import type { Neighbours } from "./neighbours.ts";

export interface Graph {
  readonly rows: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly weights: Float64Array;
}

/**
 * `weights` has one number for each entry of `neighbours`; an edge that only one end knows has weight 0
 * from the other. `combine` is symmetric.
 */
export function symmetric(
  { rows, count, indices }: Neighbours,
  weights: Float64Array,
  combine: (there: number, back: number) => number,
): Graph {
  const { from, starts: arrivals, weights: arriving } = reversed(rows, count, indices, weights);
  const starts = new Int32Array(rows + 1);
  const columns = new Int32Array(2 * rows * count);
  const combined = new Float64Array(2 * rows * count);
  /** Where in row i another row stands already. */
  const place = new Int32Array(rows).fill(-1);
  let length = 0;
  for (let i = 0; i < rows; i++) {
    const begin = length;
    for (let k = i * count; k < (i + 1) * count; k++) {
      place[indices[k]!] = length;
      columns[length] = indices[k]!;
      combined[length] = weights[k]!;
      length += 1;
    }
    const own = length;
    /** What the other ends say of row i's own edges. */
    const back = new Float64Array(own - begin);
    for (let k = arrivals[i]!; k < arrivals[i + 1]!; k++) {
      const at = place[from[k]!]!;
      if (at >= begin) back[at - begin] = arriving[k]!;
      else {
        columns[length] = from[k]!;
        combined[length] = combine(0, arriving[k]!);
        length += 1;
      }
    }
    for (let k = begin; k < own; k++) combined[k] = combine(combined[k]!, back[k - begin]!);
    starts[i + 1] = length;
  }
  return { rows, starts, columns: columns.slice(0, length), weights: combined.slice(0, length) };
}

/** The same edges by the row they lead to. */
function reversed(rows: number, count: number, indices: Int32Array, weights: Float64Array) {
  const starts = new Int32Array(rows + 1);
  for (const index of indices) starts[index + 1]! += 1; // an index is below rows
  for (let i = 0; i < rows; i++) starts[i + 1]! += starts[i]!; // in range
  const next = starts.slice();
  const from = new Int32Array(indices.length);
  const turned = new Float64Array(indices.length);
  for (let k = 0; k < indices.length; k++) {
    const at = next[indices[k]!]!++; // an index is below rows
    from[at] = Math.floor(k / count);
    turned[at] = weights[k]!;
  }
  return { starts, from, weights: turned };
}
