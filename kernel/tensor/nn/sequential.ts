/** Layers one after the other. */
import { outside } from "../autograd/lifetimes.ts";
import { kindOf } from "../errors.ts";
import { sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Carrier, Chains, rule } from "../typed/layers.ts";
import type { Unknown } from "../typed/unknown.ts";
import { shapeError, wording } from "../typed/wording.ts";
import * as activations from "./activations.ts";
import { Conv1d, Conv2d } from "./conv.ts";
import { Dropout } from "./dropout.ts";
import { Identity } from "./layers.ts";
import { Linear } from "./linear.ts";
import { Module } from "./module.ts";
import { BatchNorm1d, BatchNorm2d, LayerNorm } from "./normalization.ts";
import * as pooling from "./pool.ts";

/** Anything that turns a tensor into a tensor: a layer, a network, a function. */
export type Layer = (x: Tensor) => Tensor;

/**
 * `Sequential(a, b, c)(x)` is `c(b(a(x)))`. Parameters are named `0.weight`, `2.bias`, ...
 * @throws TypeError for what is no layer.
 * @example
 * const net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1));
 * net(ones([5, 2])).shape // 5,1
 * net.slice(0, 2)(ones([5, 2])).shape // 5,3
 */
export class Sequential<L extends readonly Layer[] = Unknown> extends Module {
  declare readonly [rule]: Carrier<Chains<L>>;
  /** The layers, as fields of their own: `net[0]`; another may be put in a layer's place. */
  [index: number]: Layer;
  #size = 0;

  constructor(...layers: L) {
    super();
    for (const layer of layers) this.append(layer);
    checkCounts(layers);
  }

  forward(x: Tensor): Tensor {
    let value = x;
    for (let i = 0; i < this.#size; i++) value = passed(this[i] as Layer, value);
    return value;
  }

  /** How many layers. */
  get size(): number {
    return this.#size;
  }

  /** Layer `index`; negative counts from the end. @throws RangeError when there is none. */
  at(index: number): Layer {
    const layer = this[index < 0 ? index + this.#size : index];
    if (layer === undefined)
      throw new RangeError(`Sequential: layer ${index} - it has layers 0 to ${this.#size - 1}`);
    return layer;
  }

  /** The layers from `start` up to but without `end` as a network of their own, which shares them. */
  slice(start = 0, end = this.#size): Sequential {
    return new Sequential(...[...this].slice(start, end));
  }

  /** Adds a layer at the end. */
  append(layer: Layer): this {
    refuseNonLayer(layer, this.#size);
    this[this.#size++] = layer;
    return this;
  }

  *[Symbol.iterator](): IterableIterator<Layer> {
    for (let i = 0; i < this.#size; i++) yield this.at(i);
  }
}

/** A module sees to itself; a function may keep what it sees. */
function passed(layer: Layer, x: Tensor): Tensor {
  return layer instanceof Module ? layer(x) : outside(() => layer(x));
}

/** Layers of which nothing is known but that widths, or channels, stay. */
const keepers = [...Object.values(activations), Dropout, Identity];
const pools = Object.values(pooling);

/** What is counted: the values in the last dimension, or the channels. */
interface Counts {
  readonly what: "values" | "channels";
  readonly takes: number;
  readonly gives: number;
}

/** Whether a layer does what its class does: a subclass may do more in its `forward`. */
function does<M extends { forward(x: Tensor): Tensor }>(
  layer: Layer,
  kind: { readonly prototype: M } & (abstract new (...args: never[]) => M),
): layer is Layer & M {
  return layer instanceof kind && layer.forward === kind.prototype.forward;
}

/** How many values or channels a layer takes and gives; null when it does not say. */
function countsOf(layer: Layer): Counts | null {
  if (does(layer, Linear)) {
    const { shape } = layer.weight;
    return { what: "values", takes: sizeAt(shape, 1), gives: sizeAt(shape, 0) };
  }
  if (does(layer, Conv1d) || does(layer, Conv2d)) {
    const { channels: takes, filters: gives } = layer;
    return { what: "channels", takes, gives };
  }
  return null;
}

/** How many a layer gives that changes no counts but checks one; null when it checks none. */
function keptBy(layer: Layer): Counts | null {
  if (does(layer, BatchNorm1d) || does(layer, BatchNorm2d)) {
    const { channels } = layer;
    return { what: "channels", takes: channels, gives: channels };
  }
  if (!does(layer, LayerNorm)) return null;
  const size = layer.normalized[layer.normalized.length - 1];
  return size === undefined ? null : { what: "values", takes: size, gives: size };
}

/** What a layer gives must be as many as the next takes. @throws ShapeError. */
function checkCounts(layers: readonly Layer[]): void {
  let given: { readonly from: number; readonly count: number; readonly what: string } | null = null;
  // As many as the types check, so that both say the same.
  layers.slice(0, 8).forEach((layer, to) => {
    const kept = keptBy(layer);
    if (kept !== null && given !== null && given.what !== kept.what) return;
    const counts = kept ?? countsOf(layer);
    if (counts !== null) {
      const { what, takes, gives } = counts;
      if (given?.what === what && given.count !== takes)
        throw shapeError(wording.chain, { from: given.from, m: given.count, what, to, n: takes });
      given = { from: to, count: gives, what };
    } else if (pools.some((kind) => layer instanceof kind)) {
      if (given?.what !== "channels") given = null;
    } else if (!keepers.some((kind) => layer instanceof kind)) given = null;
  });
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
