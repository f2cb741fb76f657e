/** What optimisers share: groups of parameters, a memory for each parameter, and the step. */
import { activity } from "../activity.ts";
import { full } from "../creation/create.ts";
import { kindOf } from "../errors.ts";
import { Parameter } from "../nn/parameter.ts";
import { watch } from "../notices/notice.ts";
import { optimizerStepped, parametersClaimed } from "../notices/slopes.ts";
import { noGrad } from "../autograd/tape.ts";
import { Tensor } from "../tensor.ts";
import { optimizerAtWork, optimizerMade, stepBegins } from "./at-work.ts";
import {
  checkNames,
  type CommonOptions,
  Group,
  type GroupOptions,
  type ParameterGroup,
  type ScheduleDescription,
  type Shaping,
} from "./group.ts";
import { checkSetting, type Setting, type Settings } from "./settings.ts";
import { checkState, groupStates, type OptimizerState } from "./state.ts";

/** What an optimiser learns: a list of tensors, or groups of them with settings of their own. */
export type Parameters<O> = Iterable<Tensor> | Iterable<GroupOptions<O>>;

/** Per-parameter memory of an optimiser. */
export interface Slot {
  steps: number;
  readonly tensors: Record<string, Tensor>;
}

/** All settings with their defaults; undefined marks one that has to be given. */
type Defaults<O> = { readonly [K in keyof O]-?: O[K] | undefined };
type Named = Readonly<Record<string, Setting | undefined>>;

/**
 * The base of all optimisers: parameters in groups, and settings that are read at each step, so
 * that a slider among them is followed.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.1 });
 * opt instanceof optim.Optimizer // true
 * opt.paramGroups[0].lr // 0.1
 */
export abstract class Optimizer<O extends CommonOptions = CommonOptions> {
  readonly #kind: string;
  readonly #known: Named;
  readonly #fallback: Named;
  readonly #groups: Group[] = [];
  readonly #faces: ParameterGroup<O>[] = [];
  readonly #slots = new Map<Tensor, Slot>();
  readonly #shapings: Shaping[] = [];

  /** @throws TypeError, RangeError for what is no list of leaves, or settings that no step could use. */
  constructor(kind: string, params: Parameters<O>, options: O, defaults: Defaults<O>) {
    this.#kind = kind;
    // Options hold settings only, which the index signature says.
    this.#known = defaults as Named;
    // Cells are not checked before they run: options may be missing altogether.
    const given = (options as O | undefined) === undefined ? {} : options;
    checkNames(kind, given, Object.keys(defaults));
    this.#fallback = { ...this.#known, ...defined(given) };
    const groups = groupsIn(kind, params);
    // Before the settings, which nobody looks at who has nothing to learn.
    if (groups.every((group) => group.params.length === 0))
      throw new RangeError(`${kind}: no parameters - wanted at least one`);
    for (const group of groups) this.#add(group);
    optimizerMade(this, this.parameters);
  }

  /** Groups of parameters with their settings, to be read and written. */
  get paramGroups(): readonly ParameterGroup<O>[] {
    return this.#faces;
  }

  /** The parameters of all groups. */
  get parameters(): readonly Tensor[] {
    return [...this.#slots.keys()];
  }

  /**
   * Adds parameters with settings of their own, as when frozen layers begin to learn.
   * @throws TypeError, RangeError as the constructor, also for a parameter that it has already.
   */
  addParamGroup(group: GroupOptions<O>): void {
    const [only] = groupsIn(this.#kind, [group]);
    if (only !== undefined) this.#add(only);
  }

  #add({ params, ...own }: AnyGroup): void {
    const kind = this.#kind;
    const tensors = leavesOf(kind, params, this.#slots);
    checkNames(kind, own, Object.keys(this.#known));
    const settings: Named = { ...this.#fallback, ...defined(own) };
    const given = Object.keys(this.#known).map((name): [string, Setting] => {
      const setting: unknown = settings[name];
      checkSetting(kind, name, setting, this.#known[name]);
      return [name, setting];
    });
    const index = this.#groups.length;
    const made = new Group(kind, tensors, Object.fromEntries(given), (what, base) =>
      this.#shapings.reduce((value, shaping) => shaping[what](value, index), base),
    );
    this.checkGroup(made.unread());
    for (const tensor of tensors) this.#slots.set(tensor, { steps: 0, tensors: {} });
    parametersClaimed(tensors);
    this.#groups.push(made);
    // The face has the settings as fields, which no type can tell from the names.
    this.#faces.push(made.face() as ParameterGroup<O>);
  }

  /** Refuses settings that do not go together; live ones are still unread. */
  protected checkGroup(_settings: Readonly<Record<string, Setting>>): void {}

  /** Changes every parameter that has a slope. */
  step(): void {
    activity.steps++;
    optimizerAtWork(this);
    const stepEnds = stepBegins(this);
    noGrad(() => {
      for (const group of this.#groups) {
        // All settings of this optimiser's options, as they are now.
        const settings = group.settings() as Settings<O>;
        for (const parameter of group.params) {
          const slot = this.#slots.get(parameter);
          const slope = parameter.innerGrad;
          if (slope === null || !parameter.requiresGrad || slot === undefined) continue;
          slot.steps++;
          this.update(parameter, slope, slot, settings);
        }
      }
    });
    stepEnds?.();
    if (watch.on) optimizerStepped(this, this.#slots, (leaf) => leaf instanceof Parameter);
  }

  /** Changes one parameter in place; `slot.steps` counts this step already. */
  protected abstract update(
    parameter: Tensor,
    grad: Tensor,
    slot: Slot,
    settings: Settings<O>,
  ): void;

  /** Forgets all slopes; they add up otherwise. */
  zeroGrad(): void {
    for (const parameter of this.#slots.keys()) parameter.grad = null;
  }

  /** @internal Lets a schedule change the settings from now on. */
  attach(shaping: Shaping): void {
    this.#shapings.push(shaping);
  }

  /** @internal The reverse. */
  detach(shaping: Shaping): void {
    const index = this.#shapings.indexOf(shaping);
    if (index >= 0) this.#shapings.splice(index, 1);
  }

  /** @internal The schedules that act on it, in order, with what they were made with. */
  describeSchedules(): readonly ScheduleDescription[] {
    return this.#shapings.map((shaping) => shaping.describe());
  }

  /** What a file keeps to go on training later. The tensors are shared, not copied. */
  stateDict(): OptimizerState {
    const slots = [...this.#slots.values()];
    return {
      kind: this.#kind,
      steps: slots.map((slot) => slot.steps),
      tensors: slots.map((slot) => ({ ...slot.tensors })),
      groups: groupStates(this.#groups),
    };
  }

  /** @internal Refuses, before anything is changed, what `loadStateDict` would refuse. */
  checkState(state: OptimizerState): void {
    checkState(this.#kind, state, this.parameters, this.#groups);
  }

  /**
   * Takes over a state, copying its tensors, and the settings with it; a live setting stays live.
   * @throws ShapeError, RangeError when it belongs to another kind of optimiser or other parameters.
   */
  loadStateDict(state: OptimizerState): void {
    this.checkState(state);
    [...this.#slots.values()].forEach((slot, i) => {
      slot.steps = state.steps[i] ?? 0;
      for (const name of Object.keys(slot.tensors)) delete slot.tensors[name];
      for (const [name, each] of Object.entries(state.tensors[i] ?? {}))
        slot.tensors[name] = each.detach().clone();
    });
    this.#groups.forEach((group, i) => {
      for (const [name, setting] of Object.entries(state.groups?.[i]?.settings ?? {}))
        if (!group.isLive(name)) group.write(name, setting);
    });
  }
}

function defined(settings: object): Record<string, Setting> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

interface AnyGroup {
  readonly params: readonly unknown[];
}

/** One group for a list of tensors; the groups of a list of groups. */
function groupsIn(kind: string, params: Iterable<unknown>): readonly AnyGroup[] {
  const list = listOf(kind, params);
  return list.length > 0 && list.every(isGroup)
    ? list.map((group) => ({ ...group, params: listOf(kind, group.params) }))
    : [{ params: list }];
}

function isGroup(value: unknown): value is { readonly params: Iterable<unknown> } {
  return typeof value === "object" && value !== null && "params" in value;
}

function listOf(kind: string, params: Iterable<unknown>): unknown[] {
  const given: Partial<Iterable<unknown>> | null | undefined = params;
  if (typeof given?.[Symbol.iterator] !== "function" || typeof given === "string")
    throw new TypeError(
      `${kind}: ${params instanceof Tensor ? "a tensor" : kindOf(params)} for the parameters - ` +
        "wanted a list of tensors, such as net.parameters()",
    );
  return [...params];
}

/** @throws TypeError for what is no leaf, RangeError for a tensor that is among `taken` or twice here. */
function leavesOf(
  kind: string,
  params: Iterable<unknown>,
  taken: ReadonlyMap<Tensor, Slot>,
): Tensor[] {
  const seen = new Set(taken.keys());
  return listOf(kind, params).map((each, i) => {
    if (!(each instanceof Tensor))
      throw new TypeError(`${kind}: parameter ${i} is ${kindOf(each)} - wanted a tensor`);
    if (!each.isLeaf)
      throw new TypeError(
        `${kind}: parameter ${i} was computed from others - only leaves can be learned`,
      );
    if (seen.has(each))
      throw new RangeError(`${kind}: parameter ${i} was given before - each may be given once`);
    seen.add(each);
    return each;
  });
}

/** The tensor `name` of a slot, of the parameter's shape; all `start` at first. */
export function remembered(slot: Slot, name: string, parameter: Tensor, start = 0): Tensor {
  return (slot.tensors[name] ??= full(parameter.shape, start, { dtype: parameter.dtype }));
}
