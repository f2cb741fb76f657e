/**
 * How alike rows are in t-SNE's eyes: a Gaussian around each row, as wide as makes its neighbours'
 * perplexity the wanted one, made symmetric (van der Maaten and Hinton 2008; over the nearest three
 * times perplexity neighbours as in van der Maaten 2014). Every `!` indexes within a stated size.
 */
import type { Neighbours } from "./neighbours.ts";
import { type Graph, symmetric } from "./sparse.ts";

const SEARCH_STEPS = 64;
const TOLERANCE = 1e-5;

/** Weights that add up to 1 over the whole graph. */
export function affinities(neighbours: Neighbours, perplexity: number): Graph {
  const { rows, count, distances } = neighbours;
  const weights = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++) {
    const at = i * count;
    conditional(
      distances.subarray(at, at + count),
      Math.log(perplexity),
      weights.subarray(at, at + count),
    );
  }
  return symmetric(neighbours, weights, (there, back) => (there + back) / (2 * rows));
}

/** Writes p(j|i) whose entropy is the wanted one: bisection on the precision, in units of the mean d². */
function conditional(distances: Float64Array, entropy: number, out: Float64Array): void {
  const nearest = distances[0]! * distances[0]!;
  let mean = 0;
  for (const distance of distances) mean += (distance * distance - nearest) / distances.length;
  let [low, high] = [0, Infinity];
  let precision = mean > 0 ? 1 / mean : 1;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    let sum = 0;
    let moment = 0;
    for (let k = 0; k < distances.length; k++) {
      // Only differences count, and the nearest keeps the sum away from 0.
      const squared = distances[k]! * distances[k]! - nearest;
      const weight = Math.exp(-precision * squared);
      out[k] = weight;
      sum += weight;
      moment += weight * squared;
    }
    for (let k = 0; k < distances.length; k++) out[k]! /= sum;
    const excess = Math.log(sum) + (precision * moment) / sum - entropy;
    if (Math.abs(excess) < TOLERANCE) return;
    if (excess > 0) low = precision;
    else high = precision;
    precision = high === Infinity ? precision * 2 : (low + high) / 2;
  }
}
