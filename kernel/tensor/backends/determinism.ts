/** The switch between what is fastest and what is the same on every machine. */
import type { Backend } from "../backend.ts";
import { DTypeError, kindOf } from "../errors.ts";
import { backend, setBackend } from "./current.ts";
import { isAttending } from "./wasm/threads/attend.ts";
import { isWasm, type WasmBackend, wasmBackend } from "./wasm/index.ts";

/** What computes while the switch is off, kept while it is on. */
let usual: Backend | null = null;
/** What stands in for the loops in JavaScript, whose sums are rounded otherwise. */
let standIn: WasmBackend | null = null;

/**
 * Switches to results that are the same, bit for bit, on every machine and in every browser: one thread,
 * and no instruction that rounds a product and a sum at once. Products of matrices take about twice as
 * long. Without an argument it only tells whether that is so. Random numbers still need a seed; a cell's
 * own `Math.exp` and its kin are the browser's, and the bits of a NaN are nobody's.
 * @throws DTypeError unless `on` is true or false, Error where the browser has no SIMD in WebAssembly,
 * and in the middle of an op.
 * @example
 * deterministic(true) // true
 * manualSeed(1);
 * randn([64, 64]).matmul(randn([64, 64])).norm().item() // 521.038818359375
 * deterministic(false) // false
 * deterministic() // false
 */
export function deterministic(on?: boolean): boolean {
  if (on === undefined) return usual !== null;
  if (typeof on !== "boolean")
    throw new DTypeError(`deterministic: ${kindOf(on)} - wanted true or false`);
  if (on === (usual !== null)) return on;
  // A long op lets the kernel look around between its parts.
  if (isAttending())
    throw new Error("deterministic: an op is being computed - wanted a moment between two ops");
  const now = backend();
  setBackend(usual ?? reproducible(now));
  usual = on ? now : null;
  return on;
}

/** The same bits everywhere, over the memory that `now` has. */
function reproducible(now: Backend): Backend {
  if (isWasm(now)) return now.alone();
  try {
    return (standIn ??= wasmBackend({ variant: "plain" }));
  } catch (error) {
    throw new Error(
      "deterministic: this machine computes in JavaScript, which rounds sums otherwise - wanted a browser that has SIMD in WebAssembly",
      { cause: error },
    );
  }
}
