/** Schedules in a row. */
import { kindOf } from "../errors.ts";
import type { Optimizer } from "./optimizer.ts";
import { EpochSchedule, type ScheduleState } from "./schedule.ts";
import { checkMilestones } from "./schedules.ts";

/**
 * One schedule after the other: each begins at its milestone, counting from 0.
 * @throws TypeError, RangeError unless there is one milestone less than schedules, of one optimiser.
 * @example
 * const opt = optim.SGD(nn.Linear(2, 1).parameters(), { lr: 0.5 });
 * const warmUp = optim.LinearLR(opt, { startFactor: 0.5, totalIters: 2 });
 * const schedule = optim.SequentialLR(opt, [warmUp, optim.StepLR(opt, 1, { gamma: 0.5 })], [2]);
 * for (let step = 0; step < 3; step++) { opt.step(); schedule.step(); }
 * opt.paramGroups[0].lr // 0.25
 */
export class SequentialLR extends EpochSchedule {
  readonly #schedules: readonly EpochSchedule[];
  readonly #milestones: readonly number[];

  constructor(
    optimizer: Optimizer,
    schedules: readonly EpochSchedule[],
    milestones: readonly number[],
  ) {
    const kind = "SequentialLR";
    if (!Array.isArray(schedules) || schedules.length === 0)
      throw new TypeError(`${kind}: ${kindOf(schedules)} of schedules - wanted a list of them`);
    schedules.forEach((each: unknown, i) => {
      if (!(each instanceof EpochSchedule))
        throw new TypeError(
          `${kind}: schedule ${i} is ${kindOf(each)} - wanted a schedule that counts steps`,
        );
      if (each.optimizer !== optimizer)
        throw new RangeError(
          `${kind}: schedule ${i} is for another optimizer - wanted all for the same`,
        );
    });
    checkMilestones(kind, milestones);
    if (milestones.length !== schedules.length - 1)
      throw new RangeError(
        `${kind}: ${milestones.length} milestones for ${schedules.length} schedules - wanted ${schedules.length - 1}`,
      );
    if (milestones.some((each, i) => i > 0 && each <= (milestones[i - 1] ?? 0)))
      throw new RangeError(`${kind}: milestones ${milestones.join(", ")} - wanted them to grow`);
    super(kind, optimizer, {
      schedules: schedules.map((each) => each.describe().kind),
      milestones,
    });
    // From here on they act through this one.
    for (const each of schedules) optimizer.detach(each);
    this.#schedules = [...schedules];
    this.#milestones = [...milestones];
  }

  override rateAt(epoch: number, base: number, group: number): number {
    const { schedule, start } = this.#at(epoch);
    return schedule.rateAt(epoch - start, base, group);
  }

  override inertiaAt(epoch: number, base: number, group: number): number {
    const { schedule, start } = this.#at(epoch);
    return schedule.inertiaAt(epoch - start, base, group);
  }

  #at(epoch: number): { schedule: EpochSchedule; start: number } {
    const index = this.#milestones.filter((milestone) => milestone <= epoch).length;
    const schedule = this.#schedules[index];
    if (schedule === undefined) throw new Error(`internal: no schedule ${index} in SequentialLR`);
    return { schedule, start: this.#milestones[index - 1] ?? 0 };
  }

  override step(): void {
    super.step();
    const { schedule, start } = this.#at(this.lastEpoch);
    schedule.lastEpoch = this.lastEpoch - start;
  }

  override loadStateDict(state: ScheduleState): void {
    super.loadStateDict(state);
    const { schedule, start } = this.#at(this.lastEpoch);
    schedule.lastEpoch = this.lastEpoch - start;
  }
}
