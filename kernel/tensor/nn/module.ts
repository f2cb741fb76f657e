/**
 * Modules: callable objects that own parameters. An instance is a function whose prototype is its
 * class, so `net(x)` runs `forward` and `net instanceof Net` holds. Parameters, buffers and submodules
 * are found among an instance's own fields when asked for; nothing is registered by hand.
 */
import { isTensor } from "../autograd/apply.ts";
import { outside, task } from "../autograd/lifetimes.ts";
import { isOurs } from "../callable.ts";
import { DTypeError, kindOf } from "../errors.ts";
import type { HookHandle } from "../autograd/hooks.ts";
import { inModule, origins } from "../autograd/origin.ts";
import { watch } from "../notices/notice.ts";
import { moduleCalled } from "../notices/slopes.ts";
import { parametersAsked } from "../optim/at-work.ts";
import type { Tensor } from "../tensor.ts";
import type { Arguments, Result, Takes } from "../typed/calls.ts";
import type { Shape } from "../view.ts";
import { ModuleHooks } from "./hooks.ts";
import { Buffer, isParameter, setFrozen } from "./parameter.ts";
import {
  type LoadReport,
  type LoadStateOptions,
  loadState,
  type StateDict,
  stateOf,
} from "./state.ts";
import { Summary } from "./summary.ts";
import { dotted, fieldsOf, nameTest, places, printTree } from "./tree.ts";

/** What a subclass's `forward` takes and gives; tensors where the class is not known. */
type ArgsOf<M> = M extends { forward(...args: infer A): unknown } ? A : Tensor[];
type ResultOf<M> = M extends { forward(...args: never[]): infer R } ? R : Tensor;
/** A hook may have nothing to say. */
// oxlint-disable-next-line no-invalid-void-type -- a function without a return statement
type Perhaps<T> = T | null | undefined | void;
type Slopes = (Tensor | null)[];
/** A hook of any module: hooks are kept in one list, whatever their module's class. */
type AnyHook = (...args: readonly unknown[]) => unknown;

/** Where a module keeps its hooks: no name, so that a subclass may call a field as it likes. */
const hooksKey = Symbol("hooks");

/** What modules can do besides being called; `Module` below adds the call. */
class ModuleMembers {
  /** False after `eval()`: layers that behave differently in training read it. */
  declare training: boolean;
  /** @internal Null until the first hook, so that calls without hooks pay nothing for them. */
  declare [hooksKey]: ModuleHooks | null;

  /** A layer without settings gets here what it was made with: nothing, unless calls are mixed up. */
  constructor(...given: readonly unknown[]) {
    if (isTensor(given[0])) {
      const kind = new.target.name;
      throw new DTypeError(
        `${kind}: a tensor where the layer is made - wanted it where the layer is called`,
        `${kind}()(x)`,
      );
    }
    const instance = (...args: unknown[]): unknown => {
      const forward = forwardOf(instance);
      const hooks = (instance as unknown as Module)[hooksKey];
      if (watch.on) moduleCalled(instance as unknown as Module);
      return origins.left > 0
        ? inModule(instance, () => called(instance, forward, hooks, args))
        : called(instance, forward, hooks, args);
    };
    Object.setPrototypeOf(instance, new.target.prototype);
    // A function's own name and length would be taken for fields of the module.
    delete (instance as { name?: string }).name;
    delete (instance as { length?: number }).length;
    const hidden = { writable: true, configurable: true };
    Object.defineProperty(instance, "training", { value: true, ...hidden });
    Object.defineProperty(instance, hooksKey, { value: null, ...hidden });
    // Returned in place of `this`, so that subclasses' fields land on the function.
    return instance as unknown as this;
  }

  // ------------------------------------------------------------ what is in it

  /** Direct submodules with their field names; entries of an array field count as `field.0`. */
  namedChildren(): [string, Module][] {
    return fieldsOf(this).filter((field): field is [string, Module] => field[1] instanceof Module);
  }

  /** This module (name "") and all below it, parents first, each once. */
  namedModules(): [string, Module][] {
    const named = new Map<Module, string>();
    for (const [path, module] of places(moduleOf(this)))
      if (!named.has(module)) named.set(module, path);
    return [...named].map(([module, path]) => [path, module]);
  }

  /**
   * The submodule of this dotted name: `net.get("hidden.0")`.
   * @throws RangeError naming those that are there.
   */
  get(name: string): Module {
    const all = this.namedModules();
    const found = [...places(moduleOf(this))].find(([path]) => path === name);
    if (found !== undefined) return found[1];
    const names = all.map(([path]) => `"${path}"`).slice(1);
    throw new RangeError(
      `get: no module "${name}" - wanted ${names.length === 0 ? "none: there are no submodules" : `one of ${names.join(", ")}`}`,
    );
  }

  /** Parameters of this module and all below it, each once, with PyTorch's dotted names. */
  namedParameters(): [string, Tensor][] {
    return named(moduleOf(this), isParameter);
  }

  /** What an optimiser wants: the tensors of `namedParameters`. */
  parameters(): Tensor[] {
    const parameters = this.namedParameters().map(([, parameter]) => parameter);
    parametersAsked(moduleOf(this), parameters);
    return parameters;
  }

  /** Buffers of this module and all below it, each once: tensors that are kept but not learned. */
  namedBuffers(): [string, Tensor][] {
    return named(moduleOf(this), (value) => value instanceof Buffer);
  }

  /**
   * A table of the layers with their parameters; with an input, or its shape, also of what comes out
   * of each: `net.summary([32, 64])`. The input runs through in evaluation mode and unrecorded.
   */
  summary(...inputs: readonly (Tensor | Shape)[]): Summary {
    return new Summary(moduleOf(this), inputs);
  }

  // ------------------------------------------------------------ state

  /** Parameters and buffers by name. The tensors are shared: they change as training goes on. */
  stateDict(): StateDict {
    return Object.fromEntries(
      stateOf(moduleOf(this)).map(([name, tensor]) => [name, tensor.detach()]),
    );
  }

  /**
   * Copies values into this module's parameters and buffers, and tells which names did not match.
   * @throws ShapeError when names are missing or left over (strict), or a tensor has another shape;
   * nothing is changed then. TypeError for what is no tensor.
   */
  loadStateDict(state: StateDict, { strict = true }: LoadStateOptions = {}): LoadReport {
    return loadState(moduleOf(this), state, strict);
  }

  // ------------------------------------------------------------ modes

  /** Switches this module and all below it to training. */
  train(on = true): this {
    for (const [, module] of this.namedModules()) module.training = on;
    return this;
  }

  /** Switches this module and all below it to evaluation. */
  eval(): this {
    return this.train(false);
  }

  /**
   * Takes parameters out of training: all, or those whose name fits: `net.freeze("hidden")` means
   * everything below `hidden`, `"*.bias"` every bias. @throws RangeError when none fits.
   */
  freeze(names?: string | RegExp): this {
    for (const parameter of chosen("freeze", moduleOf(this), names)) setFrozen(parameter, true);
    return this;
  }

  /** Lets parameters be trained again, chosen as by `freeze`. */
  unfreeze(names?: string | RegExp): this {
    for (const parameter of chosen("unfreeze", moduleOf(this), names)) setFrozen(parameter, false);
    return this;
  }

  /** Forgets the slopes of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null;
  }

  /** Calls `visit` with every module below and at last this one: `net.apply(startAnew)`. */
  apply(visit: (module: Module) => void): this {
    if (typeof visit !== "function")
      throw new TypeError(`apply: ${kindOf(visit)} - wanted a function of a module`);
    for (const [, child] of this.namedChildren()) child.apply(visit);
    visit(moduleOf(this));
    return this;
  }

  // ------------------------------------------------------------ hooks

  /** Calls `hook(module, inputs)` before each `forward`; what it returns takes the inputs' place. */
  registerForwardPreHook<M = this>(
    hook: (module: M, inputs: ArgsOf<M>) => Perhaps<ArgsOf<M> | readonly Tensor[] | Tensor>,
  ): HookHandle {
    return hooksOf(this).before(hook as AnyHook);
  }

  /** Calls `hook(module, inputs, output)` after each `forward`; what it returns takes the output's place. */
  registerForwardHook<M = this>(
    hook: (module: M, inputs: ArgsOf<M>, output: ResultOf<M>) => Perhaps<ResultOf<M>>,
  ): HookHandle {
    return hooksOf(this).after(hook as AnyHook);
  }

  /**
   * Calls `hook(module, gradInput, gradOutput)` when the slopes of all inputs are known; what it
   * returns takes the place of `gradInput`. An input that wants no slope has null.
   */
  registerFullBackwardHook<M = this>(
    hook: (
      module: M,
      gradInput: Slopes,
      gradOutput: Slopes,
    ) => Perhaps<readonly (Tensor | null)[] | Tensor>,
  ): HookHandle {
    return hooksOf(this).back(hook as AnyHook);
  }

  // ------------------------------------------------------------ printing

  /** What stands between the parentheses when a layer is printed. */
  describe(): string {
    return "";
  }

  /** The tree of layers, as PyTorch prints it. */
  toString(): string {
    return printTree(moduleOf(this));
  }

  /** What a notebook shows for it: a table of its layers, or its line where there is nothing to count. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const text = this.toString();
    const summary = this.summary();
    return summary.total === 0
      ? { "text/plain": text }
      : { "text/plain": text, "text/html": summary.toHtml() };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

// `net.call`, `net.bind` and `net instanceof Function` hold as for any function.
Object.setPrototypeOf(ModuleMembers.prototype, Function.prototype);

/**
 * The arguments and result of a call are those of the subclass's `forward`; a layer that says what it
 * does to shapes is checked by that, and its result has a shape.
 */
export interface Module extends ModuleMembers {
  <A extends Arguments<this>>(...args: A & Takes<this, A>): Result<this, A>;
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
 * net(ones([5, 2])).shape // 5,2
 */
// The constructor returns a function over the class's prototype, so an instance has the call that a
// class body cannot declare.
export const Module = ModuleMembers as unknown as { new (): Module; readonly prototype: Module };

/** Every instance is the function that the constructor returned, and has the call. */
function moduleOf(members: ModuleMembers): Module {
  return members as Module;
}

function hooksOf(members: ModuleMembers): ModuleHooks {
  return (members[hooksKey] ??= new ModuleHooks());
}

/** Tensors that `belongs` picks, of this module and all below it, each once and by its first name. */
function named(root: Module, belongs: (value: unknown) => boolean): [string, Tensor][] {
  const found = new Map<Tensor, string>();
  for (const [path, module] of places(root))
    for (const [name, value] of fieldsOf(module))
      if (belongs(value) && !found.has(value as Tensor))
        found.set(value as Tensor, dotted(path, name));
  return [...found].map(([tensor, name]) => [name, tensor]);
}

/** @throws RangeError when `names` fits no parameter. */
function chosen(op: string, root: Module, names: string | RegExp | undefined): Tensor[] {
  const all = root.namedParameters();
  if (names === undefined) return all.map(([, parameter]) => parameter);
  if (typeof names !== "string" && !(names instanceof RegExp))
    throw new TypeError(`${op}: ${kindOf(names)} - wanted a name, such as "hidden" or "*.bias"`);
  const fits = nameTest(names);
  const some = all.filter(([name]) => fits(name));
  if (some.length === 0)
    throw new RangeError(
      `${op}: no parameter is named ${String(names)} - wanted one of ${all.map(([name]) => `"${name}"`).join(", ")}`,
    );
  return some.map(([, parameter]) => parameter);
}

function called(
  instance: object,
  forward: Forward,
  hooks: ModuleHooks | null,
  args: readonly unknown[],
): unknown {
  if (hooks === null || hooks.isEmpty) return run(forward, instance, args);
  const plain = (...given: readonly unknown[]): unknown => run(forward, instance, given);
  return outside(() => hooks.run(instance as Module, plain, args));
}

/** What a layer of ours makes on its way to its result nobody else sees: it need not be kept. */
function run(forward: Forward, instance: object, args: readonly unknown[]): unknown {
  if (isOurs(forward) && args.length > forward.length)
    refuseTensors(instance, args, forward.length);
  const body = (): unknown => Reflect.apply(forward, instance, args);
  return isOurs(forward) ? task(body, tensorsIn) : outside(body);
}

/**
 * A layer of ours would not look at more than its `forward` takes. Only tensors are refused: an
 * array's `map` calls with a place and the array as well.
 */
function refuseTensors(instance: object, args: readonly unknown[], wanted: number): void {
  const extra = args.findIndex((each, i) => i >= wanted && isTensor(each));
  if (extra < 0) return;
  const taken = wanted === 1 ? "1 argument" : `${wanted} arguments`;
  throw new DTypeError(
    `${instance.constructor.name}: a tensor as argument ${extra + 1} - wanted ${taken}`,
  );
}

/** The tensors in a result; null for one of another form. */
function tensorsIn(result: unknown): readonly Tensor[] | null {
  if (isTensor(result)) return [result];
  if (!Array.isArray(result)) return result === null ? [] : null;
  const found: Tensor[] = [];
  for (const part of result) {
    const inside = tensorsIn(part);
    if (inside === null) return null;
    found.push(...inside);
  }
  return found;
}

type Forward = (...args: never[]) => unknown;

function forwardOf(instance: object): Forward {
  const forward: unknown = Reflect.get(instance, "forward");
  if (typeof forward !== "function")
    throw new TypeError(
      `${instance.constructor.name}: no forward method - a module needs one to be called`,
    );
  return forward as (...args: never[]) => unknown;
}
