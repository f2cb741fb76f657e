/**
 * Numbers, names and sections in the binary format of WebAssembly (core specification 2.0, chapter 5).
 * Code is a string with a character for each byte, since strings are joined without being copied: an
 * operator's code has its operands' in it, and a module would be copied once for each level.
 */

export type Bytes = string;

/** Each number a byte. */
export const bytes: (...numbers: number[]) => Bytes = String.fromCharCode;

const single: readonly Bytes[] = Array.from({ length: 128 }, (_, value) => bytes(value));

/** LEB128 of a whole number from 0 to 2³² - 1. */
export function unsigned(value: number): Bytes {
  const short = single[value];
  if (short !== undefined) return short;
  let code = "";
  let rest = value;
  while (rest > 0x7f) {
    code += bytes((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return code + bytes(rest);
}

/** Signed LEB128 of a whole number from -2³¹ to 2³¹ - 1. */
export function signed(value: number): Bytes {
  let code = "";
  let rest = value | 0;
  // The sixth bit of the last byte is the sign.
  while (rest < -0x40 || rest > 0x3f) {
    code += bytes((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return code + bytes(rest & 0x7f);
}

/** A number of four bytes, and the bytes. */
const quad = new DataView(new ArrayBuffer(4));
const quadBytes = (): Bytes =>
  bytes(quad.getUint8(0), quad.getUint8(1), quad.getUint8(2), quad.getUint8(3));

export function float32(value: number): Bytes {
  quad.setFloat32(0, value, true);
  return quadBytes();
}

export function float64(value: number): Bytes {
  return bytes(...new Uint8Array(Float64Array.of(value).buffer));
}

export function int32(value: number): Bytes {
  quad.setInt32(0, value, true);
  return quadBytes();
}

/** The number of `items`, then all of them. */
export function vector(items: readonly Bytes[]): Bytes {
  return unsigned(items.length) + items.join("");
}

export function text(value: string): Bytes {
  return sized(bytes(...new TextEncoder().encode(value)));
}

/** `contents` behind its length. */
export function sized(contents: Bytes): Bytes {
  return unsigned(contents.length) + contents;
}

export function toArray(code: Bytes): Uint8Array<ArrayBuffer> {
  const array = new Uint8Array(code.length);
  for (let i = 0; i < array.length; i++) array[i] = code.charCodeAt(i);
  return array;
}
