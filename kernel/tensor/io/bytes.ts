/** Bytes that came from a cell: whatever holds them. */
import { kindOf } from "../errors.ts";

/** The bytes of a typed array, a DataView or an ArrayBuffer. @throws TypeError for anything else. */
export function bytesOf(op: string, given: unknown): Uint8Array {
  if (given instanceof Uint8Array) return given;
  if (ArrayBuffer.isView(given))
    return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (given instanceof ArrayBuffer) return new Uint8Array(given);
  throw new TypeError(`${op}: ${kindOf(given)} for the file - wanted its bytes, a Uint8Array`);
}
