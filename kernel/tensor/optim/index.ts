/** `optim`: ways to turn slopes into steps, in order of complexity, and schedules of their size. */
import { callable } from "../callable.ts";
import { Adagrad as AdagradOptimizer } from "./adagrad.ts";
import { Adam as AdamOptimizer, AdamW as AdamWOptimizer } from "./adam.ts";
import { OneCycleLR as OneCycleSchedule } from "./one-cycle-lr.ts";
import { ReduceLROnPlateau as PlateauSchedule } from "./reduce-lr-on-plateau.ts";
import { RMSprop as RMSpropOptimizer } from "./rmsprop.ts";
import {
  CosineAnnealingLR as CosineAnnealingSchedule,
  LambdaLR as LambdaSchedule,
  LinearLR as LinearSchedule,
  MultiStepLR as MultiStepSchedule,
  StepLR as StepSchedule,
} from "./schedules.ts";
import { SequentialLR as SequentialSchedule } from "./sequential-lr.ts";
import { SGD as SGDOptimizer } from "./sgd.ts";

export type { AdagradOptions } from "./adagrad.ts";
export type { AdamOptions } from "./adam.ts";
export type { CommonOptions, GroupOptions, ParameterGroup } from "./group.ts";
export { Optimizer, type Parameters } from "./optimizer.ts";
export type { OneCycleOptions } from "./one-cycle-lr.ts";
export type { PlateauOptions } from "./reduce-lr-on-plateau.ts";
export type { RMSpropOptions } from "./rmsprop.ts";
export { EpochSchedule, type PerGroup, Schedule, type ScheduleState } from "./schedule.ts";
export type { CosineAnnealingOptions, Factor, GammaOptions, LinearOptions } from "./schedules.ts";
export type { Live } from "./settings.ts";
export type { SGDOptions } from "./sgd.ts";
export type { GroupState, OptimizerState } from "./state.ts";

export const SGD = callable(SGDOptimizer);
export type SGD = SGDOptimizer;
export const Adagrad = callable(AdagradOptimizer);
export type Adagrad = AdagradOptimizer;
export const RMSprop = callable(RMSpropOptimizer);
export type RMSprop = RMSpropOptimizer;
export const Adam = callable(AdamOptimizer);
export type Adam = AdamOptimizer;
export const AdamW = callable(AdamWOptimizer);
export type AdamW = AdamWOptimizer;
export const StepLR = callable(StepSchedule);
export type StepLR = StepSchedule;
export const MultiStepLR = callable(MultiStepSchedule);
export type MultiStepLR = MultiStepSchedule;
export const CosineAnnealingLR = callable(CosineAnnealingSchedule);
export type CosineAnnealingLR = CosineAnnealingSchedule;
export const LinearLR = callable(LinearSchedule);
export type LinearLR = LinearSchedule;
export const LambdaLR = callable(LambdaSchedule);
export type LambdaLR = LambdaSchedule;
export const SequentialLR = callable(SequentialSchedule);
export type SequentialLR = SequentialSchedule;
export const OneCycleLR = callable(OneCycleSchedule);
export type OneCycleLR = OneCycleSchedule;
export const ReduceLROnPlateau = callable(PlateauSchedule);
export type ReduceLROnPlateau = PlateauSchedule;
