/**
 * What stands on WebAssembly's stack. As operands come before their operator, a value is nothing but
 * the code that computes it, and an operator joins the codes of its operands.
 */
import { type Bytes, bytes, float32, float64, signed, unsigned } from "./encoding.ts";

export type Type = "i32" | "i64" | "f32" | "f64" | "v128";

/** The code of a type in signatures and locals. */
export const typeCode: Readonly<Record<Type, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};

/** Something computed, where it is used; used twice, it is computed twice. */
export class Value<T extends Type = Type> {
  readonly type: T;
  readonly code: Bytes;

  constructor(type: T, code: Bytes) {
    this.type = type;
    this.code = code;
  }
}

/** A variable of a function: reading it costs nothing. */
export class Local<T extends Type = Type> extends Value<T> {
  readonly index: number;

  constructor(type: T, index: number) {
    super(type, bytes(0x20) + unsigned(index));
    this.index = index;
  }
}

/** Something done, that leaves nothing on the stack. */
export class Statement {
  readonly code: Bytes;

  constructor(code: Bytes) {
    this.code = code;
  }
}

/** An operand; a plain number is a constant. */
export type I32 = Value<"i32"> | number;
export type F32 = Value<"f32"> | number;
export type F64 = Value<"f64"> | number;
export type V128 = Value<"v128">;

const constants = {
  i32: (value: number) => bytes(0x41) + signed(value),
  f32: (value: number) => bytes(0x43) + float32(value),
  f64: (value: number) => bytes(0x44) + float64(value),
};

/** `value` as a value of `type`. */
export function operand<T extends "i32" | "f32" | "f64">(
  type: T,
  value: Value<T> | number,
): Value<T> {
  return typeof value === "number" ? new Value(type, constants[type](value)) : value;
}

/** The code of `operands`, one after the other, and `instruction`. */
export function join(operands: readonly { readonly code: Bytes }[], instruction: Bytes): Bytes {
  let code = "";
  for (const operand of operands) code += operand.code;
  return code + instruction;
}
