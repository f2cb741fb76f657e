/** Views as kernels of the arena see them. */
import type { DType } from "../../dtype.ts";
import { fullView, sizeOf } from "../../shape.ts";
import type { Shape, View } from "../../view.ts";
import { HeapStorage } from "../storage.ts";

export function isFloats({ storage }: View): boolean {
  return storage.dtype === "f32";
}

/** A view for a kernel to write. */
export function fresh(dtype: DType, shape: Shape): View {
  return fullView(new HeapStorage(dtype, sizeOf(shape), null), shape);
}

export function storageOf({ storage }: View): HeapStorage {
  if (storage instanceof HeapStorage) return storage;
  throw new Error("internal: a storage of another backend");
}

/** The address of the first element of `x`, whose storage is held and has elements of four bytes. */
export function at(x: View): number {
  return storageOf(x).address + 4 * x.offset;
}
