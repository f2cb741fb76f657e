/** Functions that watch a module's calls: before, after, and on the way back. PyTorch's order. */
import { isTensor } from "../autograd/apply.ts";
import { GradientError, kindOf } from "../errors.ts";
import type { HookHandle } from "../autograd/hooks.ts";
import { recordSeveral } from "../autograd/several.ts";
import { isRecording } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Module } from "./module.ts";

type Slopes = readonly (Tensor | null)[];
type Args = readonly unknown[];

export type AnyPreHook = (module: Module, args: Args) => unknown;
export type AnyForwardHook = (module: Module, args: Args, output: unknown) => unknown;
export type AnyBackwardHook = (module: Module, gradInput: Slopes, gradOutput: Slopes) => unknown;

/** The hooks of one module, each kind in the order in which they were added. */
export class ModuleHooks {
  readonly #before = new Map<HookHandle, AnyPreHook>();
  readonly #after = new Map<HookHandle, AnyForwardHook>();
  readonly #back = new Map<HookHandle, AnyBackwardHook>();

  /** All that there were have been taken away again. */
  get isEmpty(): boolean {
    return this.#before.size + this.#after.size + this.#back.size === 0;
  }

  before(hook: AnyPreHook): HookHandle {
    return add("registerForwardPreHook", this.#before, hook);
  }
  after(hook: AnyForwardHook): HookHandle {
    return add("registerForwardHook", this.#after, hook);
  }
  back(hook: AnyBackwardHook): HookHandle {
    return add("registerFullBackwardHook", this.#back, hook);
  }

  /** Calls `forward` with every hook around it. */
  run(module: Module, forward: (...args: Args) => unknown, args: Args): unknown {
    let inputs = args;
    for (const hook of this.#before.values()) {
      const given = hook(module, inputs) ?? inputs;
      inputs = Array.isArray(given) ? given : [given];
    }
    const watch =
      this.#back.size > 0 && isRecording() ? new BackwardWatch(module, this.#back) : null;
    if (watch !== null) inputs = watch.enter(inputs);
    let output = forward(...inputs);
    for (const hook of this.#after.values()) output = hook(module, inputs, output) ?? output;
    return watch === null ? output : watch.leave(output);
  }
}

function add<H>(what: string, hooks: Map<HookHandle, H>, hook: H): HookHandle {
  if (typeof hook !== "function")
    throw new TypeError(`${what}: ${kindOf(hook)} - wanted a function`);
  const handle: HookHandle = { remove: () => void hooks.delete(handle) };
  hooks.set(handle, hook);
  return handle;
}

/** One call of a module whose backward hooks wait for the slopes on both of its sides. */
class BackwardWatch {
  readonly #module: Module;
  readonly #hooks: ReadonlyMap<HookHandle, AnyBackwardHook>;
  #hasInputs = false;
  #inputs = 0;
  #gradOutput: Slopes = [];

  constructor(module: Module, hooks: ReadonlyMap<HookHandle, AnyBackwardHook>) {
    this.#module = module;
    this.#hooks = hooks;
  }

  /** Lets the inputs pass, so that their slopes come by here last. */
  enter(args: Args): Args {
    const inputs = args.filter(isTensor);
    this.#inputs = inputs.length;
    const wanted = inputs.filter((input) => input.requiresGrad);
    this.#hasInputs = wanted.length > 0;
    const copies = passing(wanted, (slopes) => {
      const places = inputs.map((input) => wanted.indexOf(input));
      const all = places.map((place) => slopes[place] ?? null);
      const after = this.#tell(all);
      return wanted.map((input) => after[inputs.indexOf(input)] ?? null);
    });
    return args.map((arg) => copies[wanted.indexOf(arg as Tensor)] ?? arg);
  }

  /** Lets the outputs pass, so that their slopes come by here first. */
  leave(output: unknown): unknown {
    const list: readonly unknown[] = Array.isArray(output) ? output : [output];
    const wanted = list.filter(isTensor).filter((each) => each.requiresGrad);
    const copies = passing(wanted, (slopes) => {
      this.#gradOutput = list.filter(isTensor).map((each) => slopes[wanted.indexOf(each)] ?? null);
      if (!this.#hasInputs) this.#tell(Array.from({ length: this.#inputs }, () => null));
      return slopes;
    });
    const passed = list.map((each) => copies[wanted.indexOf(each as Tensor)] ?? each);
    return Array.isArray(output) ? passed : passed[0];
  }

  #tell(gradInput: Slopes): Slopes {
    let current = gradInput;
    for (const hook of this.#hooks.values()) {
      const given = hook(this.#module, current, this.#gradOutput) ?? current;
      const next: readonly unknown[] = Array.isArray(given) ? given : [given];
      if (next.length !== current.length || !next.every((each) => each === null || isTensor(each)))
        throw new GradientError(
          `registerFullBackwardHook: the hook returned ${kindOf(given)} - ` +
            `wanted nothing, or a tensor or null for each of the ${current.length} inputs`,
        );
      current = next as Slopes;
    }
    return current;
  }
}

/** The same values through one recorded step, at which `seen` may change all their slopes together. */
function passing(tensors: readonly Tensor[], seen: (slopes: Slopes) => Slopes): Tensor[] {
  const copies = tensors.map((tensor) => tensor.detach());
  if (tensors.length > 0) recordSeveral("module", tensors, copies, seen);
  return copies;
}
