/** Element types of files: how each lies in bytes and which of ours it becomes. */
import { scaled } from "../elementary/index.ts";
import { type DType, type TypedArray, zerosOf } from "../dtype.ts";

export interface ElementType {
  readonly sizeBytes: number;
  readonly becomes: DType;
  readonly read: (view: DataView, at: number, little: boolean) => number;
  /** Our element type lies in the same bytes, so that they can be copied. */
  readonly isOurs: boolean;
}

type Read = ElementType["read"];
const type = (sizeBytes: number, becomes: DType, read: Read, isOurs = false): ElementType => ({
  sizeBytes,
  becomes,
  read,
  isOurs,
});

/**
 * The safetensors names. Types we do not have are read into the nearest that holds their values:
 * half floats as f32, and integers as i32, whose range the values must keep to.
 */
export const elementTypes: ReadonlyMap<string, ElementType> = new Map(
  Object.entries({
    F64: type(8, "f64", (view, at, little) => view.getFloat64(at, little), true),
    F32: type(4, "f32", (view, at, little) => view.getFloat32(at, little), true),
    F16: type(2, "f32", (view, at, little) => halfFloat(view.getUint16(at, little))),
    BF16: type(2, "f32", (view, at, little) => brainFloat(view.getUint16(at, little))),
    I64: type(8, "i32", (view, at, little) => Number(view.getBigInt64(at, little))),
    U64: type(8, "i32", (view, at, little) => Number(view.getBigUint64(at, little))),
    I32: type(4, "i32", (view, at, little) => view.getInt32(at, little), true),
    U32: type(4, "i32", (view, at, little) => view.getUint32(at, little)),
    I16: type(2, "i32", (view, at, little) => view.getInt16(at, little)),
    U16: type(2, "i32", (view, at, little) => view.getUint16(at, little)),
    I8: type(1, "i32", (view, at) => view.getInt8(at)),
    U8: type(1, "u8", (view, at) => view.getUint8(at), true),
    BOOL: type(1, "bool", (view, at) => (view.getUint8(at) === 0 ? 0 : 1)),
  }),
);

/** The name under which our element types are written. */
export const elementName: Record<DType, string> = {
  f64: "F64",
  f32: "F32",
  i32: "I32",
  u8: "U8",
  bool: "BOOL",
};

/** Where elements lie: from byte `start` on, the caller having checked that they are there. */
export interface Run {
  readonly view: DataView;
  readonly start: number;
  readonly length: number;
  /** The low byte first, unless given as false. */
  readonly little?: boolean;
}

const hostIsLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** @throws RangeError, which `what` opens, for a whole number that does not fit in 32 bits. */
export function readElements(
  what: string,
  element: ElementType,
  { view, start, length, little = true }: Run,
): TypedArray {
  const values = zerosOf(element.becomes, length);
  if (element.isOurs && little === hostIsLittle) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + start, values.byteLength);
    new Uint8Array(values.buffer).set(bytes);
    return values;
  }
  const isWhole = element.becomes === "i32";
  for (let i = 0; i < length; i++) {
    const value = element.read(view, start + i * element.sizeBytes, little);
    if (isWhole && (value | 0) !== value)
      throw new RangeError(
        `${what}: the whole number ${value} - wanted numbers that fit in 32 bits`,
      );
    values[i] = value;
  }
  return values;
}

/** Writes the bytes of `values` from byte `start` on, the low byte first. */
export function writeElements(view: DataView, start: number, values: TypedArray): void {
  if (hostIsLittle) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    new Uint8Array(view.buffer, view.byteOffset + start).set(bytes);
    return;
  }
  const size = values.BYTES_PER_ELEMENT;
  values.forEach((value: number, i: number) => {
    const at = start + i * size;
    if (values instanceof Float32Array) view.setFloat32(at, value, true);
    else if (values instanceof Float64Array) view.setFloat64(at, value, true);
    else if (values instanceof Int32Array) view.setInt32(at, value, true);
    else view.setUint8(at, value);
  });
}

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * scaled(fraction, -14) : sign * scaled(1 + fraction, exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));

/** The upper half of a binary32. */
function brainFloat(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}
