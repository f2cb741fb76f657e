/**
 * Which backend computes, decided once at start-up: WASM with fused multiply-add where the machine
 * has it, else plain SIMD, else the loops of the reference backend.
 */
import { setBackend } from "./current.ts";
import { wasmBackend } from "./wasm/index.ts";
import type { Helpers } from "./wasm/machine.ts";
import { createMemory } from "./wasm/memory.ts";
import { runs, type VariantName, variants } from "./wasm/variant.ts";

/** What computes. */
export interface Engine {
  /** "wasm relaxed" and "wasm plain" are SIMD with and without fused multiply-add; "reference" is JavaScript. */
  readonly backend: "wasm relaxed" | "wasm plain" | "reference";
  /** How many threads a large operation is shared between. */
  readonly threads: number;
}

/** What the kernel's owner has made, where memory can be shared. */
export interface SharedHelpers extends Helpers {
  readonly memory: WebAssembly.Memory;
}

export interface Preparation {
  readonly engine: Engine;
  /** Writes and compiles the kernels. To be called before the first tensor is made. */
  readonly start: () => void;
}

let current: Engine = { backend: "reference", threads: 1 };

/**
 * What computes here: the machine decides.
 * @example
 * engine().threads >= 1 // true
 */
export function engine(): Engine {
  return current;
}

/** Finds out in a moment what the machine can do; starting takes longer. */
export function prepareEngine(helpers: SharedHelpers | null): Preparation {
  const variant = bestVariant();
  const memory = variant === null ? null : (helpers?.memory ?? createMemory(false, 1));
  if (variant === null || memory === null) return { engine: current, start: () => {} };
  const prepared: Engine = { backend: `wasm ${variant}`, threads: helpers?.threads ?? 1 };
  return {
    engine: prepared,
    start() {
      setBackend(wasmBackend({ variant, memory, helpers: helpers ?? undefined }));
      current = prepared;
    },
  };
}

function bestVariant(): VariantName | null {
  if (typeof WebAssembly === "undefined") return null;
  return (["relaxed", "plain"] as const).find((name) => runs(variants[name])) ?? null;
}
