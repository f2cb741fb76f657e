/** RMSprop (Tieleman and Hinton, 2012): the slope divided by its running size. */
import { backend } from "../backends/current.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer, type Parameters, remembered, type Slot } from "./optimizer.ts";
import type { Live, Settings } from "./settings.ts";

export interface RMSpropOptions {
  /** The learning rate; 0.01 unless given. */
  readonly lr?: Live;
  /** How long the running size remembers; 0.99 unless given. */
  readonly alpha?: Live;
  /** Keeps the division safe; 1e-8 unless given. */
  readonly eps?: Live;
  /** Pulls parameters to 0; 0 unless given. */
  readonly weightDecay?: Live;
  /** How much of the last step is kept; 0 unless given. */
  readonly momentum?: Live;
  /** Divides by the running deviation from the mean (Graves, 2013). */
  readonly centered?: boolean;
  /** Climbs instead of descending. */
  readonly maximize?: boolean;
}

/**
 * RMSprop: https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf
 * @throws TypeError, RangeError for parameters or settings that no step could use.
 * @example
 * const w = nn.Parameter(tensor([1, 2]));
 * const opt = optim.RMSprop([w], { lr: 0.01 });
 * w.square().sum().backward();
 * opt.step();
 * w.detach() // tensor([0.9000, 1.9000])
 */
export class RMSprop extends Optimizer<RMSpropOptions> {
  constructor(params: Parameters<RMSpropOptions>, options: RMSpropOptions = {}) {
    super("RMSprop", params, options, {
      lr: 0.01,
      alpha: 0.99,
      eps: 1e-8,
      weightDecay: 0,
      momentum: 0,
      centered: false,
      maximize: false,
    });
  }

  protected override update(
    parameter: Tensor,
    grad: Tensor,
    slot: Slot,
    settings: Settings<RMSpropOptions>,
  ): void {
    const square = remembered(slot, "square_avg", parameter);
    const mean = settings.centered ? remembered(slot, "grad_avg", parameter) : null;
    const velocity =
      settings.momentum === 0 ? null : remembered(slot, "momentum_buffer", parameter);
    backend().rmsprop(parameter, grad, square, mean, velocity, settings);
  }
}
