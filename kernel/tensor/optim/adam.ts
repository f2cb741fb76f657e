/** Adam and AdamW: a step size of its own for each parameter, from running moments. */
import { backend } from "../backends/current.ts";
import type { Tensor } from "../tensor.ts";
import { Optimizer, type Parameters, remembered, type Slot } from "./optimizer.ts";
import type { Live, Settings } from "./settings.ts";

export interface AdamOptions {
  /** The learning rate; 0.001 unless given. */
  readonly lr?: Live;
  /** How long the two moments remember; 0.9 and 0.999 unless given. */
  readonly betas?: readonly [Live, Live];
  /** Keeps the division safe; 1e-8 unless given. */
  readonly eps?: Live;
  /** Pulls parameters to 0; 0 unless given, and 0.01 for AdamW. */
  readonly weightDecay?: Live;
  /** Divides by the largest second moment so far (Reddi et al., 2018). */
  readonly amsgrad?: boolean;
  /** Climbs instead of descending. */
  readonly maximize?: boolean;
}

const defaults = {
  lr: 0.001,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  maximize: false,
} satisfies AdamOptions;

/** The one update rule; where weight decay enters is the difference. */
abstract class Moments extends Optimizer<AdamOptions> {
  protected abstract readonly decoupled: boolean;

  protected override update(
    parameter: Tensor,
    grad: Tensor,
    slot: Slot,
    { lr, betas, eps, weightDecay, amsgrad, maximize }: Settings<AdamOptions>,
  ): void {
    const first = remembered(slot, "exp_avg", parameter);
    const second = remembered(slot, "exp_avg_sq", parameter);
    const largest = amsgrad ? remembered(slot, "max_exp_avg_sq", parameter) : null;
    backend().adam(parameter, grad, first, second, largest, {
      lr,
      eps,
      weightDecay,
      maximize,
      beta1: betas[0],
      beta2: betas[1],
      step: slot.steps,
      decoupled: this.decoupled,
    });
  }
}

/**
 * Adam (Kingma and Ba, 2015): https://arxiv.org/abs/1412.6980
 * @throws TypeError, RangeError for parameters or settings that no step could use.
 * @example
 * const w = nn.Parameter(tensor([1, 2]));
 * const opt = optim.Adam([w], { lr: 0.1 });
 * w.square().sum().backward();
 * opt.step();
 * w.detach() // tensor([0.9000, 1.9000])
 */
export class Adam extends Moments {
  protected override readonly decoupled = false;

  constructor(params: Parameters<AdamOptions>, options: AdamOptions = {}) {
    super("Adam", params, options, defaults);
  }
}

/**
 * Adam with a weight decay that the moments do not see (Loshchilov and Hutter, 2019):
 * https://arxiv.org/abs/1711.05101
 * @throws TypeError, RangeError for parameters or settings that no step could use.
 * @example
 * const w = nn.Parameter(tensor([1, 2]));
 * const opt = optim.AdamW([w], { lr: 0.1, weightDecay: 0.5 });
 * w.square().sum().backward();
 * opt.step();
 * w.detach() // tensor([0.8500, 1.8000])
 */
export class AdamW extends Moments {
  protected override readonly decoupled = true;

  constructor(params: Parameters<AdamOptions>, options: AdamOptions = {}) {
    super("AdamW", params, options, { ...defaults, weightDecay: 0.01 });
  }
}
