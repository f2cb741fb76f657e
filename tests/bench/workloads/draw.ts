/**
 * The seeded numbers that every engine starts from. Each draw hashes its position, so `torch/draw.py`
 * makes the same numbers without a loop.
 */

/** The hash lowbias32 (Wellons, 2018) of element `index` of draw `seed`, as an unsigned integer. */
function hash(seed: number, index: number): number {
  let h = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Draws in a fixed order: the first has seed 1, the next seed 2. */
export class Draw {
  #seed = 0;

  /** `length` values, uniform between `-scale` and `scale`. */
  uniform(length: number, scale = 1): Float32Array<ArrayBuffer> {
    const seed = ++this.#seed;
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) values[i] = (hash(seed, i) / 2 ** 31 - 1) * scale;
    return values;
  }

  /** `length` integers from 0 to `below - 1`. */
  integers(length: number, below: number): Int32Array<ArrayBuffer> {
    const seed = ++this.#seed;
    const values = new Int32Array(length);
    for (let i = 0; i < length; i++) values[i] = Math.floor((hash(seed, i) / 2 ** 32) * below);
    return values;
  }

  /** A layer's start: weight `[outputs, inputs]` and bias `[outputs]`, both within ±1/√inputs. */
  linear(inputs: number, outputs: number): Affine {
    const scale = 1 / Math.sqrt(inputs);
    return {
      inputs,
      outputs,
      weight: this.uniform(outputs * inputs, scale),
      bias: this.uniform(outputs, scale),
    };
  }
}

export interface Affine {
  readonly inputs: number;
  readonly outputs: number;
  /** Row-major `[outputs, inputs]`, as PyTorch stores it. */
  readonly weight: Float32Array<ArrayBuffer>;
  readonly bias: Float32Array<ArrayBuffer>;
}

/** Row-major `[rows, columns] -> [columns, rows]`: for engines whose idiom is `x @ w`. */
export function transposed(
  values: Float32Array,
  rows: number,
  columns: number,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    values,
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? Number.NaN,
  );
}
