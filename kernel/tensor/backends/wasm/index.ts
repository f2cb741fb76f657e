/**
 * The WASM backend: f32 in SIMD kernels over an arena, everything else on the JavaScript heap by the
 * reference backend, with the same storages.
 */
import type { Backend } from "../../backend.ts";
import { waitingBytes } from "../homes.ts";
import { reference } from "../reference.ts";
import { pagesAhead } from "./ahead.ts";
import { Machine, type MachineOptions } from "./machine.ts";
import { Layout } from "./layout.ts";
import { convolution } from "./ops/convolution.ts";
import { copying } from "./ops/copy.ts";
import { attentions } from "./ops/attention.ts";
import { batchNorms } from "./ops/batch-norm.ts";
import { elementwise } from "./ops/elementwise.ts";
import { indexing } from "./ops/indexing.ts";
import { layerNorms } from "./ops/layer-norm.ts";
import { matmul } from "./ops/matmul.ts";
import { pooling } from "./ops/pooling.ts";
import { reduce } from "./ops/reduce.ts";
import { softmax } from "./ops/softmax.ts";
import { steps } from "./ops/steps.ts";
import { repeatable } from "./repeatable.ts";
import { placing } from "./placed.ts";
import { rowSums } from "./sparse-rows.ts";

interface WasmOptions extends MachineOptions {
  /** Every result that can be computed again leaves the arena without a copy, however small. */
  readonly repeatsAll?: boolean;
}

/** A backend whose memory another one can compute in, in turns. */
export interface WasmBackend extends Backend {
  /** The plain variant over the same arena, in one thread: made when first asked for. */
  readonly alone: () => WasmBackend;
  /** Does a little of what first ops would wait for; whether there is more to be done. */
  readonly prepare: () => boolean;
}

export function isWasm(backend: Backend): backend is WasmBackend {
  return "alone" in backend;
}

export function wasmBackend(options: WasmOptions): WasmBackend {
  const machine = new Machine(options);
  let other: WasmBackend | undefined;
  const layout = new Layout(machine);
  const sums = rowSums(machine);
  const places = placing(machine, layout);
  const elements = elementwise(machine, layout);
  const ops: Backend = {
    ...reference,
    name: `wasm ${options.variant}`,
    memory() {
      const { occupied, reached, peak } = machine.arena;
      return { live: occupied, cached: reached - occupied + waitingBytes(), peak };
    },
    forgetPeak: () => machine.arena.forgetPeak(),
    ...copying(machine, layout),
    ...elements,
    binary(name, a, b) {
      const sum = name === "add" ? (sums.add(a, b) ?? places.add(a, b)) : null;
      return sum ?? elements.binary(name, a, b);
    },
    place: places.place,
    ...matmul(machine, layout),
    ...convolution(machine, layout),
    ...pooling(machine, layout),
    ...reduce(machine, layout),
    ...softmax(machine, layout),
    ...steps(machine),
    ...indexing(machine, sums),
    ...layerNorms(machine, layout),
    ...batchNorms(machine, layout),
    ...attentions(machine, layout),
  };
  const { repeatsAll = false } = options;
  const alone = () =>
    (other ??= wasmBackend({ variant: "plain", arena: machine.arena, repeatsAll }));
  const prepare = pagesAhead(machine.arena);
  return { ...ops, ...repeatable(ops, repeatsAll), alone, prepare };
}
