/**
 * Which optimisers are at work, for whoever keeps checkpoints of them. The engine knows no kernel; a
 * kernel asks here, and may be told of each that is made.
 */
import type { Module } from "../nn/module.ts";
import type { Tensor } from "../tensor.ts";
import type { Optimizer } from "./optimizer.ts";

/** An optimiser with whatever settings. */
export type Learner = Pick<Optimizer, "parameters" | "stateDict" | "loadStateDict">;

/** The latest that stepped are kept in reach: a search over many leaves no more behind. */
const KEPT = 4;

/** The module whose `parameters()` were last asked for, by each of them: what an optimiser was given. */
const owners = new WeakMap<Tensor, Module>();
/** The modules that each optimiser was made for. */
const modules = new WeakMap<Learner, readonly Module[]>();
let latest: Learner[] = [];
let observer: ((made: Learner) => void) | null = null;

/** `next`, or nobody, hears of every optimiser as soon as it is made. */
export function observeOptimizers(next: ((made: Learner) => void) | null): void {
  observer = next;
}

/** A run begins: what stepped in earlier ones is kept by its name, or not at all. */
export function beginWork(): void {
  latest = [];
}

/** The optimisers that stepped in this run, the latest last. */
export function optimizersAtWork(): readonly Learner[] {
  return latest;
}

/** The modules whose parameters an optimiser was given. */
export function modulesOf(optimizer: Learner): readonly Module[] {
  return modules.get(optimizer) ?? [];
}

/** What follows a step hears of it before, and what it returns after. */
export type StepObserver = (optimizer: Learner) => () => void;

/** Who follows the steps that change a parameter. */
const followers = new WeakMap<Tensor, Set<StepObserver>>();
/** Nobody ever asked: steps need not look. */
let isFollowed = false;

/** `observer` hears of every step that changes one of these, until the returned function is called. */
export function followSteps(parameters: readonly Tensor[], observer: StepObserver): () => void {
  isFollowed = true;
  for (const parameter of parameters) {
    const set = followers.get(parameter);
    if (set === undefined) followers.set(parameter, new Set([observer]));
    else set.add(observer);
  }
  return () => {
    for (const parameter of parameters) followers.get(parameter)?.delete(observer);
  };
}

/** @internal A step begins; what is returned is called when it is done. */
export function stepBegins(optimizer: Learner): (() => void) | null {
  if (!isFollowed) return null;
  const observers = new Set(
    optimizer.parameters.flatMap((parameter) => [...(followers.get(parameter) ?? [])]),
  );
  const ends = Array.from(observers, (observer) => observer(optimizer));
  return ends.length === 0 ? null : () => ends.forEach((end) => end());
}

/** @internal */
export function parametersAsked(module: Module, parameters: readonly Tensor[]): void {
  for (const parameter of parameters) owners.set(parameter, module);
}

/** @internal */
export function optimizerMade(optimizer: Learner, parameters: readonly Tensor[]): void {
  const found = parameters.flatMap((parameter) => owners.get(parameter) ?? []);
  modules.set(optimizer, [...new Set(found)]);
  observer?.(optimizer);
}

/** @internal */
export function optimizerAtWork(optimizer: Learner): void {
  if (latest.includes(optimizer)) return;
  latest.push(optimizer);
  if (latest.length > KEPT) latest.shift();
}
