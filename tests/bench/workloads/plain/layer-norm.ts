/** Layer normalisation in plain JavaScript; indices stay below the sizes. */
import { Weights } from "./parameter.ts";

export class LayerNorm {
  readonly scale: Weights;
  readonly shift: Weights;
  readonly #rows: number;
  readonly #width: number;
  readonly #hat: Float32Array;
  readonly #inverse: Float32Array;
  readonly #y: Float32Array;
  readonly #dx: Float32Array;

  constructor(rows: number, width: number) {
    this.scale = new Weights(new Float32Array(width).fill(1));
    this.shift = new Weights(new Float32Array(width));
    this.#rows = rows;
    this.#width = width;
    this.#hat = new Float32Array(rows * width);
    this.#inverse = new Float32Array(rows);
    this.#y = new Float32Array(rows * width);
    this.#dx = new Float32Array(rows * width);
  }

  get parameters(): Weights[] {
    return [this.scale, this.shift];
  }

  forward(x: Float32Array): Float32Array {
    const [width, hat, y] = [this.#width, this.#hat, this.#y];
    const [gamma, beta] = [this.scale.values, this.shift.values];
    for (let r = 0; r < this.#rows; r++) {
      const at = r * width;
      let mean = 0;
      for (let c = 0; c < width; c++) mean += x[at + c]!;
      mean /= width;
      let variance = 0;
      for (let c = 0; c < width; c++) variance += (x[at + c]! - mean) ** 2;
      const inverse = 1 / Math.sqrt(variance / width + 1e-5);
      this.#inverse[r] = inverse;
      for (let c = 0; c < width; c++) {
        const h = (x[at + c]! - mean) * inverse;
        hat[at + c] = h;
        y[at + c] = h * gamma[c]! + beta[c]!;
      }
    }
    return y;
  }

  /** dx = (dy γ - mean(dy γ) - x̂ mean(dy γ x̂)) / σ */
  backward(dy: Float32Array): Float32Array {
    const [width, hat, dx] = [this.#width, this.#hat, this.#dx];
    const gamma = this.scale.values;
    const dGamma = this.scale.slopes.fill(0);
    const dBeta = this.shift.slopes.fill(0);
    for (let r = 0; r < this.#rows; r++) {
      const at = r * width;
      let mean = 0;
      let along = 0;
      for (let c = 0; c < width; c++) {
        const g = dy[at + c]!;
        const h = hat[at + c]!;
        dGamma[c]! += g * h;
        dBeta[c]! += g;
        mean += g * gamma[c]!;
        along += g * gamma[c]! * h;
      }
      mean /= width;
      along /= width;
      for (let c = 0; c < width; c++)
        dx[at + c] = this.#inverse[r]! * (dy[at + c]! * gamma[c]! - mean - hat[at + c]! * along);
    }
    return dx;
  }
}
