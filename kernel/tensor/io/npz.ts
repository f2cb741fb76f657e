/** NumPy's .npz format: a zip archive with one .npy file for each name. */
import type { Tensor } from "../tensor.ts";
import { bytesOf } from "./bytes.ts";
import { encodeNpy, readNpy } from "./npy.ts";
import { tensorsOf } from "./tensors.ts";
import { decodeZip, encodeZip } from "./zip.ts";

const ending = ".npy";

/**
 * Tensors by name as the bytes of a .npz file, which `numpy.load` reads.
 * @throws TypeError for what are no tensors by name, RangeError beyond 4 GB.
 * @example
 * const bytes = encodeNpz({ x: tensor([1, 2]), y: tensor(3) });
 * const { x, y } = await decodeNpz(bytes);
 * y // tensor(3.)
 */
export function encodeNpz(tensors: Readonly<Record<string, Tensor>>): Uint8Array {
  return encodeZip(
    Object.fromEntries(
      tensorsOf("encodeNpz", tensors).map(([name, tensor]) => [name + ending, encodeNpy(tensor)]),
    ),
  );
}

/**
 * The tensors in the bytes of a .npz file, by name; compressed ones too. Dtypes as `decodeNpy`.
 * @throws TypeError for what is no bytes, SyntaxError saying what is wrong with the file, RangeError
 * for a whole number that does not fit in 32 bits.
 * @example
 * const state = await decodeNpz(encodeNpz(nn.Linear(3, 2).stateDict()));
 * Object.keys(state) // weight,bias
 */
export async function decodeNpz(bytes: Uint8Array): Promise<Record<string, Tensor>> {
  const files = await decodeZip(bytesOf("decodeNpz", bytes));
  return Object.fromEntries(
    [...files].map(([name, file]) => [
      name.endsWith(ending) ? name.slice(0, -ending.length) : name,
      readNpy(`npz: "${name}"`, file),
    ]),
  );
}
