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
