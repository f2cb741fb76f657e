/**
 * A model as a file: its parameters under PyTorch's names, and beside them, where given, the
 * optimiser's state and a note. Other programs find the parameters and may ignore the rest.
 */
import { kindOf } from "../errors.ts";
import { Module } from "../nn/module.ts";
import { Optimizer } from "../optim/optimizer.ts";
import type { OptimizerState } from "../optim/state.ts";
import type { Tensor } from "../tensor.ts";
import { decodeTensors, encodeTensors } from "./safetensors.ts";

export interface SaveOptions {
  /** Kept too, so that training can go on after loading. */
  readonly optimizer?: Optimizer;
  /** A line for people. */
  readonly note?: string;
}

export interface LoadOptions {
  /** Takes over the state that was kept. */
  readonly optimizer?: Optimizer;
  /** Refuse names that are missing or left over; true unless given. */
  readonly strict?: boolean;
}

export interface LoadedModel {
  /** What `save` was given, or null. */
  readonly note: string | null;
}

/** `optimizer.0.exp_avg`: the tensor of parameter 0. No module field can hold this prefix's kind. */
const optimizerPrefix = "optimizer.";

/** @throws RangeError when a field of the model is called `optimizer` and one is to be kept. */
export function encodeModel(model: Module, { optimizer, note }: SaveOptions = {}): Uint8Array {
  refuseStrangers("save", model, optimizer);
  const parameters = model.stateDict();
  const metadata: Record<string, string> = { format: "pt" };
  if (note !== undefined) metadata.note = note;
  if (optimizer === undefined) return encodeTensors({ tensors: parameters, metadata });

  const clash = Object.keys(parameters).find((name) => name.startsWith(optimizerPrefix));
  if (clash !== undefined)
    throw new RangeError(
      `save: the parameter "${clash}" has the name of optimiser state - rename the field`,
    );
  const { kind, steps, tensors } = optimizer.stateDict();
  metadata.optimizer = JSON.stringify({ kind, steps });
  const kept = tensors.flatMap((slot, i) =>
    Object.entries(slot).map(([name, tensor]): [string, Tensor] => [
      `${optimizerPrefix}${i}.${name}`,
      tensor,
    ]),
  );
  return encodeTensors({ tensors: { ...parameters, ...Object.fromEntries(kept) }, metadata });
}

/**
 * Loads a file into `model`, and into `options.optimizer`.
 * @throws SyntaxError for a broken file, ShapeError for one of another model, RangeError when it
 * keeps no state for the optimiser.
 */
export function decodeModel(
  bytes: Uint8Array,
  model: Module,
  options: LoadOptions = {},
): LoadedModel {
  refuseStrangers("load", model, options.optimizer);
  const { tensors, metadata } = decodeTensors(bytes);
  const hasState = metadata.optimizer !== undefined;
  const isState = (name: string) => hasState && name.startsWith(optimizerPrefix);
  const all = Object.entries(tensors);
  const { optimizer, strict = true } = options;
  const state =
    optimizer === undefined
      ? null
      : readState(
          metadata.optimizer,
          all.filter(([name]) => isState(name)),
        );
  model.loadStateDict(Object.fromEntries(all.filter(([name]) => !isState(name))), { strict });
  if (optimizer !== undefined && state !== null) optimizer.loadStateDict(state);
  return { note: metadata.note ?? null };
}

/** @throws TypeError for what is no model, or no optimiser. */
function refuseStrangers(op: string, model: unknown, optimizer: unknown): void {
  if (!(model instanceof Module))
    throw new TypeError(`${op}: ${kindOf(model)} for the model - wanted a network or a layer`);
  if (optimizer !== undefined && !(optimizer instanceof Optimizer))
    throw new TypeError(`${op}: ${kindOf(optimizer)} for the optimizer - wanted one of optim`);
}

function readState(
  text: string | undefined,
  entries: readonly (readonly [string, Tensor])[],
): OptimizerState {
  if (text === undefined)
    throw new RangeError("load: the file keeps no optimiser state - save it with { optimizer }");
  const parsed: unknown = JSON.parse(text);
  if (!isStateHeader(parsed))
    throw new SyntaxError("load: the optimiser state's kind and steps cannot be read");
  const tensors = parsed.steps.map((_, i) => {
    const prefix = `${optimizerPrefix}${i}.`;
    const own = entries.filter(([name]) => name.startsWith(prefix));
    return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
  });
  return { kind: parsed.kind, steps: parsed.steps, tensors };
}

function isStateHeader(value: unknown): value is { kind: string; steps: number[] } {
  if (typeof value !== "object" || value === null) return false;
  const { kind, steps } = value as { kind?: unknown; steps?: unknown };
  return (
    typeof kind === "string" &&
    Array.isArray(steps) &&
    steps.every((step) => typeof step === "number")
  );
}
