/** `plot.trajectory`: the way of a network's parameters through their space, as it learns. */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { Module } from "../tensor/nn/module.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Thinned } from "./thinned.ts";
import { valuesOf } from "./weights.ts";

/** Numbers that are kept in all, and how many snapshots at the most and at the least. */
const MOST_NUMBERS = 8_000_000;
const MOST = 128;
const LEAST = 8;

export class Trajectory {
  /** @internal What was recorded of which parameters. */
  readonly parameters: readonly Tensor[];
  readonly #rows: Thinned<Float32Array>;

  constructor(model: Module) {
    if (!(model instanceof Module))
      throw new DTypeError(
        `plot.trajectory: ${kindOf(model)} - wanted a network, such as nn.Sequential(...)`,
      );
    this.parameters = model.namedParameters().map(([, parameter]) => parameter);
    const size = this.parameters.reduce((sum, each) => sum + each.numel(), 0);
    if (size === 0)
      throw new RangeError(
        "plot.trajectory: a network without parameters - wanted one that learns",
      );
    this.#rows = new Thinned(Math.max(LEAST, Math.min(MOST, Math.floor(MOST_NUMBERS / size))));
  }

  /** Notes where the parameters are now: a copy of all of them, so call it every few steps. */
  push(): void {
    this.#rows.push(Float32Array.from(valuesOf(this.parameters)));
  }

  /** How many places were noted. Of many, evenly chosen ones are kept. */
  get length(): number {
    return this.#rows.length;
  }

  /** @internal The places that are kept, the first and the last among them. */
  get rows(): readonly Float32Array[] {
    return this.#rows.entries;
  }

  toString(): string {
    return `a trajectory of ${this.length} places`;
  }
}

/**
 * Records where a network's parameters are while it learns, for `plot.landscape` to draw: call
 * `push()` every few steps.
 *
 * @throws DTypeError for what is no network, RangeError for one without parameters.
 * @example
 * const net = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 2));
 * const way = plot.trajectory(net);
 * way.push();
 * way.length // 1
 */
export function trajectory(model: Module): Trajectory {
  return new Trajectory(model);
}
