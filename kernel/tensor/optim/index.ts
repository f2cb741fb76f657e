/** `optim`: ways to turn slopes into steps, in order of complexity. */
import { callable } from "../callable.ts";
import { Adagrad as AdagradOptimizer } from "./adagrad.ts";
import { Adam as AdamOptimizer, AdamW as AdamWOptimizer } from "./adam.ts";
import { RMSprop as RMSpropOptimizer } from "./rmsprop.ts";
import { SGD as SGDOptimizer } from "./sgd.ts";

export type { AdagradOptions } from "./adagrad.ts";
export type { AdamOptions } from "./adam.ts";
export type { CommonOptions, GroupOptions, ParameterGroup } from "./group.ts";
export { Optimizer, type Parameters } from "./optimizer.ts";
export type { RMSpropOptions } from "./rmsprop.ts";
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
