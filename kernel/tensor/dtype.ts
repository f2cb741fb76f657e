/**
 * Element types, the typed array behind each, and what two of them make together.
 *
 * Integers have PyTorch's rules for 32 bits: sums, products and conversions that do not fit wrap
 * around (modulo 2³², for `u8` modulo 256), and a conversion cuts fractions off. NaN becomes 0.
 */
import { DTypeError, kindOf, OutOfMemoryError } from "./errors.ts";

/**
 * `f32` is what models are made of; `f64` exists for gradient checks; `bool` holds 0 and 1; `u8`
 * stores bytes such as the pixels of an image.
 */
export type DType = "f32" | "f64" | "i32" | "u8" | "bool";

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** A typed array of zeros. @throws OutOfMemoryError when there is no room for it. */
export function zerosOf(dtype: "f64", length: number): Float64Array<ArrayBuffer>;
export function zerosOf(dtype: "f32" | "f64", length: number): Float32Array | Float64Array;
export function zerosOf(dtype: DType, length: number): TypedArray;
export function zerosOf(dtype: DType, length: number): TypedArray {
  try {
    return arrayOf(dtype, length);
  } catch (error) {
    if (error instanceof DTypeError) throw error;
    throw new OutOfMemoryError(length * elementBytes(dtype), null, error);
  }
}

/** How many bytes an element takes. */
export function elementBytes(dtype: DType): number {
  return dtype === "f64" ? 8 : dtype === "f32" || dtype === "i32" ? 4 : 1;
}

function arrayOf(dtype: DType, length: number): TypedArray {
  switch (dtype) {
    case "f32":
      return new Float32Array(length);
    case "f64":
      return new Float64Array(length);
    case "i32":
      return new Int32Array(length);
    case "u8":
    case "bool":
      return new Uint8Array(length);
    default:
      dtype satisfies never;
      throw new DTypeError(
        `dtype: "${String(dtype)}" is not one of "f32", "f64", "i32", "u8" and "bool"`,
      );
  }
}

/** The element type that `values` holds, unless somebody says that its bytes are bools. */
export function dtypeOf(values: TypedArray): DType {
  if (values instanceof Float32Array) return "f32";
  if (values instanceof Float64Array) return "f64";
  if (values instanceof Int32Array) return "i32";
  return "u8";
}

export function isFloat(dtype: DType): dtype is "f32" | "f64" {
  return dtype === "f32" || dtype === "f64";
}

const rank: Record<DType, number> = { bool: 0, u8: 1, i32: 2, f32: 3, f64: 4 };

/** The type that holds values of both: bool < u8 < i32 < f32 < f64. */
export function promote(a: DType, b: DType): DType {
  return rank[a] >= rank[b] ? a : b;
}

const torchNames: Readonly<Record<string, DType>> = {
  float: "f32",
  float32: "f32",
  double: "f64",
  float64: "f64",
  int: "i32",
  int32: "i32",
  long: "i32",
  int64: "i32",
  uint8: "u8",
};

/** @throws DTypeError for what is no element type, with ours for one of PyTorch's names. */
export function wantDType(op: string, dtype: unknown): void {
  if (typeof dtype === "string" && Object.hasOwn(rank, dtype)) return;
  const ours =
    typeof dtype === "string" && Object.hasOwn(torchNames, dtype) ? torchNames[dtype] : undefined;
  throw new DTypeError(
    `${op}: ${typeof dtype === "string" ? `"${dtype}"` : kindOf(dtype)} for the dtype - ` +
      'wanted "f32", "f64", "i32", "u8" or "bool"',
    ours && `"${ours}"`,
  );
}

/** The type in which a function like `exp` of `dtype` is computed: integers become f32. */
export function toFloat(dtype: DType): "f32" | "f64" {
  return dtype === "f64" ? "f64" : "f32";
}

/** The type in which `dtype` is counted and summed: bytes and bools would overflow. */
export function toWide(dtype: DType): DType {
  return promote(dtype, "i32");
}

/** The type in which `dtype` takes part in arithmetic: a bool counts as 0 or 1, an i32. */
export function toNumber(dtype: DType): DType {
  return dtype === "bool" ? "i32" : dtype;
}
