/** Causal attention over `[batch, context, 3, heads, size]` in plain loops; indices stay in range. */
import type { Transformer } from "../specs.ts";

export class Attention {
  readonly #spec: Transformer;
  readonly #size: number;
  /** `[batch, heads, context, context]`, zero behind each query. */
  readonly #weights: Float32Array;
  readonly #y: Float32Array;
  readonly #dqkv: Float32Array;
  readonly #dWeights: Float32Array;
  #qkv: Float32Array = new Float32Array();

  constructor(spec: Transformer) {
    const { batch, context, width, heads } = spec;
    this.#spec = spec;
    this.#size = width / heads;
    this.#weights = new Float32Array(batch * heads * context * context);
    this.#y = new Float32Array(batch * context * width);
    this.#dqkv = new Float32Array(3 * this.#y.length);
    this.#dWeights = new Float32Array(context);
  }

  /** For each query: where it, its keys and values begin, and its row of weights. */
  #eachQuery(visit: (l: number, q: number, k: number, row: number, y: number) => void): void {
    const { batch, context, width, heads } = this.#spec;
    for (let b = 0; b < batch; b++)
      for (let h = 0; h < heads; h++)
        for (let l = 0; l < context; l++) {
          const first = b * context * 3 * width + h * this.#size;
          visit(
            l,
            first + l * 3 * width,
            first + width,
            ((b * heads + h) * context + l) * context,
            (b * context + l) * width + h * this.#size,
          );
        }
  }

  forward(qkv: Float32Array): Float32Array {
    this.#qkv = qkv;
    const [y, weights, size, width] = [
      this.#y.fill(0),
      this.#weights,
      this.#size,
      this.#spec.width,
    ];
    const scale = 1 / Math.sqrt(size);
    this.#eachQuery((l, q, k, row, out) => {
      let largest = Number.NEGATIVE_INFINITY;
      for (let s = 0; s <= l; s++) {
        const key = k + s * 3 * width;
        let score = 0;
        for (let j = 0; j < size; j++) score += qkv[q + j]! * qkv[key + j]!;
        weights[row + s] = score * scale;
        largest = Math.max(largest, score * scale);
      }
      let sum = 0;
      for (let s = 0; s <= l; s++) {
        const power = Math.exp(weights[row + s]! - largest);
        weights[row + s] = power;
        sum += power;
      }
      for (let s = 0; s <= l; s++) {
        const weight = (weights[row + s]! /= sum);
        const value = k + width + s * 3 * width;
        for (let j = 0; j < size; j++) y[out + j]! += weight * qkv[value + j]!;
      }
    });
    return y;
  }

  backward(dy: Float32Array): Float32Array {
    const [qkv, weights, size, width] = [this.#qkv, this.#weights, this.#size, this.#spec.width];
    const [dqkv, dWeights] = [this.#dqkv.fill(0), this.#dWeights];
    const scale = 1 / Math.sqrt(size);
    this.#eachQuery((l, q, k, row, out) => {
      let along = 0;
      for (let s = 0; s <= l; s++) {
        const value = k + width + s * 3 * width;
        const weight = weights[row + s]!;
        let slope = 0;
        for (let j = 0; j < size; j++) {
          slope += dy[out + j]! * qkv[value + j]!;
          dqkv[value + j]! += weight * dy[out + j]!;
        }
        dWeights[s] = slope;
        along += slope * weight;
      }
      for (let s = 0; s <= l; s++) {
        const key = k + s * 3 * width;
        const slope = weights[row + s]! * (dWeights[s]! - along) * scale;
        for (let j = 0; j < size; j++) {
          dqkv[q + j]! += slope * qkv[key + j]!;
          dqkv[key + j]! += slope * qkv[q + j]!;
        }
      }
    });
    return dqkv;
  }
}
