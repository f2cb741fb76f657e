/**
 * What schedules share. A schedule does not overwrite a learning rate: it is a function of the base,
 * what the group's `lr` was set to, and of how far the training is. So a base that is live, a
 * slider, is followed throughout, and two schedules of one optimiser act one after the other.
 */
import { DTypeError, kindOf } from "../errors.ts";
import { printed } from "../options.ts";
import type { ScheduleDescription, Shaping } from "./group.ts";
import { Optimizer } from "./optimizer.ts";
import { checkLive, type Live, now } from "./settings.ts";

/** Where a schedule stands, as plain data. */
export interface ScheduleState {
  readonly kind: string;
  /** How many steps it took. */
  readonly lastEpoch: number;
  /** What else it remembers. */
  readonly [name: string]: unknown;
}

/**
 * The base of all schedules, which set the learning rate of an optimiser from step to step. What a
 * group's `lr` was set to stays the base, live or not: the schedule's share is computed from it
 * whenever it is read.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.1 });
 * const schedule = optim.StepLR(opt, 10);
 * schedule instanceof optim.Schedule // true
 * schedule.getLastLr() // 0.1
 */
export abstract class Schedule implements Shaping {
  readonly optimizer: Optimizer;
  /** How many steps it took. */
  lastEpoch = 0;
  protected readonly kind: string;
  readonly #settings: Readonly<Record<string, unknown>>;

  /**
   * Acts on the optimiser from here on, so settings are to be checked before. `settings` are what a
   * table of runs shows of it.
   * @throws TypeError for what is no optimiser.
   */
  constructor(
    kind: string,
    optimizer: Optimizer,
    settings: Readonly<Record<string, unknown>> = {},
  ) {
    checkOptimizer(kind, optimizer);
    this.kind = kind;
    this.#settings = settings;
    this.optimizer = optimizer;
    optimizer.attach(this);
  }

  /** The learning rate of group number `group`, of what it would be otherwise. */
  abstract rate(base: number, group: number): number;

  /** Momentum, or the first of Adam's betas, of what it would be otherwise. */
  inertia(base: number, _group: number): number {
    return base;
  }

  /** The learning rate of each group at this moment. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map((group) => group.lr);
  }

  /** @internal What it was made with, live settings unread. */
  describe(): ScheduleDescription {
    return { kind: this.kind, settings: this.#settings };
  }

  /** What a file keeps to go on later. */
  stateDict(): ScheduleState {
    return { kind: this.kind, lastEpoch: this.lastEpoch };
  }

  /** Goes on from where the state was taken. @throws RangeError when it is of another kind. */
  loadStateDict(state: ScheduleState): void {
    const given: Partial<ScheduleState> | null | undefined = state;
    if (given?.kind !== this.kind)
      throw new RangeError(
        `loadStateDict: state of ${String(given?.kind)} - wanted one of ${this.kind}`,
      );
    this.lastEpoch = count("lastEpoch", state.lastEpoch);
  }
}

/**
 * A schedule that depends on nothing but the number of its steps. One of your own says in `rateAt`
 * what it makes of the base.
 * @example
 * class Sawtooth extends optim.EpochSchedule {
 *   constructor(opt) { super("Sawtooth", opt); }
 *   rateAt(epoch, base) { return base * (1 - (epoch % 4) / 4); }
 * }
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 1 });
 * const schedule = new Sawtooth(opt);
 * opt.step(); schedule.step();
 * opt.paramGroups[0].lr // 0.75
 */
export abstract class EpochSchedule extends Schedule {
  /** The learning rate after `epoch` steps. */
  abstract rateAt(epoch: number, base: number, group: number): number;

  /** Momentum after `epoch` steps. */
  inertiaAt(_epoch: number, base: number, _group: number): number {
    return base;
  }

  override rate(base: number, group: number): number {
    return this.rateAt(this.lastEpoch, base, group);
  }

  override inertia(base: number, group: number): number {
    return this.inertiaAt(this.lastEpoch, base, group);
  }

  /** One step further: call it after the optimiser's, once a step or once an epoch. */
  step(): void {
    this.lastEpoch++;
  }
}

/** @throws TypeError for what is no optimiser. */
export function checkOptimizer(kind: string, optimizer: unknown): asserts optimizer is Optimizer {
  if (!(optimizer instanceof Optimizer))
    throw new TypeError(`${kind}: ${kindOf(optimizer)} for the optimizer - wanted one of optim`);
}

/** A whole number of a state. @throws RangeError when it is none. */
export function count(name: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
    throw new RangeError(`loadStateDict: ${name} is ${String(value)} - wanted a whole number`);
  return value;
}

/** @throws RangeError for a number that is not whole or below `least`, DTypeError for what is none. */
export function checkCount(kind: string, name: string, value: unknown, least: number): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return;
  const sentence = `${kind}: ${name} is ${printed(value)} - wanted a whole number, ${least} or more`;
  throw typeof value === "number" ? new RangeError(sentence) : new DTypeError(sentence);
}

/** One setting for all groups, or one for each. */
export type PerGroup = Live | readonly Live[];

/** Refuses what `perGroup` could not read. @throws DTypeError, RangeError naming the setting. */
export function checkPerGroup(
  kind: string,
  name: string,
  setting: PerGroup,
  optimizer: Optimizer,
): void {
  if (!isList(setting)) {
    checkLive(kind, name, setting);
    return;
  }
  const groups = optimizer.paramGroups.length;
  if (setting.length !== groups)
    throw new RangeError(`${kind}: ${setting.length} values of ${name} - wanted one, or ${groups}`);
  setting.forEach((each, i) => checkLive(kind, `${name}[${i}]`, each));
}

/** The setting of group number `group` at this moment. */
export function perGroup(name: string, setting: PerGroup, group: number): number {
  if (!isList(setting)) return now(name, setting);
  const own = setting[group];
  if (own === undefined)
    throw new RangeError(
      `optim: ${name} has ${setting.length} values and there is a group ${group} - wanted one for each group`,
    );
  return now(`${name}[${group}]`, own);
}

function isList(setting: PerGroup): setting is readonly Live[] {
  return Array.isArray(setting);
}
