/** A tensor that a module learns: it requires a gradient and is part of the module's state. */
import { Tensor } from "../tensor.ts";
import type { View } from "../view.ts";

/** Shares the values of `data`. Stays a parameter while frozen (`requiresGrad = false`). */
export class Parameter extends Tensor {
  constructor(data: View) {
    super(data);
    this.requiresGrad = true;
  }
}
