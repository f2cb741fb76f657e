/** What an optimiser remembers, as plain data and tensors: what a file keeps. */
import { ShapeError } from "../errors.ts";
import { printShape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Group } from "./group.ts";

/** A group in a state: its parameters by number, and its settings. */
export interface GroupState {
  readonly params: readonly number[];
  /** At the moment of saving; `lr` is the base that schedules start from. */
  readonly settings: Readonly<Record<string, number | boolean | readonly [number, number]>>;
}

/** For each parameter its tensors by PyTorch's names and how many steps it took; the groups. */
export interface OptimizerState {
  readonly kind: string;
  readonly steps: readonly number[];
  readonly tensors: readonly Readonly<Record<string, Tensor>>[];
  /** Without them the settings stay as they are. */
  readonly groups?: readonly GroupState[];
}

/** The states of groups whose parameters are numbered one after the other. */
export function groupStates(groups: readonly Group[]): GroupState[] {
  let next = 0;
  return groups.map((group) => ({
    params: group.params.map(() => next++),
    settings: group.unscheduled(),
  }));
}

/** @throws RangeError, ShapeError when the state is of another kind or for other parameters. */
export function checkState(
  kind: string,
  state: OptimizerState,
  parameters: readonly Tensor[],
  groups: readonly Group[],
): void {
  if (state.kind !== kind || state.steps.length !== parameters.length)
    throw new RangeError(
      `loadStateDict: state of ${state.kind} for ${state.steps.length} parameters - ` +
        `wanted ${kind} for ${parameters.length}`,
    );
  const sizes = (state.groups ?? []).map((group) => group.params.length).join(", ");
  const wanted = groups.map((group) => group.params.length).join(", ");
  if (state.groups !== undefined && sizes !== wanted)
    throw new RangeError(
      `loadStateDict: groups of ${sizes} parameters - wanted groups of ${wanted}`,
    );
  groups.forEach((group: Group, i) => {
    for (const [name, setting] of Object.entries(state.groups?.[i]?.settings ?? {}))
      group.check(name, setting);
  });
  state.tensors.forEach((tensors, i) => {
    const shape = parameters[i]?.shape ?? [];
    for (const [name, each] of Object.entries(tensors))
      if (!sameShape(each.shape, shape))
        throw new ShapeError(
          `loadStateDict: ${name} of parameter ${i} is ${printShape(each.shape)} - wanted ${printShape(shape)}`,
        );
  });
}
