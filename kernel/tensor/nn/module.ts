/**
 * Modules: callable objects that own parameters. An instance is a function whose prototype is its
 * class, so `net(x)` runs `forward` and `net instanceof Net` holds. Parameters and submodules are
 * found among an instance's own fields when asked for; nothing is registered by hand.
 */
import { ShapeError } from "../errors.ts";
import { printShape, sameShape } from "../shape.ts";
import { noGrad } from "../tape.ts";
import { Tensor } from "../tensor.ts";
import { Parameter } from "./parameter.ts";

/** Parameters by the names PyTorch's `state_dict` gives them: `"0.weight"`, `"hidden.bias"`. */
export type StateDict = Readonly<Record<string, Tensor>>;

export interface LoadStateOptions {
  /** Refuse names that are missing or left over; true unless given. */
  readonly strict?: boolean;
}

/** What modules can do besides being called; `Module` below adds the call. */
class ModuleMembers {
  /** False after `eval()`: layers that behave differently in training read it. */
  declare training: boolean;

  constructor() {
    const instance = (...args: unknown[]): unknown => forwardOf(instance)(...args);
    Object.setPrototypeOf(instance, new.target.prototype);
    // A function's own name and length would be taken for fields of the module.
    delete (instance as { name?: string }).name;
    delete (instance as { length?: number }).length;
    Object.defineProperty(instance, "training", { value: true, writable: true });
    // Returned in place of `this`, so that subclasses' fields land on the function.
    return instance as unknown as this;
  }

  /** Direct submodules with their field names; entries of an array field count as `field.0`. */
  namedChildren(): [string, Module][] {
    return fieldsOf(this).filter((field): field is [string, Module] => field[1] instanceof Module);
  }

  /** Parameters of this module and all below it, each once, with PyTorch's dotted names. */
  namedParameters(): [string, Tensor][] {
    const named = new Map<Tensor, string>();
    for (const [path, module] of this.namedModules())
      for (const [name, value] of fieldsOf(module))
        if (isParameter(value) && !named.has(value))
          named.set(value, path === "" ? name : `${path}.${name}`);
    return [...named].map(([parameter, name]) => [name, parameter]);
  }

  /** What an optimiser wants. */
  parameters(): Tensor[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** This module (name "") and all below it, parents first. */
  namedModules(): [string, Module][] {
    // Every instance is the function that the constructor returned.
    const found: [string, Module][] = [["", this as ModuleMembers as Module]];
    // The list grows while it is walked; a child is put right behind its parent's earlier children.
    for (let i = 0; i < found.length; i++) {
      const entry = found[i];
      if (entry === undefined) break;
      const [path, module] = entry;
      const children = module
        .namedChildren()
        .map(([name, child]): [string, Module] => [path === "" ? name : `${path}.${name}`, child]);
      found.splice(i + 1, 0, ...children);
    }
    return found;
  }

  /** Parameters by name. The tensors are shared: they change as training goes on. */
  stateDict(): StateDict {
    return Object.fromEntries(this.namedParameters().map(([name, p]) => [name, p.detach()]));
  }

  /**
   * Copies values into this module's parameters.
   * @throws ShapeError naming the parameter when a name is missing, unknown (strict) or of another shape.
   */
  loadStateDict(state: StateDict, { strict = true }: LoadStateOptions = {}): this {
    const own = new Map(this.namedParameters());
    if (strict) {
      const missing = [...own.keys()].filter((name) => !(name in state));
      const unknown = Object.keys(state).filter((name) => !own.has(name));
      if (missing.length > 0 || unknown.length > 0)
        throw new ShapeError(
          `loadStateDict: missing ${list(missing)}, unknown ${list(unknown)} - names must be equal`,
          "{ strict: false } loads what fits",
        );
    }
    for (const [name, parameter] of own) {
      const source = state[name];
      if (source !== undefined && !sameShape(source.shape, parameter.shape))
        throw new ShapeError(
          `loadStateDict: "${name}" is ${printShape(source.shape)} - wanted ${printShape(parameter.shape)}`,
        );
    }
    // All were checked before any is written: a refused file leaves the module as it was.
    noGrad(() => {
      for (const [name, parameter] of own) {
        const source = state[name];
        if (source !== undefined) parameter.copy_(source);
      }
    });
    return this;
  }

  /** Switches this module and all below it to training. */
  train(on = true): this {
    for (const [, module] of this.namedModules()) module.training = on;
    return this;
  }

  /** Switches this module and all below it to evaluation. */
  eval(): this {
    return this.train(false);
  }

  /** Forgets the slopes of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null;
  }

  /** What stands between the parentheses when a layer is printed. */
  describe(): string {
    return "";
  }

  /** The tree of layers, as PyTorch prints it. */
  toString(): string {
    const name = this.constructor.name;
    const children = this.namedChildren();
    if (children.length === 0) return `${name}(${this.describe()})`;
    const lines = children.map(([field, child]) =>
      `(${field}): ${String(child)}`.replaceAll("\n", "\n  "),
    );
    return `${name}(\n  ${lines.join("\n  ")}\n)`;
  }

  /** What a notebook shows for it. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

// `net.call`, `net.bind` and `net instanceof Function` hold as for any function.
Object.setPrototypeOf(ModuleMembers.prototype, Function.prototype);

/** The arguments and result of a call are those of the subclass's `forward`. */
export interface Module extends ModuleMembers {
  (...args: this extends { forward(...args: infer A): unknown } ? A : never[]): this extends {
    forward(...args: never[]): infer R;
  }
    ? R
    : unknown;
}

/**
 * The base of every layer and network. Write layers as fields and `forward`; call the instance.
 * @example
 * class Net extends nn.Module {
 *   hidden = nn.Linear(2, 16);
 *   out = nn.Linear(16, 2);
 *   forward(x: Tensor) { return this.out(this.hidden(x).tanh()); }
 * }
 * const net = new Net();
 * net(x)
 */
// The constructor returns a function over the class's prototype, so an instance has the call that a
// class body cannot declare.
export const Module = ModuleMembers as unknown as { new (): Module; readonly prototype: Module };

function forwardOf(instance: object): (...args: unknown[]) => unknown {
  const forward: unknown = Reflect.get(instance, "forward");
  if (typeof forward !== "function")
    throw new TypeError(
      `${instance.constructor.name}: no forward method - a module needs one to be called`,
    );
  return (...args) => Reflect.apply(forward, instance, args) as unknown;
}

/** Own fields in the order they were written, entries of arrays one by one. */
function fieldsOf(module: object): [string, unknown][] {
  return Object.entries(module).flatMap(([name, value]: [string, unknown]): [string, unknown][] =>
    Array.isArray(value)
      ? value.map((entry: unknown, i): [string, unknown] => [`${name}.${i}`, entry])
      : [[name, value]],
  );
}

function isParameter(value: unknown): value is Tensor {
  return (
    value instanceof Parameter || (value instanceof Tensor && value.requiresGrad && value.isLeaf)
  );
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(" and ");
}
