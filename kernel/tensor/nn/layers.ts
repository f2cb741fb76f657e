/** Layers without parameters: activations and changes of shape. */
import type { Tensor } from "../tensor.ts";
import { Module } from "./module.ts";

/** 0 below 0, unchanged above. */
export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return x.relu();
  }
}

/** Between -1 and 1. */
export class Tanh extends Module {
  forward(x: Tensor): Tensor {
    return x.tanh();
  }
}

/** Between 0 and 1. */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    return x.sigmoid();
  }
}

/** The smooth ReLU of transformers. */
export class GELU extends Module {
  forward(x: Tensor): Tensor {
    return x.gelu();
  }
}

/** Probabilities along `dim`. Not in front of `crossEntropy`, which contains it. */
export class Softmax extends Module {
  readonly dim: number;

  constructor(dim = -1) {
    super();
    this.dim = dim;
  }

  forward(x: Tensor): Tensor {
    return x.softmax(this.dim);
  }

  override describe(): string {
    return `dim=${this.dim}`;
  }
}

/** All dimensions behind the first joined: `[n, 3, 8] -> [n, 24]`. */
export class Flatten extends Module {
  forward(x: Tensor): Tensor {
    return x.flatten(1);
  }

  override describe(): string {
    return "start_dim=1, end_dim=-1";
  }
}

/** Passes its input on. */
export class Identity extends Module {
  forward(x: Tensor): Tensor {
    return x;
  }
}
