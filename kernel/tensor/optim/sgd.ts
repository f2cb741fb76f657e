/** Stochastic gradient descent, with momentum (Sutskever et al., 2013) and weight decay. */
import { backend } from "../backends/current.ts";
import type { Tensor } from "../tensor.ts";
import { checkSettings, type Live, now, Optimizer, remembered, type Slot } from "./optimizer.ts";

export interface SGDOptions {
  /** The learning rate: how far a step goes against the slope. */
  readonly lr: Live;
  readonly momentum?: Live;
  readonly dampening?: Live;
  readonly weightDecay?: Live;
  /** Looks ahead along the velocity before correcting. */
  readonly nesterov?: boolean;
}

/** @example optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 }) */
export class SGD extends Optimizer {
  readonly options: SGDOptions;

  constructor(parameters: Iterable<Tensor>, options: SGDOptions) {
    super("SGD", parameters);
    const { lr, momentum = 0, dampening = 0, weightDecay = 0 }: Partial<SGDOptions> = options ?? {};
    checkSettings("SGD", { lr, momentum, dampening, weightDecay });
    this.options = options;
  }

  protected override update(parameter: Tensor, grad: Tensor, slot: Slot): void {
    const { lr, momentum = 0, dampening = 0, weightDecay = 0, nesterov = false } = this.options;
    const inertia = now("momentum", momentum);
    // A live momentum that was 0 so far has no velocity yet, so its first step is like the very first.
    const first = !("momentum_buffer" in slot.tensors);
    const velocity = inertia === 0 ? null : remembered(slot, "momentum_buffer", parameter);
    backend().sgd(parameter, grad, velocity, {
      lr: now("lr", lr),
      momentum: inertia,
      dampening: now("dampening", dampening),
      weightDecay: now("weightDecay", weightDecay),
      nesterov,
      first,
    });
  }
}
