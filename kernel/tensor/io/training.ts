/**
 * What training needs to go on with the same bits: the states of optimiser, schedule and generator,
 * as texts and tensors that stand beside a model's own in a file.
 */
import { kindOf } from "../errors.ts";
import { Optimizer } from "../optim/optimizer.ts";
import { Schedule, type ScheduleState } from "../optim/schedule.ts";
import type { GroupState, OptimizerState } from "../optim/state.ts";
import { Generator, type GeneratorState } from "../random.ts";
import type { Tensor } from "../tensor.ts";

/** What takes part in training besides the model. */
export interface Training {
  readonly optimizer?: Optimizer;
  readonly schedule?: Schedule;
  readonly generator?: Generator;
}

/** `optimizer.0.exp_avg`: the tensor of parameter 0. */
export const optimizerPrefix = "optimizer.";

/** The states as a file keeps them. */
export function keepTraining({ optimizer, schedule, generator }: Training): {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
} {
  const metadata: Record<string, string> = {};
  if (schedule !== undefined) metadata.schedule = JSON.stringify(schedule.stateDict());
  if (generator !== undefined) metadata.generator = JSON.stringify(generator.getState());
  if (optimizer === undefined) return { tensors: {}, metadata };
  const { tensors, ...rest } = optimizer.stateDict();
  metadata.optimizer = JSON.stringify(rest);
  const named = tensors.flatMap((slot, i) =>
    Object.entries(slot).map(([name, tensor]): [string, Tensor] => [
      `${optimizerPrefix}${i}.${name}`,
      tensor,
    ]),
  );
  return { tensors: Object.fromEntries(named), metadata };
}

/**
 * Reads the states that `training` asks for and gives a function that puts them in place.
 * @throws RangeError when the file keeps none, or one for something else; SyntaxError when one
 * cannot be read. Nothing is changed then.
 */
export function readTraining(
  { optimizer, schedule, generator }: Training,
  metadata: Readonly<Record<string, string>>,
  tensors: Readonly<Record<string, Tensor>>,
): () => void {
  const steps: (() => void)[] = [];
  if (optimizer !== undefined) {
    const state = optimizerState(parse("optimizer", metadata.optimizer), tensors);
    optimizer.checkState(state);
    steps.push(() => optimizer.loadStateDict(state));
  }
  // These two check all of a state before they take any of it.
  if (schedule !== undefined) {
    const state = parse("schedule", metadata.schedule);
    steps.push(() => schedule.loadStateDict(state as ScheduleState));
  }
  if (generator !== undefined) {
    const state = parse("generator", metadata.generator);
    steps.push(() => generator.setState(state as GeneratorState));
  }
  return () => steps.forEach((step) => step());
}

/** @throws TypeError naming what is no optimiser, schedule or generator. */
export function checkTraining(op: string, { optimizer, schedule, generator }: Training): void {
  const refuse = (name: string, given: unknown, wanted: string) => {
    throw new TypeError(`${op}: ${kindOf(given)} for the ${name} - wanted ${wanted}`);
  };
  if (optimizer !== undefined && !(optimizer instanceof Optimizer))
    refuse("optimizer", optimizer, "one of optim");
  if (schedule !== undefined && !(schedule instanceof Schedule))
    refuse("schedule", schedule, "one of optim");
  if (generator !== undefined && !(generator instanceof Generator))
    refuse("generator", generator, "defaultGenerator, or a Generator");
}

function parse(name: keyof Training, text: string | undefined): unknown {
  if (text === undefined)
    throw new RangeError(`load: the file keeps no ${name} state - save it with { ${name} }`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`load: the state of the ${name} is not JSON`, { cause });
  }
}

function optimizerState(state: unknown, tensors: Readonly<Record<string, Tensor>>): OptimizerState {
  if (!isHeader(state))
    throw new SyntaxError("load: the optimiser state's kind, steps and groups cannot be read");
  const slots = state.steps.map((_, i) => {
    const prefix = `${optimizerPrefix}${i}.`;
    const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
    return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
  });
  return { ...state, tensors: slots };
}

function isHeader(value: unknown): value is Omit<OptimizerState, "tensors"> {
  if (!isRecord(value)) return false;
  const { kind, steps, groups } = value;
  return (
    typeof kind === "string" &&
    Array.isArray(steps) &&
    steps.every((each) => Number.isInteger(each) && each >= 0) &&
    (groups === undefined || (Array.isArray(groups) && groups.every(isGroupState)))
  );
}

function isGroupState(value: unknown): value is GroupState {
  return isRecord(value) && Array.isArray(value.params) && isRecord(value.settings);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
