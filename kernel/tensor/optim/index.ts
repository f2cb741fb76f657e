/** `optim`: ways to turn slopes into steps, in order of complexity. */
import { callable } from "../callable.ts";
import { Adam as AdamOptimizer } from "./adam.ts";
import { SGD as SGDOptimizer } from "./sgd.ts";

export type { AdamOptions } from "./adam.ts";
export { type Live, Optimizer, type OptimizerState } from "./optimizer.ts";
export type { SGDOptions } from "./sgd.ts";

export const SGD = callable(SGDOptimizer);
export type SGD = SGDOptimizer;
export const Adam = callable(AdamOptimizer);
export type Adam = AdamOptimizer;
