/**
 * A model as a file: its parameters under PyTorch's names, and beside them, where given, a note and
 * what training needs to go on. Other programs find the parameters and may ignore the rest.
 */
import { kindOf } from "../errors.ts";
import { Module } from "../nn/module.ts";
import { checkOptions } from "../options.ts";
import { bytesOf } from "./bytes.ts";
import { decodeNpz, encodeNpz } from "./npz.ts";
import { decodeTensors, encodeTensors } from "./safetensors.ts";
import {
  checkTraining,
  keepTraining,
  optimizerPrefix,
  readTraining,
  type Training,
} from "./training.ts";

/** The optimiser, its schedule and the generator are kept too, so that training can go on. */
export interface SaveOptions extends Training {
  /** A line for people. */
  readonly note?: string;
}

/** The optimiser, its schedule and the generator take over the states that were kept. */
export interface LoadOptions extends Training {
  /** Refuse names that are missing or left over; true unless given. */
  readonly strict?: boolean;
}

export interface LoadedModel {
  /** What `save` was given, or null. */
  readonly note: string | null;
}

/**
 * A model as the bytes of a .safetensors file.
 * @throws TypeError for what is no model, RangeError when a field of the model is called `optimizer`
 * and one is to be kept.
 * @example
 * const bytes = encodeModel(nn.Linear(3, 2), { note: "fresh" });
 * Object.keys(decodeTensors(bytes).tensors) // weight,bias
 */
export function encodeModel(model: Module, options: SaveOptions = {}): Uint8Array {
  refuseStrangers("save", model, options);
  const parameters = model.stateDict();
  const { tensors, metadata } = keepTraining(options);
  const clash = Object.keys(parameters).find((name) => name.startsWith(optimizerPrefix));
  if (clash !== undefined && options.optimizer !== undefined)
    throw new RangeError(
      `save: the parameter "${clash}" has the name of optimiser state - rename the field`,
    );
  const { note } = options;
  return encodeTensors({
    tensors: { ...parameters, ...tensors },
    metadata: { format: "pt", ...(note === undefined ? {} : { note: String(note) }), ...metadata },
  });
}

/**
 * Loads the bytes of a .safetensors file into `model`, and into what `options` name.
 * @throws TypeError for what is no model, SyntaxError for a broken file, ShapeError for one of
 * another model, RangeError when it does not keep what is asked for; the model is then as before.
 * @example
 * const [net, copy] = [nn.Linear(3, 2), nn.Linear(3, 2)];
 * decodeModel(encodeModel(net, { note: "fresh" }), copy).note // fresh
 * copy.weight.sub(net.weight).abs().sum().item() // 0
 */
export function decodeModel(
  bytes: Uint8Array,
  model: Module,
  options: LoadOptions = {},
): LoadedModel {
  refuseStrangers("load", model, options);
  const { tensors, metadata } = decodeTensors(bytes);
  const isState = (name: string) =>
    metadata.optimizer !== undefined && name.startsWith(optimizerPrefix);
  const goOn = readTraining(options, metadata, tensors);
  const own = Object.entries(tensors).filter(([name]) => !isState(name));
  model.loadStateDict(Object.fromEntries(own), { strict: options.strict ?? true });
  goOn();
  return { note: metadata.note ?? null };
}

/**
 * A model's parameters as the bytes of a .npz file, which keeps nothing else.
 * @throws TypeError for what is no model, RangeError when more is to be kept.
 */
export function encodeModelNpz(model: Module, options: SaveOptions = {}): Uint8Array {
  refuseStrangers("save", model, options);
  const more = Object.entries(options).find(([, value]) => value !== undefined);
  if (more !== undefined)
    throw new RangeError(
      `save: .npz keeps parameters only, and no ${more[0]} - wanted a name that ends in .safetensors`,
    );
  return encodeNpz(model.stateDict());
}

/**
 * Loads the bytes of a .npz file into `model`.
 * @throws TypeError for what is no model, SyntaxError for a broken file, ShapeError for one of
 * another model, RangeError when more than parameters is asked for.
 */
export async function decodeModelNpz(
  bytes: Uint8Array,
  model: Module,
  options: LoadOptions = {},
): Promise<LoadedModel> {
  refuseStrangers("load", model, options);
  readTraining(options, {}, {});
  const { strict = true } = options;
  model.loadStateDict(await decodeNpz(bytesOf("load", bytes)), { strict });
  return { note: null };
}

/** @throws TypeError for what is no model, optimiser, schedule or generator. */
function refuseStrangers(op: "save" | "load", model: unknown, options: Training): void {
  if (!(model instanceof Module))
    throw new TypeError(`${op}: ${kindOf(model)} for the model - wanted a network or a layer`);
  const own = op === "save" ? "note" : "strict";
  checkOptions(op, options, ["optimizer", "schedule", "generator", own]);
  checkTraining(op, options);
}
