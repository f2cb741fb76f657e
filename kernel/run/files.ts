/** `save` and `load`: models in the notebook's own files, under names as on a disk. */
import {
  decodeModel,
  encodeModel,
  type LoadedModel,
  type LoadOptions,
  type SaveOptions,
} from "../tensor/io/model.ts";
import type { Module } from "../tensor/nn/module.ts";
import { surface } from "./surface.ts";

/**
 * Keeps a model in the notebook's file `name`, as safetensors with PyTorch's names, and offers it
 * for download.
 * @throws TypeError when `name` is no plain file name.
 * @example await save("net.safetensors", net, { optimizer: opt, note: "20 epochs" })
 */
export async function save(name: string, model: Module, options?: SaveOptions): Promise<void> {
  surface().writeFile(name, encodeModel(model, options));
}

/**
 * Reads the notebook's file `name` into a model of the same layers; gives the note it was saved
 * with.
 * @throws Error when there is no such file; ShapeError when it is of another model.
 * @example await load("net.safetensors", net)
 */
export async function load(
  name: string,
  model: Module,
  options?: LoadOptions,
): Promise<LoadedModel> {
  const bytes = await surface().readFile(name);
  if (bytes === null) throw new Error(`load: this notebook has no file "${name}": save it first`);
  return decodeModel(bytes, model, options);
}
