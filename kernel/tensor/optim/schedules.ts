/** Schedules that are a formula of the number of steps, as PyTorch's of the same names. */
import { cos, pow } from "../elementary/index.ts";
import { kindOf } from "../errors.ts";
import { checkOptions } from "../options.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkCount, checkOptimizer, EpochSchedule } from "./schedule.ts";
import { checkLive, type Live, now } from "./settings.ts";

export interface GammaOptions {
  /** What the learning rate is multiplied by; 0.1 unless given. */
  readonly gamma?: Live;
}

/**
 * Multiplies the learning rate by `gamma` every `stepSize` steps.
 * @throws TypeError, RangeError for what is no optimiser, or settings that no step could use.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.5 });
 * const schedule = optim.StepLR(opt, 2, { gamma: 0.5 });
 * for (let epoch = 0; epoch < 5; epoch++) { opt.step(); schedule.step(); }
 * opt.paramGroups[0].lr // 0.125
 */
export class StepLR extends EpochSchedule {
  readonly #stepSize: number;
  readonly #gamma: Live;

  constructor(optimizer: Optimizer, stepSize: number, options: GammaOptions = {}) {
    checkOptions("StepLR", options, ["gamma"]);
    const { gamma = 0.1 } = options;
    checkCount("StepLR", "stepSize", stepSize, 1);
    checkLive("StepLR", "gamma", gamma);
    super("StepLR", optimizer, { stepSize, gamma });
    this.#stepSize = stepSize;
    this.#gamma = gamma;
  }

  override rateAt(epoch: number, base: number): number {
    return base * pow(now("gamma", this.#gamma), Math.floor(epoch / this.#stepSize));
  }
}

/**
 * Multiplies the learning rate by `gamma` when the number of steps reaches each of `milestones`.
 * @throws TypeError, RangeError for what is no optimiser, or settings that no step could use.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.5 });
 * const schedule = optim.MultiStepLR(opt, [1, 4], { gamma: 0.5 });
 * for (let epoch = 0; epoch < 3; epoch++) { opt.step(); schedule.step(); }
 * opt.paramGroups[0].lr // 0.25
 */
export class MultiStepLR extends EpochSchedule {
  readonly #milestones: readonly number[];
  readonly #gamma: Live;

  constructor(optimizer: Optimizer, milestones: readonly number[], options: GammaOptions = {}) {
    checkOptions("MultiStepLR", options, ["gamma"]);
    const { gamma = 0.1 } = options;
    checkMilestones("MultiStepLR", milestones);
    checkLive("MultiStepLR", "gamma", gamma);
    super("MultiStepLR", optimizer, { milestones, gamma });
    this.#milestones = [...milestones];
    this.#gamma = gamma;
  }

  override rateAt(epoch: number, base: number): number {
    const passed = this.#milestones.filter((milestone) => milestone <= epoch).length;
    return base * pow(now("gamma", this.#gamma), passed);
  }
}

/** @throws TypeError, RangeError for what is no list of whole numbers. */
export function checkMilestones(kind: string, milestones: readonly number[]): void {
  if (!Array.isArray(milestones))
    throw new TypeError(
      `${kind}: ${kindOf(milestones)} for the milestones - wanted a list of whole numbers`,
    );
  milestones.forEach((each, i) => checkCount(kind, `milestones[${i}]`, each, 0));
}

export interface CosineAnnealingOptions {
  /** The smallest learning rate; 0 unless given. */
  readonly etaMin?: Live;
}

/**
 * Half a cosine from the learning rate down to `etaMin` in `tMax` steps, and up again after it
 * (Loshchilov and Hutter, 2017): https://arxiv.org/abs/1608.03983
 * @throws TypeError, RangeError for what is no optimiser, or settings that no step could use.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.5 });
 * const schedule = optim.CosineAnnealingLR(opt, 4, { etaMin: 0.25 });
 * for (let epoch = 0; epoch < 4; epoch++) { opt.step(); schedule.step(); }
 * opt.paramGroups[0].lr // 0.25
 */
export class CosineAnnealingLR extends EpochSchedule {
  readonly #tMax: number;
  readonly #etaMin: Live;

  constructor(optimizer: Optimizer, tMax: number, options: CosineAnnealingOptions = {}) {
    checkOptions("CosineAnnealingLR", options, ["etaMin"]);
    const { etaMin = 0 } = options;
    checkCount("CosineAnnealingLR", "tMax", tMax, 1);
    checkLive("CosineAnnealingLR", "etaMin", etaMin);
    super("CosineAnnealingLR", optimizer, { tMax, etaMin });
    this.#tMax = tMax;
    this.#etaMin = etaMin;
  }

  override rateAt(epoch: number, base: number): number {
    const least = now("etaMin", this.#etaMin);
    return least + ((base - least) * (1 + cos((Math.PI * epoch) / this.#tMax))) / 2;
  }
}

export interface LinearOptions {
  /** The factor at the start; a third unless given. */
  readonly startFactor?: Live;
  /** The factor at the end; 1 unless given. */
  readonly endFactor?: Live;
  /** In how many steps; 5 unless given. */
  readonly totalIters?: number;
}

/**
 * A factor of the learning rate that goes straight from one number to another: a warm-up.
 * @throws TypeError, RangeError for what is no optimiser, or settings that no step could use.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.5 });
 * const schedule = optim.LinearLR(opt, { startFactor: 0.5, totalIters: 4 });
 * opt.paramGroups[0].lr // 0.25
 * for (let step = 0; step < 4; step++) { opt.step(); schedule.step(); }
 * opt.paramGroups[0].lr // 0.5
 */
export class LinearLR extends EpochSchedule {
  readonly #start: Live;
  readonly #end: Live;
  readonly #totalIters: number;

  constructor(optimizer: Optimizer, options: LinearOptions = {}) {
    checkOptions("LinearLR", options, ["startFactor", "endFactor", "totalIters"]);
    const { startFactor = 1 / 3, endFactor = 1, totalIters = 5 } = options;
    checkLive("LinearLR", "startFactor", startFactor);
    checkLive("LinearLR", "endFactor", endFactor);
    checkCount("LinearLR", "totalIters", totalIters, 1);
    super("LinearLR", optimizer, { startFactor, endFactor, totalIters });
    this.#start = startFactor;
    this.#end = endFactor;
    this.#totalIters = totalIters;
  }

  override rateAt(epoch: number, base: number): number {
    const start = now("startFactor", this.#start);
    const end = now("endFactor", this.#end);
    return base * (start + (end - start) * (Math.min(epoch, this.#totalIters) / this.#totalIters));
  }
}

/** The factor of the learning rate after `epoch` steps. */
export type Factor = (epoch: number) => number;

/**
 * Multiplies the learning rate by what a function of the number of steps gives: one function for
 * all groups, or a list with one for each.
 * @throws TypeError, RangeError for what is no optimiser or no function, and when a factor is no number.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.5 });
 * const schedule = optim.LambdaLR(opt, (epoch) => 1 / (1 + epoch));
 * opt.step(); schedule.step();
 * opt.paramGroups[0].lr // 0.25
 */
export class LambdaLR extends EpochSchedule {
  readonly #factors: Factor | readonly Factor[];

  constructor(optimizer: Optimizer, lrLambda: Factor | readonly Factor[]) {
    const all = typeof lrLambda === "function" ? [lrLambda] : lrLambda;
    if (!Array.isArray(all) || !all.every((each) => typeof each === "function"))
      throw new TypeError(
        `LambdaLR: ${kindOf(lrLambda)} for lrLambda - wanted a function of the number of steps`,
      );
    checkOptimizer("LambdaLR", optimizer);
    const groups = optimizer.paramGroups.length;
    if (typeof lrLambda !== "function" && lrLambda.length !== groups)
      throw new RangeError(`LambdaLR: ${lrLambda.length} functions - wanted one, or ${groups}`);
    super("LambdaLR", optimizer, { lrLambda });
    this.#factors = lrLambda;
  }

  override rateAt(epoch: number, base: number, group: number): number {
    const own = typeof this.#factors === "function" ? this.#factors : this.#factors[group];
    const factor: unknown = own?.(epoch);
    if (typeof factor !== "number" || Number.isNaN(factor))
      throw new RangeError(
        `LambdaLR: the function gave ${typeof factor === "number" ? "NaN" : kindOf(factor)} for step ${epoch} - wanted a number`,
      );
    return base * factor;
  }
}
