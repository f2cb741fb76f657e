/** A module's state by name: what files keep, and how it comes back. */
import { isTensor } from "../autograd/apply.ts";
import { kindOf, ShapeError } from "../errors.ts";
import { parametersClaimed } from "../notices/slopes.ts";
import { printShape, sameShape } from "../shape.ts";
import { noGrad } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Module } from "./module.ts";
import { Buffer, isParameter } from "./parameter.ts";
import { dotted, fieldsOf, places } from "./tree.ts";

/** Parameters and buffers by the names PyTorch's `state_dict` gives them: `"0.weight"`, `"hidden.bias"`. */
export type StateDict = Readonly<Record<string, Tensor>>;

export interface LoadStateOptions {
  /** Refuse names that are missing or left over; true unless given. */
  readonly strict?: boolean;
}

/** What `loadStateDict` could not match: nothing, unless it was told not to be strict. */
export interface LoadReport {
  /** Names of the module that the state lacks. */
  readonly missing: readonly string[];
  /** Names of the state that the module lacks. */
  readonly unexpected: readonly string[];
}

/** Everything the state keeps, under every name it has: of each module parameters, then buffers. */
export function stateOf(module: Module): [string, Tensor][] {
  return [...places(module)].flatMap(([path, each]) => {
    const fields = fieldsOf(each).map(([name, value]) => [dotted(path, name), value] as const);
    const isKept = (value: unknown): value is Tensor => value instanceof Buffer && value.persistent;
    return [isParameter, isKept].flatMap((belongs) =>
      fields.flatMap(([name, value]): [string, Tensor][] =>
        belongs(value) ? [[name, value]] : [],
      ),
    );
  });
}

/** Copies `state` into `module`: all of it, or, refused, nothing. */
export function loadState(module: Module, state: StateDict, strict: boolean): LoadReport {
  if (typeof state !== "object" || (state as unknown) === null || isTensor(state))
    throw new TypeError(
      `loadStateDict: ${isTensor(state) ? "a tensor" : kindOf(state)} for the state - wanted tensors by name`,
    );
  const own = new Map(stateOf(module));
  const missing = [...own.keys()].filter((name) => !(name in state));
  const unexpected = Object.keys(state).filter((name) => !own.has(name));
  if (strict && (missing.length > 0 || unexpected.length > 0))
    throw new ShapeError(
      `loadStateDict: missing ${list(missing)}, unexpected ${list(unexpected)} - names must be equal`,
      "{ strict: false } loads what fits",
    );
  for (const [name, target] of own) refuseUnlike(name, target, state[name]);
  parametersClaimed([...own].flatMap(([name, target]) => (name in state ? [target] : [])));
  noGrad(() => {
    for (const [name, target] of own) {
      const source = state[name];
      if (source !== undefined) target.copy_(source);
    }
  });
  return { missing, unexpected };
}

function refuseUnlike(name: string, target: Tensor, source: unknown): void {
  if (source === undefined) return;
  if (!isTensor(source))
    throw new TypeError(`loadStateDict: "${name}" is ${kindOf(source)} - wanted a tensor`);
  if (!sameShape(source.shape, target.shape))
    throw new ShapeError(
      `loadStateDict: "${name}" is ${printShape(source.shape)} - wanted ${printShape(target.shape)}`,
    );
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(" and ");
}
