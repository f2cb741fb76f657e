/** Element types, the typed array behind each, and what two of them make together. */
import { DTypeError } from "./errors.ts";

/** `f32` is what models are made of; `f64` exists for gradient checks; `bool` holds 0 and 1. */
export type DType = "f32" | "f64" | "i32" | "bool";

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** A typed array of zeros. */
export function zerosOf(dtype: DType, length: number): TypedArray {
  switch (dtype) {
    case "f32":
      return new Float32Array(length);
    case "f64":
      return new Float64Array(length);
    case "i32":
      return new Int32Array(length);
    case "bool":
      return new Uint8Array(length);
    default:
      dtype satisfies never;
      throw new DTypeError(
        `dtype: "${String(dtype)}" is not one of "f32", "f64", "i32" and "bool"`,
      );
  }
}

/** The element type that `values` stores; a `Uint8Array` is read as bool. */
export function dtypeOf(values: TypedArray): DType {
  if (values instanceof Float32Array) return "f32";
  if (values instanceof Float64Array) return "f64";
  if (values instanceof Int32Array) return "i32";
  return "bool";
}

export function isFloat(dtype: DType): dtype is "f32" | "f64" {
  return dtype === "f32" || dtype === "f64";
}

const rank: Record<DType, number> = { bool: 0, i32: 1, f32: 2, f64: 3 };

/** The type that holds values of both: bool < i32 < f32 < f64. */
export function promote(a: DType, b: DType): DType {
  return rank[a] >= rank[b] ? a : b;
}

/** The type in which a function like `exp` of `dtype` is computed: integers become f32. */
export function toFloat(dtype: DType): "f32" | "f64" {
  return dtype === "f64" ? "f64" : "f32";
}
