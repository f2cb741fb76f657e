/** Optimisers at work as words and numbers: what a table of runs shows of how something was trained. */
import { Module } from "../nn/module.ts";
import { type Learner, modulesOf, optimizersAtWork } from "./at-work.ts";
import { Optimizer } from "./optimizer.ts";

/** A setting at one moment; several values, as of several groups, are one text. */
export type Told = number | string | boolean;

export interface ModelDescription {
  /** As the notebook calls it; empty when it does not. */
  readonly name: string;
  /** Numbers in its parameters. */
  readonly parameters: number;
  /** Its layers, as printed. */
  readonly text: string;
}

export interface LearnerDescription {
  /** `Adam` */
  readonly kind: string;
  /** `lr` is the base that schedules start from. */
  readonly settings: Readonly<Record<string, Told>>;
  readonly schedules: readonly {
    readonly kind: string;
    readonly settings: Readonly<Record<string, Told>>;
  }[];
  readonly models: readonly ModelDescription[];
}

/** Longer prints of networks are cut. */
const MOST_TEXT = 4_000;

/** The optimisers that stepped in this run, as they are set now. */
export function describeWork(values: ReadonlyMap<string, unknown>): readonly LearnerDescription[] {
  return optimizersAtWork().map((learner) => ({
    kind: learner.stateDict().kind,
    settings: settingsOf(learner),
    schedules: learner instanceof Optimizer ? schedulesOf(learner) : [],
    models: describeModels(values, learner),
  }));
}

/** Networks of the notebook, by name, that have a parameter which this optimiser learns. */
export function modelsOf(
  values: ReadonlyMap<string, unknown>,
  { parameters }: Learner,
): readonly (readonly [string, Module])[] {
  const learned = new Set(parameters);
  return Array.from(values).flatMap(([name, value]) =>
    value instanceof Module && value.namedParameters().some(([, each]) => learned.has(each))
      ? [[name, value] as const]
      : [],
  );
}

function describeModels(
  values: ReadonlyMap<string, unknown>,
  learner: Learner,
): readonly ModelDescription[] {
  const named = modelsOf(values, learner);
  const known = named.length > 0 ? named : modulesOf(learner).map((each) => ["", each] as const);
  return known.slice(0, 16).map(([name, module]) => ({
    name,
    parameters: module.namedParameters().reduce((sum, [, each]) => sum + each.numel(), 0),
    text: String(module).slice(0, MOST_TEXT),
  }));
}

/** One value where all groups agree, else those of all groups. */
function settingsOf(learner: Learner): Readonly<Record<string, Told>> {
  const groups = learner.stateDict().groups ?? [];
  const names = new Set(groups.flatMap(({ settings }) => Object.keys(settings)));
  return Object.fromEntries(
    Array.from(names, (name): [string, Told] => {
      const values = new Set(groups.map(({ settings }) => told(settings[name])));
      const [first = ""] = values;
      return [name, values.size === 1 ? first : told([...values])];
    }),
  );
}

function schedulesOf(optimizer: Optimizer): LearnerDescription["schedules"] {
  return optimizer.describeSchedules().map(({ kind, settings }) => ({
    kind,
    settings: Object.fromEntries(
      Object.entries(settings).map(([name, value]): [string, Told] => [name, told(value)]),
    ),
  }));
}

/** A setting as a table can show it; what is computed by a function is said to be one. */
function told(value: unknown): Told {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return value.map(told).join(", ").slice(0, 200);
  // Something live, as a knob: its value at this moment.
  if (typeof value === "object" && value !== null && "value" in value) return told(value.value);
  return String(value).slice(0, 200);
}
