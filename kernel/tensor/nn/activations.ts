/** Activations as layers. Without parameters, any shape in, the same out. */
import type { SoftplusOptions } from "../methods/functions.ts";
import { checkNumber, checkOptions } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import type { Carrier, Keeps, rule } from "../typed/layers.ts";
import {
  elu,
  gelu,
  leakyRelu,
  logSoftmax,
  relu,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from "./functional/activations.ts";
import { Module } from "./module.ts";
import { printFloat } from "./print.ts";

/**
 * 0 below 0, unchanged above.
 * @example
 * nn.ReLU()(tensor([-1, 2])) // tensor([0., 2.])
 */
export class ReLU extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  forward(x: Tensor): Tensor {
    return relu(x);
  }
}

/**
 * Between -1 and 1.
 * @example
 * nn.Tanh()(tensor([-1, 0])) // tensor([-0.7616,  0.0000])
 */
export class Tanh extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  forward(x: Tensor): Tensor {
    return tanh(x);
  }
}

/**
 * Between 0 and 1.
 * @example
 * nn.Sigmoid()(tensor([0])) // tensor([0.5000])
 */
export class Sigmoid extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  forward(x: Tensor): Tensor {
    return sigmoid(x);
  }
}

export interface GELUOptions {
  /** `"tanh"` for the approximation that GPT-2 was trained with; `"none"`, exact, unless given. */
  readonly approximate?: "none" | "tanh";
}

/**
 * The smooth ReLU of transformers.
 * @throws RangeError for another approximation.
 * @example
 * nn.GELU()(tensor([1])) // tensor([0.8413])
 */
export class GELU extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  readonly #approximate: "none" | "tanh";

  constructor(options: GELUOptions = {}) {
    super();
    checkOptions("GELU", options, ["approximate"]);
    const { approximate = "none" } = options;
    if (approximate !== "none" && approximate !== "tanh")
      throw new RangeError(`GELU: approximate ${String(approximate)} - wanted "none" or "tanh"`);
    this.#approximate = approximate;
  }

  forward(x: Tensor): Tensor {
    return gelu(x, { approximate: this.#approximate });
  }

  override describe(): string {
    return `approximate='${this.#approximate}'`;
  }
}

/**
 * `x σ(x)`, also called swish.
 * @example
 * nn.SiLU()(tensor([1])) // tensor([0.7311])
 */
export class SiLU extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  forward(x: Tensor): Tensor {
    return silu(x);
  }
}

/**
 * Unchanged above 0, multiplied by `slope` below.
 * @example
 * nn.LeakyReLU(0.1)(tensor([-1, 2])) // tensor([-0.1000,  2.0000])
 */
export class LeakyReLU extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  readonly slope: number;

  constructor(slope = 0.01) {
    super();
    checkNumber("LeakyReLU", "slope", slope);
    this.slope = slope;
  }

  forward(x: Tensor): Tensor {
    return leakyRelu(x, this.slope);
  }

  override describe(): string {
    return `negative_slope=${printFloat(this.slope)}`;
  }
}

/**
 * Unchanged above 0, `alpha (eˣ - 1)` below.
 * @example
 * nn.ELU()(tensor([-1, 2])) // tensor([-0.6321,  2.0000])
 */
export class ELU extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  readonly alpha: number;

  constructor(alpha = 1) {
    super();
    checkNumber("ELU", "alpha", alpha);
    this.alpha = alpha;
  }

  forward(x: Tensor): Tensor {
    return elu(x, this.alpha);
  }

  override describe(): string {
    return `alpha=${printFloat(this.alpha)}`;
  }
}

/**
 * `log(1 + eˣ)`, a smooth ReLU that is never 0; `beta` sharpens its corner.
 * @throws DTypeError for other options, RangeError for what is no number.
 * @example
 * nn.Softplus()(tensor([0])) // tensor([0.6931])
 */
export class Softplus extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  readonly #beta: number;
  readonly #threshold: number;

  constructor(options: SoftplusOptions = {}) {
    super();
    checkOptions("Softplus", options, ["beta", "threshold"]);
    const { beta = 1, threshold = 20 } = options;
    checkNumber("Softplus", "beta", beta);
    checkNumber("Softplus", "threshold", threshold);
    this.#beta = beta;
    this.#threshold = threshold;
  }

  forward(x: Tensor): Tensor {
    return softplus(x, { beta: this.#beta, threshold: this.#threshold });
  }

  override describe(): string {
    return `beta=${this.#beta}, threshold=${this.#threshold}`;
  }
}

/**
 * Probabilities along `dim`. Not in front of `crossEntropy`, which contains it.
 * @example
 * nn.Softmax(0)(tensor([0, 0])) // tensor([0.5000, 0.5000])
 */
export class Softmax extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  readonly dim: number;

  constructor(dim = -1) {
    super();
    checkNumber("Softmax", "dim", dim);
    this.dim = dim;
  }

  forward(x: Tensor): Tensor {
    return softmax(x, this.dim);
  }

  override describe(): string {
    return `dim=${this.dim}`;
  }
}

/**
 * Logarithms of probabilities along `dim`, as `F.nll` takes them.
 * @example
 * nn.LogSoftmax(0)(tensor([0, 0])) // tensor([-0.6931, -0.6931])
 */
export class LogSoftmax extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  readonly dim: number;

  constructor(dim = -1) {
    super();
    checkNumber("LogSoftmax", "dim", dim);
    this.dim = dim;
  }

  forward(x: Tensor): Tensor {
    return logSoftmax(x, this.dim);
  }

  override describe(): string {
    return `dim=${this.dim}`;
  }
}
