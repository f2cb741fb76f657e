/** Element types of files: how each lies in bytes (little-endian) and which of ours it becomes. */
import { type DType, type TypedArray, zerosOf } from "../dtype.ts";

export interface ElementType {
  readonly sizeBytes: number;
  readonly becomes: DType;
  readonly read: (view: DataView, at: number) => number;
}

/** The safetensors names. Types we do not have are read into the nearest that holds their values. */
export const elementTypes: Readonly<Record<string, ElementType>> = {
  F64: { sizeBytes: 8, becomes: "f64", read: (view, at) => view.getFloat64(at, true) },
  F32: { sizeBytes: 4, becomes: "f32", read: (view, at) => view.getFloat32(at, true) },
  F16: { sizeBytes: 2, becomes: "f32", read: (view, at) => halfFloat(view.getUint16(at, true)) },
  BF16: { sizeBytes: 2, becomes: "f32", read: (view, at) => brainFloat(view.getUint16(at, true)) },
  I64: { sizeBytes: 8, becomes: "i32", read: (view, at) => whole(view.getBigInt64(at, true)) },
  I32: { sizeBytes: 4, becomes: "i32", read: (view, at) => view.getInt32(at, true) },
  I16: { sizeBytes: 2, becomes: "i32", read: (view, at) => view.getInt16(at, true) },
  I8: { sizeBytes: 1, becomes: "i32", read: (view, at) => view.getInt8(at) },
  U8: { sizeBytes: 1, becomes: "u8", read: (view, at) => view.getUint8(at) },
  BOOL: { sizeBytes: 1, becomes: "bool", read: (view, at) => view.getUint8(at) },
};

/** The name under which our element types are written. */
export const elementName: Record<DType, string> = {
  f64: "F64",
  f32: "F32",
  i32: "I32",
  u8: "U8",
  bool: "BOOL",
};

/** `length` elements from byte `start` on; the caller has checked that they are there. */
export function readElements(
  view: DataView,
  type: ElementType,
  start: number,
  length: number,
): TypedArray {
  const values = zerosOf(type.becomes, length);
  for (let i = 0; i < length; i++) values[i] = type.read(view, start + i * type.sizeBytes);
  return values;
}

export function writeElements(view: DataView, start: number, values: TypedArray): void {
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
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** The upper half of a binary32. */
function brainFloat(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits << 16);
  return view.getFloat32(0);
}

function whole(value: bigint): number {
  if (BigInt.asIntN(32, value) !== value)
    throw new RangeError(
      `safetensors: ${value} in an I64 tensor - wanted numbers that fit in 32 bits`,
    );
  return Number(value);
}
