/**
 * The nearest neighbours of every row, exactly: all distances, a block of rows at a time, as
 * |a|² + |b|² - 2ab, with the products from the engine. O(rows² columns), which for 10,000 rows of 50
 * takes about a second; trees help little in so many dimensions. Every `!` below indexes within a
 * size that the array was made with.
 */
import type { Matrix } from "../columns.ts";
import { centered } from "../pca.ts";
import { productsWith, toRows } from "./products.ts";

/** `count` other rows for each row, the nearest first. */
export interface Neighbours {
  readonly rows: number;
  readonly count: number;
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/** Rows whose distances to all others are computed at once. */
const BLOCK = 128;
/** So many more are kept than wanted: f32 may confuse near ones, f64 then puts them in order. */
const SPARE = 6;

/** Yields how many rows are done; a row is never its own neighbour. */
export function* nearestNeighbours(
  matrix: Matrix,
  wanted: number,
): Generator<number, Neighbours, void> {
  const { rows, columns } = matrix;
  const count = Math.min(wanted, Math.max(0, rows - 1));
  const indices = new Int32Array(rows * count);
  const distances = new Float64Array(rows * count);
  // Differences of large numbers would lose what f32 has of digits.
  const { data } = centered(matrix);
  const all = toRows(rows, columns, data);
  const squares = squaresOf(rows, columns, data);
  const nearest = createNearest(Math.min(count + SPARE, rows - 1));
  for (let from = 0; from < rows && count > 0; from += BLOCK) {
    const to = Math.min(rows, from + BLOCK);
    const products = productsWith(all, from, to);
    for (let i = from; i < to; i++) {
      nearest.clear();
      const at = (i - from) * rows;
      let bound = Infinity;
      for (let j = 0; j < rows; j++) {
        // |a|² is the same for all.
        const distance = squares[j]! - 2 * products[at + j]!;
        if (distance < bound && j !== i) bound = nearest.offer(j, distance);
      }
      nearest.refine((j) => squaredDistance(data, columns, i, j));
      for (let k = 0; k < count; k++) {
        indices[i * count + k] = nearest.indices[k]!;
        distances[i * count + k] = Math.sqrt(nearest.distances[k]!);
      }
    }
    yield to;
  }
  all.view.storage.release();
  return { rows, count, indices, distances };
}

function squaresOf(rows: number, columns: number, data: Float64Array): Float64Array {
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = i * columns; j < (i + 1) * columns; j++) sum += data[j]! * data[j]!;
    squares[i] = sum;
  }
  return squares;
}

export function squaredDistance(data: Float64Array, columns: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < columns; k++) {
    const difference = data[i * columns + k]! - data[j * columns + k]!;
    sum += difference * difference;
  }
  return sum;
}

/** A short list kept in order of distance; the few that get in are moved into place. */
function createNearest(size: number) {
  const indices = new Int32Array(size);
  const distances = new Float64Array(size);
  let length = 0;

  function insert(index: number, distance: number, end: number): void {
    let place = end;
    for (; place > 0 && distances[place - 1]! > distance; place--) {
      distances[place] = distances[place - 1]!;
      indices[place] = indices[place - 1]!;
    }
    distances[place] = distance;
    indices[place] = index;
  }

  return {
    indices,
    distances,
    clear: () => void (length = 0),
    /** Takes one that is nearer than the farthest; gives what the next must stay below. */
    offer(index: number, distance: number): number {
      insert(index, distance, length < size ? length : size - 1);
      if (length < size) length += 1;
      return length < size ? Infinity : distances[size - 1]!;
    },
    /** Puts exact distances in the place of those offered. */
    refine(exact: (index: number) => number): void {
      for (let k = 0; k < length; k++) insert(indices[k]!, exact(indices[k]!), k);
    },
  };
}
