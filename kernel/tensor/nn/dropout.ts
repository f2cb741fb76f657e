/** The layer that drops what flows through it at random. */
import { modalLayerRan } from "../notices/layers.ts";
import { watch } from "../notices/notice.ts";
import { checkNumber } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import type { Carrier, Keeps, rule } from "../typed/layers.ts";
import { dropout } from "./functional/index.ts";
import { Module } from "./module.ts";
import { printFloat } from "./print.ts";

/**
 * In training each element is 0 with probability `p` and the others are divided by 1 - p; in
 * evaluation everything passes. Any shape.
 * @throws RangeError for a probability outside 0 to 1.
 * @example
 * const drop = nn.Dropout(0.5);
 * drop.eval()(ones([3])) // tensor([1., 1., 1.])
 */
export class Dropout extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  readonly p: number;

  constructor(p = 0.5) {
    super();
    checkNumber("Dropout", "p", p, 0, 1);
    this.p = p;
  }

  forward(x: Tensor): Tensor {
    const output = dropout(x, this.p, { training: this.training });
    if (watch.on) modalLayerRan(output, this.training && this.p > 0);
    return output;
  }

  override describe(): string {
    // PyTorch prints the number as it was given: Dropout(p=0.5), Dropout(p=0).
    return `p=${Number.isInteger(this.p) ? this.p : printFloat(this.p)}, inplace=False`;
  }
}
