/** Stochastic gradient descent, with momentum (Sutskever et al., 2013) and weight decay. */
import { backend } from "../backends/current.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer, type Parameters, remembered, type Slot } from "./optimizer.ts";
import type { Live, Setting, Settings } from "./settings.ts";

export interface SGDOptions {
  /** The learning rate: how far a step goes against the slope. */
  readonly lr: Live;
  /** How much of the last step's velocity is kept; 0 unless given. */
  readonly momentum?: Live;
  /** How much less than the whole slope enters the velocity; 0 unless given. */
  readonly dampening?: Live;
  /** Pulls parameters to 0; 0 unless given. */
  readonly weightDecay?: Live;
  /** Looks ahead along the velocity before correcting. */
  readonly nesterov?: boolean;
  /** Climbs instead of descending. */
  readonly maximize?: boolean;
}

/**
 * Steps against the slope: https://proceedings.mlr.press/v28/sutskever13.html
 * @throws TypeError, RangeError for parameters or settings that no step could use.
 * @example
 * const w = nn.Parameter(tensor([1, 2]));
 * const opt = optim.SGD([w], { lr: 0.1 });
 * w.square().sum().backward();
 * opt.step();
 * w.detach() // tensor([0.8000, 1.6000])
 */
export class SGD extends Optimizer<SGDOptions> {
  constructor(params: Parameters<SGDOptions>, options: SGDOptions) {
    super("SGD", params, options, {
      lr: undefined,
      momentum: 0,
      dampening: 0,
      weightDecay: 0,
      nesterov: false,
      maximize: false,
    });
  }

  protected override checkGroup(settings: Readonly<Record<string, Setting>>): void {
    const { nesterov, momentum, dampening } = settings;
    if (nesterov !== true) return;
    if (momentum === 0)
      throw new RangeError("SGD: nesterov with momentum 0 - wanted a momentum above 0");
    if (typeof dampening === "number" && dampening > 0)
      throw new RangeError(`SGD: nesterov with dampening ${dampening} - wanted no dampening`);
  }

  protected override update(
    parameter: Tensor,
    grad: Tensor,
    slot: Slot,
    { lr, momentum, dampening, weightDecay, nesterov, maximize }: Settings<SGDOptions>,
  ): void {
    // A live momentum that was 0 so far has no velocity yet, so its first step is like the very first.
    const first = !("momentum_buffer" in slot.tensors);
    const velocity = momentum === 0 ? null : remembered(slot, "momentum_buffer", parameter);
    backend().sgd(parameter, grad, velocity, {
      lr,
      momentum,
      dampening,
      weightDecay,
      nesterov,
      maximize,
      first,
    });
  }
}
