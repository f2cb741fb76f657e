/**
 * Which backend the tests of this process run on: `DESCENT_BACKEND=plain` or `relaxed` for the WASM
 * backend's variants, with `DESCENT_ARENA` bytes of arena; the reference backend unless set. And what
 * the engine releases is poisoned, so that whoever reads it still is found out.
 */
import { poisonTheDead } from "../kernel/tensor/autograd/lifetimes.ts";
import { setBackend } from "../kernel/tensor/backends/current.ts";
import { wasmBackend } from "../kernel/tensor/backends/wasm/index.ts";

const { DESCENT_BACKEND: variant, DESCENT_ARENA: capacity } = process.env;
if (variant === "plain" || variant === "relaxed")
  setBackend(
    wasmBackend({ variant, ...(capacity === undefined ? {} : { capacity: Number(capacity) }) }),
  );
else if (variant !== undefined && variant !== "reference")
  throw new Error(`DESCENT_BACKEND=${variant} - wanted reference, plain or relaxed`);

poisonTheDead(true);
