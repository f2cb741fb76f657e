/** Adagrad (Duchi, Hazan and Singer, 2011): the slope divided by the size of all slopes so far. */
import { backend } from "../backends/current.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer, type Parameters, remembered, type Slot } from "./optimizer.ts";
import type { Live, Settings } from "./settings.ts";

export interface AdagradOptions {
  /** The learning rate; 0.01 unless given. */
  readonly lr?: Live;
  /** Step t goes lr / (1 + (t - 1) lrDecay) far; 0 unless given. */
  readonly lrDecay?: Live;
  /** Pulls parameters to 0; 0 unless given. */
  readonly weightDecay?: Live;
  /** What the sum of squares begins with; 0 unless given. */
  readonly initialAccumulatorValue?: Live;
  /** Keeps the division safe; 1e-10 unless given. */
  readonly eps?: Live;
  /** Climbs instead of descending. */
  readonly maximize?: boolean;
}

/**
 * Adagrad: https://jmlr.org/papers/v12/duchi11a.html
 * @throws TypeError, RangeError for parameters or settings that no step could use.
 * @example
 * const w = nn.Parameter(tensor([1, 2]));
 * const opt = optim.Adagrad([w], { lr: 0.1 });
 * w.square().sum().backward();
 * opt.step();
 * w.detach() // tensor([0.9000, 1.9000])
 */
export class Adagrad extends Optimizer<AdagradOptions> {
  constructor(params: Parameters<AdagradOptions>, options: AdagradOptions = {}) {
    super("Adagrad", params, options, {
      lr: 0.01,
      lrDecay: 0,
      weightDecay: 0,
      initialAccumulatorValue: 0,
      eps: 1e-10,
      maximize: false,
    });
  }

  protected override update(
    parameter: Tensor,
    grad: Tensor,
    slot: Slot,
    settings: Settings<AdagradOptions>,
  ): void {
    const sum = remembered(slot, "sum", parameter, settings.initialAccumulatorValue);
    backend().adagrad(parameter, grad, sum, { ...settings, step: slot.steps });
  }
}
