/** Adam (Kingma and Ba, 2015): a step size of its own for each parameter, from running moments. */
import { backend } from "../backends/current.ts";
import type { Tensor } from "../tensor.ts";
import { checkSettings, type Live, now, Optimizer, remembered, type Slot } from "./optimizer.ts";

export interface AdamOptions {
  /** The learning rate; 0.001 unless given. */
  readonly lr?: Live;
  /** How long the two moments remember; 0.9 and 0.999 unless given. */
  readonly betas?: readonly [Live, Live];
  /** Keeps the division safe; 1e-8 unless given. */
  readonly eps?: Live;
  readonly weightDecay?: Live;
}

/** @example optim.Adam(net.parameters(), { lr: 0.01 }) */
export class Adam extends Optimizer {
  readonly options: AdamOptions;

  constructor(parameters: Iterable<Tensor>, options: AdamOptions = {}) {
    super("Adam", parameters);
    this.options = options;
    const { lr = 0.001, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
    checkSettings("Adam", { lr, "betas[0]": betas[0], "betas[1]": betas[1], eps, weightDecay });
  }

  protected override update(parameter: Tensor, grad: Tensor, slot: Slot): void {
    const { lr = 0.001, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = this.options;
    backend().adam(
      parameter,
      grad,
      remembered(slot, "exp_avg", parameter),
      remembered(slot, "exp_avg_sq", parameter),
      {
        lr: now("lr", lr),
        beta1: now("betas[0]", betas[0]),
        beta2: now("betas[1]", betas[1]),
        eps: now("eps", eps),
        weightDecay: now("weightDecay", weightDecay),
        step: slot.steps,
      },
    );
  }
}
