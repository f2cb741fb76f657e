/**
 * The WASM backend: f32 in SIMD kernels over an arena, everything else on the JavaScript heap by the
 * reference backend, with the same storages.
 */
import type { Backend } from "../../backend.ts";
import { waitingBytes } from "../homes.ts";
import { reference } from "../reference.ts";
import { Machine, type MachineOptions } from "./machine.ts";
import { Layout } from "./layout.ts";
import { convolution } from "./ops/convolution.ts";
import { copying } from "./ops/copy.ts";
import { attentions } from "./ops/attention.ts";
import { elementwise } from "./ops/elementwise.ts";
import { indexing } from "./ops/indexing.ts";
import { layerNorms } from "./ops/layer-norm.ts";
import { matmul } from "./ops/matmul.ts";
import { pooling } from "./ops/pooling.ts";
import { reduce } from "./ops/reduce.ts";
import { softmax } from "./ops/softmax.ts";
import { steps } from "./ops/steps.ts";

export function wasmBackend(options: MachineOptions): Backend {
  const machine = new Machine(options);
  const layout = new Layout(machine);
  return {
    ...reference,
    name: `wasm ${options.variant}`,
    memory() {
      const { occupied, reached, peak } = machine.arena;
      return { live: occupied, cached: reached - occupied + waitingBytes(), peak };
    },
    forgetPeak: () => machine.arena.forgetPeak(),
    ...copying(machine, layout),
    ...elementwise(machine, layout),
    ...matmul(machine),
    ...convolution(machine, layout),
    ...pooling(machine, layout),
    ...reduce(machine, layout),
    ...softmax(machine, layout),
    ...steps(machine),
    ...indexing(machine),
    ...layerNorms(machine),
    ...attentions(machine),
  };
}
