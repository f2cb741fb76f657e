/** What a page runs of the engine's checks: no cell, no worker, the engine alone. */
import { poisonTheDead } from "../../../kernel/tensor/autograd/lifetimes.ts";
import { setBackend } from "../../../kernel/tensor/backends/current.ts";
import { wasmBackend } from "../../../kernel/tensor/backends/wasm/index.ts";
import type { VariantName } from "../../../kernel/tensor/backends/wasm/variant.ts";
import { opChecks } from "../../kernel/tensor/ops.checks.ts";

export interface Outcome {
  readonly count: number;
  readonly failures: readonly string[];
}

/**
 * Every `step`th check of the ops, on a variant with `capacity` bytes of arena, which all results that can
 * be computed again leave without a copy if `repeatsAll`.
 */
export function runOpChecks(
  variant: VariantName,
  capacity: number,
  repeatsAll: boolean,
  step: number,
): Outcome {
  setBackend(wasmBackend({ variant, capacity, repeatsAll }));
  poisonTheDead(true);
  const tried = opChecks.filter((_, i) => i % step === 0);
  const failures = tried.flatMap(({ op, name, run }) => {
    try {
      run();
      return [];
    } catch (error) {
      return [`${op}, ${name}: ${String(error)}`];
    }
  });
  return { count: tried.length, failures };
}
