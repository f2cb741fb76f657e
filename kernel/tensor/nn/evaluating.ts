/** Asking a model without teaching it: nothing is recorded, and layers such as dropout stand aside. */
import { noGrad } from "../autograd/tape.ts";
import { Module } from "./module.ts";

/** Runs `body` without recording, the model in evaluation mode and afterwards as it was. */
export function evaluating<T>(model: unknown, body: () => T): T {
  if (!(model instanceof Module)) return noGrad(body);
  const before = model.namedModules().map(([, module]) => [module, module.training] as const);
  model.eval();
  try {
    return noGrad(body);
  } finally {
    for (const [module, training] of before) module.training = training;
  }
}
