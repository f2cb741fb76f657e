/**
 * The WASM backend: f32 in SIMD kernels over an arena, everything else on the JavaScript heap by the
 * reference backend, with the same storages.
 */
import type { Backend } from "../../backend.ts";
import { reference } from "../reference.ts";
import { Machine, type MachineOptions } from "./machine.ts";
import { elementwise } from "./ops/elementwise.ts";
import { matmul } from "./ops/matmul.ts";
import { reduce } from "./ops/reduce.ts";
import { steps } from "./ops/steps.ts";

export function wasmBackend(options: MachineOptions): Backend {
  const machine = new Machine(options);
  return {
    ...reference,
    name: `wasm ${options.variant}`,
    ...elementwise(machine),
    ...matmul(machine),
    ...reduce(machine),
    ...steps(machine),
  };
}
