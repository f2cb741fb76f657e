/** Layers that compute nothing: changes of shape, and none at all. */
import { wantTensor } from "../autograd/apply.ts";
import { checkNumber } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import type { Carrier, Flattens, Keeps, rule } from "../typed/layers.ts";
import type { Unknown } from "../typed/unknown.ts";
import { Module } from "./module.ts";

/**
 * Dimensions `start` to `end` joined: `[n, 3, 8] -> [n, 24]` unless told otherwise.
 * @throws ShapeError, when called, for dimensions that are not there.
 * @example
 * nn.Flatten()(zeros([5, 3, 8])).shape // 5,24
 * nn.Flatten(0, 1)(zeros([5, 3, 8])).shape // 15,8
 */
export class Flatten<From extends number = Unknown, To extends number = Unknown> extends Module {
  declare readonly [rule]: Carrier<Flattens<From, To>>;
  readonly #start: number;
  readonly #end: number;

  constructor(start = 1, end = -1) {
    super();
    checkNumber("Flatten", "start", start);
    checkNumber("Flatten", "end", end);
    this.#start = start;
    this.#end = end;
  }

  forward(x: Tensor): Tensor {
    wantTensor("Flatten", "the input", x);
    return x.flatten(this.#start, this.#end);
  }

  override describe(): string {
    return `start_dim=${this.#start}, end_dim=${this.#end}`;
  }
}

/**
 * Passes its input on.
 * @example
 * nn.Identity()(tensor([1, 2])) // tensor([1., 2.])
 */
export class Identity extends Module {
  declare readonly [rule]: Carrier<Keeps>;
  forward(x: Tensor): Tensor {
    return x;
  }
}
