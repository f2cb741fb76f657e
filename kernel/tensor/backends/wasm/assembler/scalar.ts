/** Instructions on numbers: `i32`, `f32` and `f64`. A plain number is a constant operand. */
import { type Bytes, bytes, unsigned } from "./encoding.ts";
import { type I32, join, operand, Statement, Value } from "./value.ts";

type Scalar = "i32" | "f32" | "f64";
type Operand<T extends Scalar> = Value<T> | number;

const unary =
  <A extends Scalar, R extends Scalar>(a: A, result: R, ...instruction: number[]) =>
  (x: Operand<A>): Value<R> =>
    new Value(result, join([operand(a, x)], bytes(...instruction)));

const binary =
  <A extends Scalar, R extends Scalar>(a: A, result: R, ...instruction: number[]) =>
  (x: Operand<A>, y: Operand<A>): Value<R> =>
    new Value(result, join([operand(a, x), operand(a, y)], bytes(...instruction)));

/** `align` is the logarithm of the size in bytes; `offset` is added to the address. */
const load =
  <R extends Scalar>(result: R, instruction: number, align: number) =>
  (address: I32, offset = 0): Value<R> =>
    new Value(result, join([operand("i32", address)], access(instruction, align, offset)));

const store =
  <A extends Scalar>(a: A, instruction: number, align: number) =>
  (address: I32, value: Operand<A>, offset = 0): Statement =>
    new Statement(
      join([operand("i32", address), operand(a, value)], access(instruction, align, offset)),
    );

function access(instruction: number, align: number, offset: number): Bytes {
  return bytes(instruction, align) + unsigned(offset);
}

export const i32 = {
  const: (value: number): Value<"i32"> => operand("i32", value),
  load: load("i32", 0x28, 2),
  load8: load("i32", 0x2d, 0),
  store: store("i32", 0x36, 2),
  store8: store("i32", 0x3a, 0),
  eqz: unary("i32", "i32", 0x45),
  eq: binary("i32", "i32", 0x46),
  ne: binary("i32", "i32", 0x47),
  lt: binary("i32", "i32", 0x48),
  ltU: binary("i32", "i32", 0x49),
  gt: binary("i32", "i32", 0x4a),
  gtU: binary("i32", "i32", 0x4b),
  le: binary("i32", "i32", 0x4c),
  leU: binary("i32", "i32", 0x4d),
  ge: binary("i32", "i32", 0x4e),
  geU: binary("i32", "i32", 0x4f),
  add: binary("i32", "i32", 0x6a),
  sub: binary("i32", "i32", 0x6b),
  mul: binary("i32", "i32", 0x6c),
  div: binary("i32", "i32", 0x6d),
  divU: binary("i32", "i32", 0x6e),
  remU: binary("i32", "i32", 0x70),
  and: binary("i32", "i32", 0x71),
  or: binary("i32", "i32", 0x72),
  xor: binary("i32", "i32", 0x73),
  shl: binary("i32", "i32", 0x74),
  shr: binary("i32", "i32", 0x75),
  shrU: binary("i32", "i32", 0x76),
  /** Toward 0; what does not fit becomes the nearest that does, NaN 0. */
  fromF32: unary("f32", "i32", 0xfc, 0x00),
  bitsOf: unary("f32", "i32", 0xbc),
};

export const f32 = {
  const: (value: number): Value<"f32"> => operand("f32", value),
  load: load("f32", 0x2a, 2),
  store: store("f32", 0x38, 2),
  eq: binary("f32", "i32", 0x5b),
  ne: binary("f32", "i32", 0x5c),
  lt: binary("f32", "i32", 0x5d),
  gt: binary("f32", "i32", 0x5e),
  le: binary("f32", "i32", 0x5f),
  ge: binary("f32", "i32", 0x60),
  abs: unary("f32", "f32", 0x8b),
  neg: unary("f32", "f32", 0x8c),
  ceil: unary("f32", "f32", 0x8d),
  floor: unary("f32", "f32", 0x8e),
  trunc: unary("f32", "f32", 0x8f),
  nearest: unary("f32", "f32", 0x90),
  sqrt: unary("f32", "f32", 0x91),
  add: binary("f32", "f32", 0x92),
  sub: binary("f32", "f32", 0x93),
  mul: binary("f32", "f32", 0x94),
  div: binary("f32", "f32", 0x95),
  min: binary("f32", "f32", 0x96),
  max: binary("f32", "f32", 0x97),
  copysign: binary("f32", "f32", 0x98),
  fromI32: unary("i32", "f32", 0xb2),
  fromF64: unary("f64", "f32", 0xb6),
  ofBits: unary("i32", "f32", 0xbe),
};

export const f64 = {
  const: (value: number): Value<"f64"> => operand("f64", value),
  load: load("f64", 0x2b, 3),
  store: store("f64", 0x39, 3),
  lt: binary("f64", "i32", 0x63),
  sqrt: unary("f64", "f64", 0x9f),
  add: binary("f64", "f64", 0xa0),
  sub: binary("f64", "f64", 0xa1),
  mul: binary("f64", "f64", 0xa2),
  div: binary("f64", "f64", 0xa3),
  max: binary("f64", "f64", 0xa5),
  fromF32: unary("f32", "f64", 0xbb),
  fromI32: unary("i32", "f64", 0xb7),
};

/** `a` where `condition` is not 0, else `b`; both are computed. */
export function select<T extends Scalar | "v128">(
  condition: I32,
  a: Value<T>,
  b: Value<T>,
): Value<T> {
  return new Value(
    a.type,
    join([a, b, operand("i32", condition)], a.type === "v128" ? bytes(0x1c, 1, 0x7b) : bytes(0x1b)),
  );
}
