/** Notices about slopes: of earlier steps that were never forgotten, and that reach no optimiser. */
import { printShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { eachRun, isOpen, tell } from "./notice.ts";

/** How often in a row a mistake is seen before it is told. */
const STRIKES = 3;
/** A parameter without slope is told after so many steps: it may need a branch that is rarely taken. */
const PATIENCE = 50;

// ---------------------------------------------------------------- zero-grad

/** How a parameter's slope was used by a step. */
interface Use {
  /** The slope that the last step used, with the version of its values: zeroing it in place is fine. */
  readonly slope: Tensor;
  readonly version: number;
  /** What came of it when a later walk added to it. */
  carried: Tensor | null;
  /** Steps in a row that used a carried slope. */
  readonly strikes: number;
}

const uses = new WeakMap<Tensor, Use>();
/** Parameters that somebody takes care of: an optimiser, or steps by hand. */
const claimed = new WeakSet<Tensor>();

/** A walk is about to put `sum` in place of a slope that was there already. */
export function slopeAdded(leaf: Tensor, sum: Tensor): void {
  const use = uses.get(leaf);
  if (use === undefined || leaf.innerGrad === null) return;
  const isUsed = leaf.innerGrad === use.slope && leaf.innerGrad.storage.version === use.version;
  if (isUsed || leaf.innerGrad === use.carried) use.carried = sum;
}

/** A step, an optimiser's or one by hand, has used the slope of `parameter`. */
export function slopeUsed(parameter: Tensor, isByHand: boolean): void {
  const slope = parameter.innerGrad;
  if (slope === null) return;
  // Who writes a parameter by hand takes care of it.
  if (isByHand) claimed.add(parameter);
  const use = uses.get(parameter);
  // One step may write a parameter several times.
  if (use?.slope === slope) return;
  const strikes = use?.carried === slope ? use.strikes + 1 : 0;
  uses.set(parameter, { slope, version: slope.storage.version, carried: null, strikes });
  if (strikes < STRIKES || !isOpen("zero-grad")) return;
  tell(
    "zero-grad",
    "The slopes of earlier steps were never forgotten: each backward() adds to them, so steps grow and point the wrong way.",
    isByHand
      ? "Set the parameter's grad to null after each step."
      : "Call the optimiser's zeroGrad() before backward().",
  );
}

// ---------------------------------------------------------------- missing-parameter

/** What the rule asks of a module. */
interface Net {
  parameters(): readonly Tensor[];
  namedChildren(): readonly unknown[];
}

/** The leaves of the last walk; those nearest to the loss come first. */
let reached: readonly Tensor[] = [];
let walks = 0;
let strikes = 0;
const called = new Set<Net>();
const stepsOf = new WeakMap<object, number>();

eachRun(
  () => {
    reached = [];
    walks = 0;
    strikes = 0;
    called.clear();
  },
  () => called.clear(),
);

/** Whether this walk is among the first of a run: they tell enough. */
const isEarly = (): boolean => walks < 2 * STRIKES;

/** A module is called; the layers of a network are called within it. */
export function moduleCalled(module: Net): void {
  if (isEarly()) called.add(module);
}

/** An optimiser takes care of these, or their values come from a training that is over. */
export function parametersClaimed(parameters: Iterable<Tensor>): void {
  for (const parameter of parameters) claimed.add(parameter);
}

/** A walk brought slopes to these leaves. */
export function leavesReached(leaves: Iterable<Tensor>): void {
  reached = isEarly() ? [...leaves] : [];
  walks++;
}

/**
 * An optimiser has stepped. `slots`: its parameters, with the steps that each took; `isParameter`
 * tells a module's leaf from an input that is being learned.
 */
export function optimizerStepped(
  optimizer: object,
  slots: ReadonlyMap<Tensor, { readonly steps: number }>,
  isParameter: (leaf: Tensor) => boolean,
): void {
  for (const [parameter, { steps }] of slots) {
    if (steps === 0 || parameter.innerGrad === null) continue;
    slopeUsed(parameter, false);
    break;
  }
  if (!isOpen("missing-parameter")) return;
  const parameters = reached.filter(isParameter);
  const missing = parameters.filter((each) => each.requiresGrad && !claimed.has(each));
  const learned = parameters.findIndex((each) => slots.has(each));
  if (missing.length > 0 && learned >= 0) {
    if (++strikes === STRIKES) {
      const judges = networksNobodyLearns();
      const nearer = new Set(parameters.slice(0, learned));
      tellMissing(missing.filter((each) => !(nearer.has(each) && judges.has(each))));
    }
    return;
  }
  const steps = (stepsOf.get(optimizer) ?? 0) + 1;
  stepsOf.set(optimizer, steps);
  if (steps !== PATIENCE) return;
  const idle = [...slots].filter(([each, slot]) => each.requiresGrad && slot.steps === 0);
  if (idle.length > 0 && idle.length < slots.size) tellIdle(idle.map(([each]) => each));
}

/**
 * Parameters of whole networks that no optimiser has any part of. Where such a network stands between
 * what is learned and the loss, it is there to judge, and slopes only pass through it. A layer
 * that is called by itself is taken for a layer of the network that is learned.
 */
function networksNobodyLearns(): ReadonlySet<Tensor> {
  const networks = [...called]
    .filter((module) => module.namedChildren().length > 0)
    .map((module) => module.parameters());
  const isLearned = (network: readonly Tensor[]) => network.some((each) => claimed.has(each));
  const learned = new Set(networks.filter(isLearned).flat());
  return new Set(networks.flat().filter((each) => !learned.has(each)));
}

function tellMissing(missing: readonly Tensor[]): void {
  if (missing.length === 0) return;
  const one = missing.length === 1;
  tell(
    "missing-parameter",
    `${counted(missing)} ${one ? "gets a slope" : "get slopes"}, but no optimiser has ` +
      `${one ? "it" : "them"}: nothing is learned there.`,
    "Give the optimiser the parameters() of the whole network, or freeze() what shall stay as it is.",
  );
}

function tellIdle(idle: readonly Tensor[]): void {
  const one = idle.length === 1;
  tell(
    "missing-parameter",
    `${counted(idle)} got no slope in ${PATIENCE} steps: the loss does not depend on ${one ? "it" : "them"}.`,
    "Use the layer in forward, without detach() or item() behind it, or leave it out.",
  );
}

function counted(parameters: readonly Tensor[]): string {
  const shapes = parameters.slice(0, 3).map(({ shape }) => printShape(shape));
  if (parameters.length === 1) return `A parameter ${shapes.join("")}`;
  const rest = parameters.length > shapes.length ? ", ..." : "";
  return `${parameters.length} parameters (${shapes.join(", ")}${rest})`;
}
