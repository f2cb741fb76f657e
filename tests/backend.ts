/**
 * Which backend the tests of this process run on: `DESCENT_BACKEND=plain` or `relaxed` for the WASM
 * backend's variants, with `DESCENT_ARENA` bytes of arena, which small results leave without a copy too
 * if `DESCENT_REPEATS=all`, and every call shared between `DESCENT_THREADS` threads; the reference
 * backend unless set. And what the engine releases is poisoned, so that whoever reads it still is found out.
 */
import { poisonTheDead } from "../kernel/tensor/autograd/lifetimes.ts";
import { setBackend } from "../kernel/tensor/backends/current.ts";
import type { MachineOptions } from "../kernel/tensor/backends/wasm/machine.ts";

const { DESCENT_BACKEND: variant, DESCENT_ARENA: capacity, DESCENT_THREADS: threads } = process.env;
const { DESCENT_REPEATS: repeats } = process.env;
if (variant === "plain" || variant === "relaxed") {
  // Most files run on the reference backend, and half of them need no engine at all.
  const { wasmBackend } = await import("../kernel/tensor/backends/wasm/index.ts");
  setBackend(
    wasmBackend({
      variant,
      repeatsAll: repeats === "all",
      ...(capacity === undefined ? {} : { capacity: Number(capacity) }),
      ...(threads === undefined ? {} : await team(Number(threads))),
    }),
  );
} else if (variant !== undefined && variant !== "reference")
  throw new Error(`DESCENT_BACKEND=${variant} - wanted reference, plain or relaxed`);

poisonTheDead(true);

/** What the others of `threads` threads need, who end with this process. */
async function team(threads: number): Promise<Partial<MachineOptions>> {
  // It brings a bundler, which no other test needs.
  const { workersFor } = await import("./kernel/tensor/backends/wasm/threads/workers.ts");
  const { memory, helpers, started } = await workersFor(threads);
  const start = (module: Uint8Array<ArrayBuffer>) => {
    helpers.start(module);
    for (const worker of started) worker.unref();
  };
  return { memory, helpers: { threads, start }, dividesAll: true };
}
