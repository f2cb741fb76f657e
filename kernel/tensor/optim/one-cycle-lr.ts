/** One cycle: up to a large learning rate, down to a very small one, momentum the other way round. */
import { cos } from "../elementary/index.ts";
import { checkOptions } from "../options.ts";
import type { Optimizer } from "./optimizer.ts";
import {
  checkCount,
  checkOptimizer,
  checkPerGroup,
  EpochSchedule,
  type PerGroup,
  perGroup,
} from "./schedule.ts";
import { checkLive, type Live, now } from "./settings.ts";

export interface OneCycleOptions {
  /** How many steps the cycle takes, or `epochs` and `stepsPerEpoch` in its place. */
  readonly totalSteps?: number;
  readonly epochs?: number;
  readonly stepsPerEpoch?: number;
  /** The part of the cycle that goes up; 0.3 unless given. */
  readonly pctStart?: number;
  /** The curve between two rates; "cos" unless given. */
  readonly annealStrategy?: "cos" | "linear";
  /** Whether momentum goes the other way round; true unless given. */
  readonly cycleMomentum?: boolean;
  /** Momentum at the largest rate; 0.85 unless given. */
  readonly baseMomentum?: PerGroup;
  /** Momentum at both ends; 0.95 unless given. */
  readonly maxMomentum?: PerGroup;
  /** The first rate is `maxLr / divFactor`; 25 unless given. */
  readonly divFactor?: Live;
  /** The last rate is the first by this; 10000 unless given. */
  readonly finalDivFactor?: Live;
  /** Down to the first rate as fast as it went up, and on from there to the last. */
  readonly threePhase?: boolean;
}

const names = (
  "totalSteps epochs stepsPerEpoch pctStart annealStrategy cycleMomentum baseMomentum " +
  "maxMomentum divFactor finalDivFactor threePhase"
).split(" ");

type Rate = "initial" | "max" | "min";
/** A part of the cycle, up to step `end`: from where to where. */
interface Phase {
  readonly end: number;
  readonly rates: readonly [Rate, Rate];
  readonly momenta: readonly ["base" | "max", "base" | "max"];
}

/**
 * The one-cycle policy (Smith and Topin, 2018): https://arxiv.org/abs/1708.07120. The learning rates
 * come from `maxLr`, and not from the optimiser's; call `step()` after each batch.
 * @throws TypeError, RangeError for what is no optimiser, or settings that no step could use.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.1, momentum: 0.9 });
 * const schedule = optim.OneCycleLR(opt, 0.5, { totalSteps: 11, pctStart: 0.4, divFactor: 4 });
 * opt.paramGroups[0].lr // 0.125
 * for (let step = 0; step < 3; step++) { opt.step(); schedule.step(); }
 * opt.paramGroups[0].lr > 0.4 // true
 */
export class OneCycleLR extends EpochSchedule {
  readonly #maxLr: PerGroup;
  readonly #totalSteps: number;
  readonly #phases: readonly Phase[];
  readonly #isLinear: boolean;
  readonly #momenta: { readonly base: PerGroup; readonly max: PerGroup } | null;
  readonly #divFactor: Live;
  readonly #finalDivFactor: Live;

  constructor(optimizer: Optimizer, maxLr: PerGroup, options: OneCycleOptions) {
    const kind = "OneCycleLR";
    checkOptimizer(kind, optimizer);
    // Undefined in unchecked cells; the number of steps is then missing.
    const given: Partial<OneCycleOptions> = options ?? {};
    checkOptions(kind, given, names);
    const { pctStart = 0.3, annealStrategy = "cos", threePhase = false } = given;
    const { divFactor = 25, finalDivFactor = 1e4, cycleMomentum = true } = given;
    const { baseMomentum = 0.85, maxMomentum = 0.95 } = given;
    const total = totalSteps(kind, given);
    if (!(pctStart >= 0 && pctStart <= 1))
      throw new RangeError(`${kind}: pctStart is ${String(pctStart)} - wanted 0 to 1`);
    if (annealStrategy !== "cos" && annealStrategy !== "linear")
      throw new RangeError(
        `${kind}: annealStrategy is ${String(annealStrategy)} - wanted "cos" or "linear"`,
      );
    checkPerGroup(kind, "maxLr", maxLr, optimizer);
    checkLive(kind, "divFactor", divFactor);
    checkLive(kind, "finalDivFactor", finalDivFactor);
    checkPerGroup(kind, "baseMomentum", baseMomentum, optimizer);
    checkPerGroup(kind, "maxMomentum", maxMomentum, optimizer);
    const hasMomentum = optimizer.paramGroups.every(
      (group) => "momentum" in group || "betas" in group,
    );
    if (cycleMomentum && !hasMomentum)
      throw new RangeError(
        `${kind}: ${optimizer.constructor.name} has no momentum - wanted { cycleMomentum: false }`,
      );
    super(kind, optimizer, { maxLr, ...given });
    this.#maxLr = maxLr;
    this.#totalSteps = total;
    this.#phases = phasesOf(total, pctStart, threePhase);
    this.#isLinear = annealStrategy === "linear";
    this.#momenta = cycleMomentum ? { base: baseMomentum, max: maxMomentum } : null;
    this.#divFactor = divFactor;
    this.#finalDivFactor = finalDivFactor;
  }

  override rateAt(epoch: number, _base: number, group: number): number {
    const max = perGroup("maxLr", this.#maxLr, group);
    const initial = max / now("divFactor", this.#divFactor);
    const rates = { max, initial, min: initial / now("finalDivFactor", this.#finalDivFactor) };
    const { phase, share } = this.#at(epoch);
    return this.#between(rates[phase.rates[0]], rates[phase.rates[1]], share);
  }

  override inertiaAt(epoch: number, base: number, group: number): number {
    if (this.#momenta === null) return base;
    const momenta = {
      base: perGroup("baseMomentum", this.#momenta.base, group),
      max: perGroup("maxMomentum", this.#momenta.max, group),
    };
    const { phase, share } = this.#at(epoch);
    return this.#between(momenta[phase.momenta[0]], momenta[phase.momenta[1]], share);
  }

  /** @throws RangeError beyond the last step of the cycle. */
  override step(): void {
    if (this.lastEpoch >= this.#totalSteps)
      throw new RangeError(
        `OneCycleLR: step ${this.lastEpoch + 1} - it was made for ${this.#totalSteps} steps`,
      );
    super.step();
  }

  /** The phase that step `epoch` lies in, and how much of it has passed. */
  #at(epoch: number): { phase: Phase; share: number } {
    const found = this.#phases.findIndex((phase) => epoch <= phase.end);
    const index = found < 0 ? this.#phases.length - 1 : found;
    const phase = this.#phases[index];
    if (phase === undefined) throw new Error("internal: OneCycleLR without phases");
    const start = this.#phases[index - 1]?.end ?? 0;
    const share = phase.end === start ? 1 : (epoch - start) / (phase.end - start);
    return { phase, share: Math.min(share, 1) };
  }

  #between(from: number, to: number, share: number): number {
    if (this.#isLinear) return from + (to - from) * share;
    return to + ((from - to) / 2) * (1 + cos(Math.PI * share));
  }
}

function totalSteps(kind: string, options: OneCycleOptions): number {
  const { totalSteps: total, epochs, stepsPerEpoch } = options;
  if (total !== undefined) {
    checkCount(kind, "totalSteps", total, 1);
    return total;
  }
  if (epochs === undefined || stepsPerEpoch === undefined)
    throw new RangeError(
      `${kind}: the number of steps is missing - wanted totalSteps, or epochs and stepsPerEpoch`,
    );
  checkCount(kind, "epochs", epochs, 1);
  checkCount(kind, "stepsPerEpoch", stepsPerEpoch, 1);
  return epochs * stepsPerEpoch;
}

function phasesOf(total: number, pctStart: number, threePhase: boolean): Phase[] {
  const up: Phase = {
    end: pctStart * total - 1,
    rates: ["initial", "max"],
    momenta: ["max", "base"],
  };
  if (!threePhase) return [up, { end: total - 1, rates: ["max", "min"], momenta: ["base", "max"] }];
  return [
    up,
    { end: 2 * pctStart * total - 2, rates: ["max", "initial"], momenta: ["base", "max"] },
    { end: total - 1, rates: ["initial", "min"], momenta: ["max", "max"] },
  ];
}
