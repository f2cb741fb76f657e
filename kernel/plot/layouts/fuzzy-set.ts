/**
 * UMAP's graph: each row is as near to its neighbours as it is used to, and an edge is there if either
 * end says so (McInnes, Healy and Melville 2018, section 3). Every `!` indexes within a stated size.
 */
import type { Neighbours } from "./neighbours.ts";
import { type Graph, symmetric } from "./sparse.ts";

const SEARCH_STEPS = 64;
const TOLERANCE = 1e-5;
/** A row's scale is never smaller than this part of the mean distance. */
const LEAST_SCALE = 1e-3;

/** Memberships from 0 to 1; `neighbours` does not count the row itself, which the paper's k does. */
export function fuzzyGraph(neighbours: Neighbours): Graph {
  const { rows, count, distances } = neighbours;
  const weights = new Float64Array(rows * count);
  let sum = 0;
  for (const distance of distances) sum += distance;
  const meanOfAll = sum / Math.max(1, distances.length);
  for (let i = 0; i < rows; i++) {
    const at = i * count;
    const own = distances.subarray(at, at + count);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const scale = scaleOf(own, nearest, Math.log2(count + 1), meanOfAll);
    for (let k = 0; k < count; k++) {
      weights[at + k] = membership(own[k]! - nearest, scale);
    }
  }
  return symmetric(neighbours, weights, (there, back) => there + back - there * back);
}

function membership(beyond: number, scale: number): number {
  return beyond <= 0 || scale === 0 ? 1 : Math.exp(-beyond / scale);
}

/** The scale with which a row's memberships add up to `wanted`. */
function scaleOf(
  distances: Float64Array,
  nearest: number,
  wanted: number,
  meanOfAll: number,
): number {
  let [low, high] = [0, Infinity];
  let scale = 1;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    let sum = 0;
    for (const distance of distances) sum += membership(distance - nearest, scale);
    if (Math.abs(sum - wanted) < TOLERANCE) break;
    if (sum > wanted) high = scale;
    else low = scale;
    scale = high === Infinity ? scale * 2 : (low + high) / 2;
  }
  let mean = 0;
  for (const distance of distances) mean += distance / distances.length;
  return Math.max(scale, LEAST_SCALE * (nearest > 0 ? mean : meanOfAll));
}
