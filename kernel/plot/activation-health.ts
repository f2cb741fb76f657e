/**
 * What activation functions give while somebody looks: how their values are spread, which units are
 * dead (nothing but zeros) and which values are saturated (where the curve is flat).
 */
import { opWatch } from "../tensor/autograd/op-watch.ts";
import { isRecording } from "../tensor/autograd/tape.ts";
import type { Module } from "../tensor/nn/module.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Histograms, SignedHistograms } from "./histogram.ts";

/** Functions that are looked at; of these, values from here on lie where the curve is flat. */
const functions: Readonly<Record<string, ((y: number) => boolean) | null>> = {
  relu: null,
  leakyRelu: null,
  elu: null,
  gelu: null,
  geluTanh: null,
  silu: null,
  softplus: null,
  tanh: (y) => Math.abs(y) > 0.97,
  sigmoid: (y) => y < 0.015 || y > 0.985,
};

/** A unit is dead after so many looks in a row at which it gave zeros only. */
export const SILENT_LOOKS = 4;

/** What can be told of an activation function in its place in the network. */
export interface Activations {
  readonly name: string;
  readonly op: string;
  readonly histograms: Histograms;
  readonly units: number;
  /** How many units have been silent for {@link SILENT_LOOKS}, or for all looks if there were fewer. */
  readonly dead: number;
  /** Share of the values that were saturated at the last look; null for functions without flat ends. */
  readonly saturated: number | null;
}

export class ActivationHealth implements Activations {
  readonly name: string;
  readonly op: string;
  readonly histograms = new SignedHistograms();
  /** For each unit: looks in a row at which it gave zeros only. */
  #silent: Uint16Array = new Uint16Array(0);
  #looks = 0;
  saturated: number | null = null;
  #told: readonly (Pick<Activations, "dead" | "saturated"> & { readonly step: number })[] = [];

  constructor(name: string, op: string) {
    this.name = name;
    this.op = op;
  }

  /** Units are the last dimension, or `unitDim`. */
  look(step: number, output: Tensor, unitDim: number): void {
    const values = output.innerData;
    const units = output.shape[unitDim] ?? 1;
    // So many values of one unit lie side by side.
    const run = output.shape.slice(unitDim + 1).reduce((product, size) => product * size, 1);
    const isFlat = functions[this.op] ?? null;
    if (this.#silent.length !== units) this.#silent = new Uint16Array(units);
    const isHeard = new Uint8Array(units);
    let flat = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!; // i is below the length
      if (value !== 0) isHeard[Math.floor(i / run) % units] = 1;
      if (isFlat?.(value) === true) flat++;
    }
    this.#looks++;
    for (let unit = 0; unit < units; unit++) {
      this.#silent[unit] = isHeard[unit] === 1 ? 0 : Math.min(60_000, this.#silent[unit]! + 1);
    }
    this.saturated = isFlat === null ? null : flat / Math.max(1, values.length);
    this.histograms.look(step, values);
    this.#told = [...this.#told, { step, dead: this.dead, saturated: this.saturated }];
  }

  /** As it was at the last look up to this step. */
  at(step: number): Activations {
    const { dead = 0, saturated = null } = this.#told.findLast((told) => told.step <= step) ?? {};
    const { name, op, histograms, units } = this;
    return { name, op, histograms, units, dead, saturated };
  }

  thin(): void {
    this.histograms.thin();
    this.#told = this.#told.filter((_, i) => i % 2 === 0);
  }

  get units(): number {
    return this.#silent.length;
  }

  get dead(): number {
    const wanted = Math.min(SILENT_LOOKS, Math.max(1, this.#looks));
    return this.op === "relu" ? this.#silent.filter((looks) => looks >= wanted).length : 0;
  }
}

type Look = (op: string, output: Tensor) => void;

/** Who looks at this moment: several figures may watch one network. */
const lookers = new Set<Look>();
const lookAll: Look = (op, output) => {
  for (const look of lookers) look(op, output);
};

function attend(look: Look, isLooking: boolean): void {
  if (isLooking) lookers.add(look);
  else lookers.delete(look);
  opWatch.see = lookers.size === 0 ? null : lookAll;
}

/**
 * Looks at every activation function that `model` calls, by name, until the returned function is
 * called: at calls that are recorded, as in training. The first call of a place is the one that counts.
 */
export function lookAtActivations(
  model: Module,
  nameOf: (path: string) => string,
  see: (name: string, op: string, output: Tensor, unitDim: number) => void,
): () => void {
  const inside: { readonly name: string; readonly isLeaf: boolean; readonly kind: string }[] = [];
  let last = { name: "the input", kind: "" };
  const seen = new Set<string>();
  const look: Look = (op, output) => {
    const around = inside.at(-1);
    if (around === undefined || !Object.hasOwn(functions, op)) return;
    const place = around.isLeaf ? around : last;
    const name = around.isLeaf ? around.name : `${op} after ${last.name}`;
    if (seen.has(name)) return;
    seen.add(name);
    const isImage = output.ndim > 3 || (output.ndim === 3 && /^(Conv|BatchNorm)/.test(place.kind));
    see(name, op, output, isImage ? 1 : Math.max(0, output.ndim - 1));
  };
  const handles = model.namedModules().flatMap(([path, module]) => {
    const kind = module.constructor.name;
    const isLeaf = module.namedChildren().length === 0;
    const name = nameOf(path);
    return [
      module.registerForwardPreHook(() => {
        if (module === model) inside.length = 0;
        inside.push({ name, isLeaf, kind });
        attend(look, isRecording());
      }),
      module.registerForwardHook(() => {
        inside.pop();
        if (isLeaf) last = { name, kind };
        if (inside.length === 0) attend(look, false);
      }),
    ];
  });
  return () => {
    for (const handle of handles) handle.remove();
    attend(look, false);
  };
}
