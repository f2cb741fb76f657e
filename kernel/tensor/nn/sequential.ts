/** Layers one after the other. */
import { kindOf } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { Module } from "./module.ts";

/** Anything that turns a tensor into a tensor: a layer, a network, a function. */
export type Layer = (x: Tensor) => Tensor;

/** `Sequential(a, b, c)(x)` is `c(b(a(x)))`. Parameters are named `0.weight`, `2.bias`, ... */
export class Sequential extends Module {
  readonly #layers: readonly Layer[];

  constructor(...layers: Layer[]) {
    super();
    layers.forEach(refuseNonLayer);
    this.#layers = layers;
  }

  forward(x: Tensor): Tensor {
    return this.#layers.reduce((value, layer) => layer(value), x);
  }

  /** How many layers. */
  get size(): number {
    return this.#layers.length;
  }

  /** Layer `index`; negative counts from the end. @throws RangeError when there is none. */
  at(index: number): Layer {
    const layer = this.#layers.at(index);
    if (layer === undefined)
      throw new RangeError(`Sequential: layer ${index} - it has layers 0 to ${this.size - 1}`);
    return layer;
  }

  override namedChildren(): [string, Module][] {
    return this.#layers.flatMap((layer, i): [string, Module][] => {
      // Widened: a layer may be a plain function, which has no parameters.
      const value: unknown = layer;
      return value instanceof Module ? [[String(i), value]] : [];
    });
  }
}

/** Now and not at the first call, which may be cells away. */
function refuseNonLayer(layer: unknown, index: number): void {
  const refuse = (what: string, wanted: string) => {
    throw new TypeError(`Sequential: layer ${index} is ${what} - wanted ${wanted}`);
  };
  if (Array.isArray(layer)) refuse("an array", "the layers one by one, without brackets");
  if (typeof layer !== "function") return refuse(kindOf(layer), "a layer or a function");
  const { prototype, name } = layer as { prototype?: unknown; name: string };
  if (prototype instanceof Module) refuse(`the class ${name}`, `a layer of it, as ${name}() makes`);
}
