/**
 * Which backend computes, decided once at start-up: WASM with fused multiply-add where the machine
 * has it, else plain SIMD, else the loops of the reference backend.
 */
import { setBackend } from "./current.ts";
import { deterministic } from "./determinism.ts";
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

let current: Engine = { backend: "reference", threads: 1 };
let prepare = (): boolean => false;

/**
 * What computes here: the machine decides, unless `deterministic` does.
 * @example
 * engine().threads >= 1 // true
 */
export function engine(): Engine {
  return deterministic() ? { backend: "wasm plain", threads: 1 } : current;
}

/**
 * Writes and compiles the kernels, and tells what computes from now on: less than the machine promised
 * where it refuses them. To be called before the first tensor is made.
 */
export function startEngine(helpers: SharedHelpers | null): Engine {
  const names = variantsHere();
  const memory = names.length === 0 ? null : (helpers?.memory ?? createMemory(false, 1));
  if (memory === null) return current;
  for (const variant of names) {
    try {
      const backend = wasmBackend({ variant, memory, helpers: helpers ?? undefined });
      setBackend(backend);
      prepare = backend.prepare;
    } catch (error) {
      // The page's policy forbids it, there is no room for the code, or the browser has a fault:
      // simpler kernels may do, and JavaScript does. Anything else is a mistake of ours.
      if (!isRefusal(error)) throw error;
      continue;
    }
    current = { backend: `wasm ${variant}`, threads: helpers?.threads ?? 1 };
    break;
  }
  return current;
}

/**
 * Does a little of what first ops would wait for, in less than a millisecond, to be called while nobody
 * waits; whether there is more to be done.
 */
export function prepareEngine(): boolean {
  return prepare();
}

function isRefusal(error: unknown): boolean {
  return error instanceof WebAssembly.CompileError || error instanceof RangeError;
}

/** Those that run here, the best first. */
function variantsHere(): VariantName[] {
  if (typeof WebAssembly === "undefined") return [];
  return (["relaxed", "plain"] as const).filter((name) => runs(variants[name]));
}
