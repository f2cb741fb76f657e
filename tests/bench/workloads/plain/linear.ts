/** The fully connected layer in plain JavaScript: `y = x wᵀ + b` and its slopes. */
import type { Affine } from "../draw.ts";
import { Weights } from "./parameter.ts";
import { addTransposedTimes, times, timesTransposed } from "./product.ts";

export class Linear {
  readonly weight: Weights;
  readonly bias: Weights;
  readonly y: Float32Array;
  readonly #rows: number;
  readonly #inputs: number;
  readonly #outputs: number;
  readonly #dx: Float32Array;
  #x: Float32Array = new Float32Array();

  constructor({ inputs, outputs, weight, bias }: Affine, rows: number) {
    this.weight = new Weights(weight);
    this.bias = new Weights(bias);
    this.#rows = rows;
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.y = new Float32Array(rows * outputs);
    this.#dx = new Float32Array(rows * inputs);
  }

  get parameters(): Weights[] {
    return [this.weight, this.bias];
  }

  /** `x [rows, inputs] -> [rows, outputs]`, valid until the next call. */
  forward(x: Float32Array): Float32Array {
    this.#x = x;
    const sizes = [this.#rows, this.#inputs, this.#outputs] as const;
    timesTransposed(this.y, x, this.weight.values, this.bias.values, sizes);
    return this.y;
  }

  /** Sets the parameters' slopes; the slope of `x` unless nobody wants it. */
  backward(dy: Float32Array, wanted = true): Float32Array {
    const [rows, inputs, outputs] = [this.#rows, this.#inputs, this.#outputs];
    this.weight.slopes.fill(0);
    addTransposedTimes(this.weight.slopes, dy, this.#x, [outputs, rows, inputs]);
    const { slopes } = this.bias;
    slopes.fill(0);
    for (let r = 0; r < rows; r++)
      for (let o = 0; o < outputs; o++) slopes[o]! += dy[r * outputs + o]!; // both in range
    if (wanted) times(this.#dx, dy, this.weight.values, [rows, outputs, inputs]);
    return this.#dx;
  }
}
