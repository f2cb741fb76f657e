/** Modules in a list. */
import { kindOf } from "../errors.ts";
import { Module } from "./module.ts";

/**
 * A list whose modules belong to the network it is a field of: `layers.0`, `layers.1`, ... A plain
 * array in a field does the same; this one has a name when printed, and refuses what is no module.
 * @throws TypeError for an entry that is no module.
 * @example
 * const layers = nn.ModuleList([nn.Linear(2, 3), nn.Linear(3, 1)]);
 * layers.append(nn.ReLU());
 * layers.size // 3
 * Array.from(layers).length // 3
 * layers[1].weight.shape // 1,3
 */
export class ModuleList<M extends Module = Module> extends Module {
  /** The modules, as fields of their own: `layers[0]`. */
  readonly [index: number]: M;

  constructor(modules: Iterable<M> = []) {
    super();
    this.extend(modules);
  }

  /** How many modules. */
  get size(): number {
    return this.namedChildren().length;
  }

  /** Module `index`; negative counts from the end. @throws RangeError when there is none. */
  at(index: number): M {
    const found = [...this].at(index);
    if (found === undefined)
      throw new RangeError(`ModuleList: module ${index} - it has ${this.size} modules`);
    return found;
  }

  /** Adds a module at the end. */
  append(module: Module): this {
    return this.extend([module]);
  }

  /** Adds modules at the end. */
  extend(modules: Iterable<Module>): this {
    if (typeof (modules as Partial<Iterable<Module>> | null)?.[Symbol.iterator] !== "function")
      throw new TypeError(`ModuleList: ${kindOf(modules)} - wanted an array of modules`);
    for (const module of modules) {
      const value: unknown = module;
      if (!(value instanceof Module))
        throw new TypeError(`ModuleList: entry ${this.size} is ${kindOf(value)} - wanted a module`);
      Object.assign(this, { [this.size]: module });
    }
    return this;
  }

  *[Symbol.iterator](): IterableIterator<M> {
    for (let i = 0; i < this.size; i++) {
      const module = this[i];
      if (module !== undefined) yield module;
    }
  }
}
