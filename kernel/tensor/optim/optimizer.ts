/** What optimisers share: parameters, their state, and settings that may be live. */
import { activity } from "../activity.ts";
import { zeros } from "../create.ts";
import { kindOf, ShapeError } from "../errors.ts";
import { printShape, sameShape } from "../shape.ts";
import { noGrad } from "../tape.ts";
import { Tensor } from "../tensor.ts";

/** A setting: a number, or something whose `value` is read anew at each step, such as a slider. */
export type Live = number | { readonly value: number };

/** The number behind a setting at this moment. @throws RangeError when it is none. */
export function now(name: string, setting: Live): number {
  const value = typeof setting === "number" ? setting : setting.value;
  if (typeof value !== "number" || Number.isNaN(value))
    throw new RangeError(`optim: ${name} is ${String(value)} - wanted a number`);
  return value;
}

/**
 * Refuses settings that no step could use. Live ones are read at the steps, and not here: reading a
 * knob makes the cell follow it.
 * @throws RangeError naming the setting and its value.
 */
export function checkSettings(kind: string, settings: Readonly<Record<string, unknown>>): void {
  for (const [name, setting] of Object.entries(settings)) {
    if (typeof setting === "object" && setting !== null && "value" in setting) continue;
    if (typeof setting === "number" && setting >= 0) continue;
    const given = typeof setting === "number" ? setting : kindOf(setting);
    throw new RangeError(`${kind}: ${name} is ${given} - wanted a number, 0 or more`);
  }
}

/** What an optimiser remembers: for each parameter its tensors by name, and how many steps it took. */
export interface OptimizerState {
  readonly kind: string;
  readonly steps: readonly number[];
  readonly tensors: readonly Readonly<Record<string, Tensor>>[];
}

/** Per-parameter memory of an optimiser. */
export interface Slot {
  steps: number;
  readonly tensors: Record<string, Tensor>;
}

export abstract class Optimizer {
  readonly parameters: readonly Tensor[];
  protected readonly slots: readonly Slot[];

  constructor(kind: string, parameters: Iterable<Tensor>) {
    if (
      typeof (parameters as Partial<Iterable<Tensor>> | undefined)?.[Symbol.iterator] !== "function"
    )
      throw new TypeError(
        `${kind}: ${parameters instanceof Tensor ? "a tensor" : kindOf(parameters)} for the parameters - ` +
          "wanted a list of tensors, such as net.parameters()",
      );
    this.parameters = [...parameters];
    if (this.parameters.length === 0)
      throw new RangeError(`${kind}: no parameters - wanted at least one`);
    this.parameters.forEach((each, i) => {
      if (!(each instanceof Tensor))
        throw new TypeError(`${kind}: parameter ${i} is ${kindOf(each)} - wanted a tensor`);
      if (!each.isLeaf)
        throw new TypeError(
          `${kind}: parameter ${i} was computed from others - only leaves can be learned`,
        );
    });
    this.slots = this.parameters.map(() => ({ steps: 0, tensors: {} }));
  }

  /** Changes every parameter that has a slope. */
  step(): void {
    activity.steps++;
    noGrad(() => {
      this.parameters.forEach((parameter, i) => {
        const slot = this.slots[i];
        if (parameter.grad === null || !parameter.requiresGrad || slot === undefined) return;
        slot.steps++;
        this.update(parameter, parameter.grad, slot);
      });
    });
  }

  /** Changes one parameter in place; `slot.steps` counts this step already. */
  protected abstract update(parameter: Tensor, grad: Tensor, slot: Slot): void;

  /** Forgets all slopes; they add up otherwise. */
  zeroGrad(): void {
    for (const parameter of this.parameters) parameter.grad = null;
  }

  /** What a file keeps to go on training later. The tensors are shared, not copied. */
  stateDict(): OptimizerState {
    return {
      kind: this.constructor.name,
      steps: this.slots.map((slot) => slot.steps),
      tensors: this.slots.map((slot) => ({ ...slot.tensors })),
    };
  }

  /**
   * Takes over a state, copying its tensors.
   * @throws ShapeError, RangeError when it belongs to another kind of optimiser or other parameters.
   */
  loadStateDict(state: OptimizerState): void {
    const kind = this.constructor.name;
    if (state.kind !== kind || state.steps.length !== this.slots.length)
      throw new RangeError(
        `loadStateDict: state of ${state.kind} for ${state.steps.length} parameters - ` +
          `wanted ${kind} for ${this.slots.length}`,
      );
    state.tensors.forEach((tensors, i) => {
      const wanted = this.parameters[i]?.shape ?? [];
      for (const [name, each] of Object.entries(tensors))
        if (!sameShape(each.shape, wanted))
          throw new ShapeError(
            `loadStateDict: ${name} of parameter ${i} is ${printShape(each.shape)} - wanted ${printShape(wanted)}`,
          );
    });
    this.slots.forEach((slot, i) => {
      slot.steps = state.steps[i] ?? 0;
      for (const name of Object.keys(slot.tensors)) delete slot.tensors[name];
      for (const [name, each] of Object.entries(state.tensors[i] ?? {}))
        slot.tensors[name] = each.detach().clone();
    });
  }
}

/** The tensor `name` of a slot, zeros of the parameter's shape at first. */
export function remembered(slot: Slot, name: string, parameter: Tensor): Tensor {
  return (slot.tensors[name] ??= zeros(parameter.shape, { dtype: parameter.dtype }));
}
