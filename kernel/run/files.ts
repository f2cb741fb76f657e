/**
 * `save` and `load`: models and tensors in the notebook's own files, under names as on a disk. The
 * name's ending says the format.
 */
import {
  decodeModel,
  decodeNpy,
  decodeNpz,
  decodeTensors,
  encodeModel,
  encodeNpy,
  encodeNpz,
  encodeTensors,
  type LoadedModel,
  type LoadOptions,
  nn,
  type SaveOptions,
  Tensor,
} from "../tensor/index.ts";
import { decodeModelNpz, encodeModelNpz } from "../tensor/io/model.ts";
import { placed } from "./errors.ts";
import { surface } from "./surface.ts";

type Into = [model?: nn.Module, options?: LoadOptions];
type Tensors = Readonly<Record<string, Tensor>>;
/** What a file of this name holds when it is read without a model. */
type Contents<N extends string> = N extends `${string}.npy` ? Tensor : Record<string, Tensor>;

/**
 * Keeps something in the notebook's file `name` and offers it for download: a model as .safetensors
 * (PyTorch's names; with a note and what training needs to go on) or .npz, tensors by name as either,
 * one tensor as .npy.
 * @throws TypeError when `name` is no plain file name, RangeError when its ending does not go with
 * what is kept.
 * @example await save("net.safetensors", net, { optimizer: opt, note: "20 epochs" })
 */
export async function save(
  name: string,
  what: nn.Module | Tensor | Tensors,
  options?: SaveOptions,
): Promise<void> {
  surface().writeFile(name, encode(name, what, options));
}

function encode(
  name: string,
  what: nn.Module | Tensor | Tensors,
  options: SaveOptions | undefined,
): Uint8Array {
  const isNpz = hasEnding(name, ".npz");
  if (what instanceof Tensor) {
    if (!hasEnding(name, ".npy"))
      throw new RangeError(`save: a tensor as ${quote(name)} - wanted a name that ends in .npy`);
    return encodeNpy(what);
  }
  if (hasEnding(name, ".npy"))
    throw new RangeError(
      `save: ${quote(name)} holds one tensor - wanted one, or a name that ends in .npz or .safetensors`,
    );
  if (what instanceof nn.Module || !isPlain(what))
    return isNpz ? encodeModelNpz(what, options) : encodeModel(what, options);
  if (isNpz) return encodeNpz(what);
  const { note } = options ?? {};
  return encodeTensors({ tensors: what, metadata: note === undefined ? {} : { note } });
}

/** Tensors by name, as opposed to a model or what somebody took for one. */
function isPlain(what: unknown): what is Tensors {
  return (
    typeof what === "object" &&
    what !== null &&
    Object.values(what).length > 0 &&
    Object.values(what).every((each) => each instanceof Tensor)
  );
}

/**
 * Reads the notebook's file `name`: into a model of the same layers, giving the note it was saved
 * with; or, without a model, as the tensor (.npy) or the tensors by name that it holds.
 * @throws Error when there is no such file; SyntaxError when it is broken; ShapeError when it is of
 * another model.
 * @example await load("net.safetensors", net)
 */
export async function load(
  name: string,
  model: nn.Module,
  options?: LoadOptions,
): Promise<LoadedModel>;
export async function load<N extends string>(name: N): Promise<Contents<N>>;
export async function load(
  name: string,
  ...into: Into
): Promise<LoadedModel | Tensor | Record<string, Tensor>> {
  return placed(loaded)(name, ...into);
}

async function loaded(
  name: string,
  ...into: Into
): Promise<LoadedModel | Tensor | Record<string, Tensor>> {
  const bytes = await surface().readFile(name, "load");
  if (bytes === null) throw new Error(`load: this notebook has no file "${name}": save it first`);
  const isNpz = hasEnding(name, ".npz");
  const [model, options] = into;
  if (into.length === 0) {
    if (hasEnding(name, ".npy")) return decodeNpy(bytes);
    return isNpz ? decodeNpz(bytes) : { ...decodeTensors(bytes).tensors };
  }
  // A model that is none is named by the decoder.
  return isNpz
    ? decodeModelNpz(bytes, model as nn.Module, options)
    : decodeModel(bytes, model as nn.Module, options);
}

/** A name that is none is refused by the notebook's files. */
function hasEnding(name: unknown, ending: string): boolean {
  return typeof name === "string" && name.toLowerCase().endsWith(ending);
}

const quote = (name: unknown): string => JSON.stringify(name) ?? "no name";
