/** Parameters of the versions in plain JavaScript, and the two ways to step them. */
import type { AdamSettings } from "./settings.ts";

export class Weights {
  readonly values: Float32Array;
  readonly slopes: Float32Array;
  readonly #first: Float32Array;
  readonly #second: Float32Array;

  /** Takes over `values`. */
  constructor(values: Float32Array) {
    this.values = values;
    this.slopes = new Float32Array(values.length);
    this.#first = new Float32Array(values.length);
    this.#second = new Float32Array(values.length);
  }

  sgd(lr: number): void {
    const { values, slopes } = this;
    for (let i = 0; i < values.length; i++) values[i]! -= lr * slopes[i]!; // i is below the length
  }

  /** `step` counts from 1. */
  adam({ lr, weightDecay = 0 }: AdamSettings, step: number): void {
    const { values, slopes } = this;
    const [first, second] = [this.#first, this.#second];
    const size = lr / (1 - 0.9 ** step);
    const correction = 1 / (1 - 0.999 ** step);
    const keep = 1 - lr * weightDecay;
    // All four have one length.
    for (let i = 0; i < values.length; i++) {
      const g = slopes[i]!;
      const m = (first[i] = 0.9 * first[i]! + 0.1 * g);
      const v = (second[i] = 0.999 * second[i]! + 0.001 * g * g);
      values[i] = values[i]! * keep - (size * m) / (Math.sqrt(v * correction) + 1e-8);
    }
  }
}
