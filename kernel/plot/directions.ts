/**
 * Two directions in the space of a network's parameters, for a slice through its loss. Random ones
 * are normalised by filter, so that slices of different networks can be compared: Li, Xu, Taylor,
 * Studer, Goldstein, "Visualizing the loss landscape of neural nets" (2018),
 * https://arxiv.org/abs/1712.09913. Those of a recorded path are its principal components.
 */
import { Generator } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Matrix } from "./columns.ts";
import { centered, components } from "./pca.ts";
import type { Place } from "./path.ts";

export type Directions = readonly [first: Float64Array, second: Float64Array];

/**
 * Gaussian directions in which each filter, a row of a matrix or a kernel of a convolution, is as long
 * as the weights it belongs to. Biases and other vectors stand still, unless there is nothing else.
 */
export function randomDirections(parameters: readonly Tensor[], seed: number): Directions {
  const generator = new Generator(seed);
  const hasMatrices = parameters.some(({ ndim }) => ndim > 1);
  const one = () => {
    const all = parameters.map((parameter) => {
      const size = parameter.numel();
      if (hasMatrices && parameter.ndim < 2) return new Float64Array(size);
      const noise = Float64Array.from({ length: size }, () => generator.normal());
      const filters = parameter.ndim < 2 ? 1 : (parameter.shape[0] ?? 1);
      return normalized(noise, parameter.innerData, filters);
    });
    return joined(all);
  };
  return [one(), one()];
}

/** Each of `filters` equal parts of `noise` in the length of the same part of `weights`. */
function normalized(noise: Float64Array, weights: ArrayLike<number>, filters: number) {
  const size = noise.length / filters;
  for (let filter = 0; filter < filters; filter++) {
    let [own, wanted] = [0, 0];
    for (let i = filter * size; i < (filter + 1) * size; i++) {
      own += noise[i]! ** 2; // i is below the length of both
      wanted += weights[i]! ** 2;
    }
    const scale = Math.sqrt(wanted / (own + 1e-20));
    for (let i = filter * size; i < (filter + 1) * size; i++) noise[i]! *= scale; // in range
  }
  return noise;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export interface PathDirections {
  readonly directions: Directions;
  /** Which share of the path's spread lies along each, 0 to 1. */
  readonly shares: readonly [number, number];
}

/** The two principal components of a path, as unit vectors. */
export function pathDirections(rows: readonly ArrayLike<number>[]): PathDirections {
  const matrix = centered(matrixOf(rows));
  const found = components(matrix, 2, null);
  const along = (k: number) => found.data.slice(k * found.columns, (k + 1) * found.columns);
  let total = 0;
  for (const value of matrix.data) total += value ** 2 / matrix.rows;
  const share = (k: number) => (total === 0 ? 0 : (found.variances[k] ?? 0) / total);
  // A space of one dimension has no second direction.
  const second = found.count > 1 ? along(1) : new Float64Array(found.columns);
  return { directions: [along(0), second], shares: [share(0), found.count > 1 ? share(1) : 0] };
}

/** Where the rows of a path lie on the slice through `middle`, seen along both directions. */
export function onSlice(
  rows: readonly ArrayLike<number>[],
  middle: Float64Array,
  directions: Directions,
): readonly Place[] {
  const [a, b] = directions;
  const dot = (u: Float64Array, v: Float64Array) => u.reduce((sum, x, i) => sum + x * v[i]!, 0); // one length
  const [aa, ab, bb] = [dot(a, a), dot(a, b), dot(b, b)];
  const determinant = aa * bb - ab * ab;
  return rows.map((row) => {
    const way = middle.map((from, i) => (row[i] ?? NaN) - from);
    const [x, y] = [dot(way, a), dot(way, b)];
    // A path that stands still, or has one dimension only, goes nowhere along the second direction.
    if (determinant === 0) return [aa === 0 ? 0 : x / aa, 0] as const;
    // The nearest place of the slice: directions need not be at right angles.
    return [(x * bb - y * ab) / determinant, (y * aa - x * ab) / determinant] as const;
  });
}

function matrixOf(rows: readonly ArrayLike<number>[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => data.set(row, i * columns));
  return { rows: rows.length, columns, data };
}
