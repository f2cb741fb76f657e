/** A schedule that looks at the loss: where it no longer falls, the steps become smaller. */
import { isTensor } from "../autograd/apply.ts";
import { kindOf } from "../errors.ts";
import { checkOptions } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import type { Optimizer } from "./optimizer.ts";
import {
  checkCount,
  checkOptimizer,
  checkPerGroup,
  count,
  type PerGroup,
  perGroup,
  Schedule,
  type ScheduleState,
} from "./schedule.ts";
import { checkLive, type Live, now } from "./settings.ts";

export interface PlateauOptions {
  /** Whether small values are good, or large ones; "min" unless given. */
  readonly mode?: "min" | "max";
  /** What the learning rate is multiplied by; 0.1 unless given. */
  readonly factor?: Live;
  /** How many steps without progress are borne; 10 unless given. */
  readonly patience?: number;
  /** Progress is a change of more than this; 0.0001 unless given. */
  readonly threshold?: Live;
  /** Whether the threshold is a share of the best value, or a difference; "rel" unless given. */
  readonly thresholdMode?: "rel" | "abs";
  /** How many steps after a reduction are not judged; 0 unless given. */
  readonly cooldown?: number;
  /** The smallest learning rate, one or one for each group; 0 unless given. */
  readonly minLr?: PerGroup;
  /** A smaller reduction than this is not made; 1e-8 unless given. */
  readonly eps?: Live;
}

const names = "mode factor patience threshold thresholdMode cooldown minLr eps".split(" ");

/**
 * Multiplies the learning rate by `factor` when the value given to `step` has not improved for more
 * than `patience` steps.
 * @throws TypeError, RangeError for what is no optimiser, or settings that no step could use.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.5 });
 * const schedule = optim.ReduceLROnPlateau(opt, { factor: 0.5, patience: 1 });
 * for (const loss of [3, 2, 2, 2]) { opt.step(); schedule.step(loss); }
 * opt.paramGroups[0].lr // 0.25
 */
export class ReduceLROnPlateau extends Schedule {
  readonly #mode: "min" | "max";
  readonly #isRelative: boolean;
  readonly #factor: Live;
  readonly #patience: number;
  readonly #threshold: Live;
  readonly #cooldown: number;
  readonly #minLr: PerGroup;
  readonly #eps: Live;
  #best: number;
  #badSteps = 0;
  #restingSteps = 0;
  /** What each group's learning rate was multiplied by so far. */
  #scales: number[] = [];

  constructor(optimizer: Optimizer, options: PlateauOptions = {}) {
    const kind = "ReduceLROnPlateau";
    checkOptions(kind, options, names);
    const { mode = "min", factor = 0.1, patience = 10, threshold = 1e-4 } = options;
    const { thresholdMode = "rel", cooldown = 0, minLr = 0, eps = 1e-8 } = options;
    if (mode !== "min" && mode !== "max")
      throw new RangeError(`${kind}: mode is ${String(mode)} - wanted "min" or "max"`);
    if (thresholdMode !== "rel" && thresholdMode !== "abs")
      throw new RangeError(
        `${kind}: thresholdMode is ${String(thresholdMode)} - wanted "rel" or "abs"`,
      );
    checkLive(kind, "factor", factor);
    if (typeof factor === "number" && factor >= 1)
      throw new RangeError(`${kind}: factor is ${factor} - wanted a number below 1`);
    checkCount(kind, "patience", patience, 0);
    checkLive(kind, "threshold", threshold);
    checkCount(kind, "cooldown", cooldown, 0);
    checkLive(kind, "eps", eps);
    checkOptimizer(kind, optimizer);
    checkPerGroup(kind, "minLr", minLr, optimizer);
    super(kind, optimizer, { mode, factor, patience, threshold, cooldown, minLr });
    this.#mode = mode;
    this.#isRelative = thresholdMode === "rel";
    this.#factor = factor;
    this.#patience = patience;
    this.#threshold = threshold;
    this.#cooldown = cooldown;
    this.#minLr = minLr;
    this.#eps = eps;
    this.#best = mode === "min" ? Infinity : -Infinity;
  }
  override rate(base: number, group: number): number {
    const scale = this.#scales[group] ?? 1;
    return scale === 1 ? base : Math.max(base * scale, perGroup("minLr", this.#minLr, group));
  }

  /**
   * Tells the value to be watched, such as a loss over the validation data, once a step or epoch.
   * @throws TypeError for what is no number.
   */
  step(value: number | Tensor): void {
    const current: unknown = isTensor(value) ? value.item() : value;
    if (typeof current !== "number")
      throw new TypeError(
        `ReduceLROnPlateau: step(${kindOf(value)}) - wanted the loss, or what is to be watched`,
      );
    this.lastEpoch++;
    if (this.#isBetter(current)) {
      this.#best = current;
      this.#badSteps = 0;
    } else this.#badSteps++;
    if (this.#restingSteps > 0) {
      this.#restingSteps--;
      this.#badSteps = 0;
    }
    if (this.#badSteps <= this.#patience) return;
    this.#reduce();
    this.#restingSteps = this.#cooldown;
    this.#badSteps = 0;
  }

  #isBetter(value: number): boolean {
    const threshold = now("threshold", this.#threshold);
    const sign = this.#mode === "min" ? -1 : 1;
    // From infinity on, every number is progress, and the share of infinity is no number.
    if (!Number.isFinite(this.#best)) return sign * value > sign * this.#best;
    const gain = this.#isRelative
      ? this.#best * (1 + sign * threshold)
      : this.#best + sign * threshold;
    return sign * value > sign * gain;
  }

  #reduce(): void {
    const factor = now("factor", this.#factor);
    const eps = now("eps", this.#eps);
    this.optimizer.paramGroups.forEach((group, i) => {
      const old = group.lr;
      const reduced = Math.max(old * factor, perGroup("minLr", this.#minLr, i));
      if (old - reduced > eps) this.#scales[i] = (this.#scales[i] ?? 1) * factor;
    });
  }

  override stateDict(): ScheduleState {
    return {
      ...super.stateDict(),
      // JSON has no infinities: nothing was seen yet.
      best: Number.isFinite(this.#best) ? this.#best : null,
      badSteps: this.#badSteps,
      restingSteps: this.#restingSteps,
      scales: this.optimizer.paramGroups.map((_, i) => this.#scales[i] ?? 1),
    };
  }

  override loadStateDict(state: ScheduleState): void {
    super.loadStateDict(state);
    const { best, scales } = state;
    this.#badSteps = count("badSteps", state.badSteps);
    this.#restingSteps = count("restingSteps", state.restingSteps);
    this.#best = typeof best === "number" ? best : this.#mode === "min" ? Infinity : -Infinity;
    if (!Array.isArray(scales) || !scales.every((each) => typeof each === "number"))
      throw new RangeError("loadStateDict: the scales of ReduceLROnPlateau are no numbers");
    this.#scales = [...scales];
  }
}
