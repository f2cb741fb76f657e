/**
 * Instructions on 128 bits: `v128` for the whole, `f32x4`, `f64x2` and `i32x4` for its lanes. Those of
 * relaxed SIMD are in `relaxed`.
 */
import { type Bytes, bytes, float32, int32, unsigned } from "./encoding.ts";
import {
  type F32,
  type F64,
  type I32,
  join,
  operand,
  Statement,
  type V128,
  Value,
} from "./value.ts";

/** Vector instructions stand behind a prefix. */
const instruction = (number: number, ...more: number[]): Bytes =>
  bytes(0xfd) + unsigned(number) + bytes(...more);

const vector = (code: Bytes): V128 => new Value("v128", code);

const unary =
  (number: number) =>
  (x: V128): V128 =>
    vector(join([x], instruction(number)));
const binary =
  (number: number) =>
  (x: V128, y: V128): V128 =>
    vector(join([x, y], instruction(number)));
const ternary =
  (number: number) =>
  (x: V128, y: V128, z: V128): V128 =>
    vector(join([x, y, z], instruction(number)));
const test =
  (number: number) =>
  (x: V128): Value<"i32"> =>
    new Value("i32", join([x], instruction(number)));
const shift =
  (number: number) =>
  (x: V128, bits: I32): V128 =>
    vector(join([x, operand("i32", bits)], instruction(number)));

/** `align` is the logarithm of the size in bytes: a hint that may be wrong. */
const load =
  (number: number, align: number) =>
  (address: I32, offset = 0): V128 =>
    vector(join([operand("i32", address)], instruction(number, align) + unsigned(offset)));

const storeLane =
  (number: number, align: number) =>
  (address: I32, value: V128, lane: number, offset = 0): Statement =>
    new Statement(
      join(
        [operand("i32", address), value],
        instruction(number, align) + unsigned(offset) + bytes(lane),
      ),
    );

const loadLane =
  (number: number, align: number) =>
  (address: I32, value: V128, lane: number, offset = 0): V128 =>
    vector(
      join(
        [operand("i32", address), value],
        instruction(number, align) + unsigned(offset) + bytes(lane),
      ),
    );

const shuffling = instruction(13);
const laneBytes = (lane: number): Bytes =>
  bytes(4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3);

export const v128 = {
  // Elements lie at multiples of their own size only, so nothing is promised beyond.
  load: load(0, 2),
  store: (address: I32, value: V128, offset = 0): Statement =>
    new Statement(join([operand("i32", address), value], instruction(11, 2) + unsigned(offset))),
  /** One f32 or i32 in all four lanes. */
  load32Splat: load(9, 2),
  load64Splat: load(10, 3),
  /** One f32 or i32 in the first lane, 0 in the others. */
  load32Zero: load(92, 2),
  load64Zero: load(93, 3),
  load32Lane: loadLane(86, 2),
  load64Lane: loadLane(87, 3),
  store32Lane: storeLane(90, 2),
  store64Lane: storeLane(91, 3),
  not: unary(77),
  and: binary(78),
  /** `x & ~y`. */
  andNot: binary(79),
  or: binary(80),
  xor: binary(81),
  /** The bits of `x` where `mask` is 1, else those of `y`. */
  bitselect: ternary(82),
  anyTrue: test(83),
  /** Bytes of the 32 of `x` and `y`, by number. */
  shuffle: (x: V128, y: V128, numbers: readonly number[]): V128 =>
    vector(join([x, y], instruction(13, ...numbers))),
  /** Lanes of 32 bits of the eight of `x` and `y`, by number. */
  shuffle32: (x: V128, y: V128, [a, b, c, d]: readonly [number, number, number, number]): V128 =>
    vector(join([x, y], shuffling + laneBytes(a) + laneBytes(b) + laneBytes(c) + laneBytes(d))),
};

export const f32x4 = {
  const: (value: number): V128 => vector(instruction(12) + float32(value).repeat(4)),
  splat: (value: F32): V128 => vector(join([operand("f32", value)], instruction(19))),
  lane: (x: V128, lane: number): Value<"f32"> => new Value("f32", join([x], instruction(31, lane))),
  eq: binary(65),
  ne: binary(66),
  lt: binary(67),
  gt: binary(68),
  le: binary(69),
  ge: binary(70),
  ceil: unary(103),
  floor: unary(104),
  trunc: unary(105),
  nearest: unary(106),
  abs: unary(224),
  neg: unary(225),
  sqrt: unary(227),
  add: binary(228),
  sub: binary(229),
  mul: binary(230),
  div: binary(231),
  /** NaN if either is. */
  min: binary(232),
  max: binary(233),
  /** `y < x ? y : x`, one machine instruction. */
  pmin: binary(234),
  /** `x < y ? y : x`, one machine instruction. */
  pmax: binary(235),
  fromI32: unary(250),
  /** The two lanes of `x` in the first two, then 0. */
  fromF64: unary(94),
};

export const f64x2 = {
  splat: (value: F64): V128 => vector(join([operand("f64", value)], instruction(20))),
  lane: (x: V128, lane: number): Value<"f64"> => new Value("f64", join([x], instruction(33, lane))),
  add: binary(240),
  sub: binary(241),
  mul: binary(242),
  div: binary(243),
  /** As those of `f32x4`. */
  pmin: binary(246),
  pmax: binary(247),
  sqrt: unary(239),
  /** The first two lanes of `x`. */
  fromF32: unary(95),
};

export const i32x4 = {
  const: (value: number): V128 => vector(instruction(12) + int32(value).repeat(4)),
  splat: (value: I32): V128 => vector(join([operand("i32", value)], instruction(17))),
  lane: (x: V128, lane: number): Value<"i32"> => new Value("i32", join([x], instruction(27, lane))),
  eq: binary(55),
  ne: binary(56),
  lt: binary(57),
  gt: binary(59),
  le: binary(61),
  ge: binary(63),
  allTrue: test(163),
  /** The sign bits of the lanes. */
  bitmask: test(164),
  shl: shift(171),
  shr: shift(172),
  shrU: shift(173),
  abs: unary(160),
  neg: unary(161),
  add: binary(174),
  sub: binary(177),
  mul: binary(181),
  min: binary(182),
  max: binary(184),
  /** Toward 0; what does not fit becomes the nearest that does, NaN 0. */
  fromF32: unary(248),
};

/** Bytes and their widening, for masks. */
export const i8x16 = {
  /** The low byte of each 16-bit lane of `x`, then of `y`, where it fits. */
  narrow: binary(101),
  splat: (value: I32): V128 => vector(join([operand("i32", value)], instruction(15))),
  eq: binary(35),
  ne: binary(36),
};
export const i16x8 = {
  /** The low half of each 32-bit lane of `x`, then of `y`, where it fits. */
  narrow: binary(133),
  fromLowBytes: unary(135),
  fromHighBytes: unary(136),
};

/** Relaxed SIMD: results may differ between machines in the last bit. */
export const relaxed = {
  /** `x y + z`, rounded once where the machine can. */
  madd: ternary(0x105),
  /** `z - x y`, rounded once where the machine can. */
  nmadd: ternary(0x106),
  /** As `madd`, of two f64. */
  madd64: ternary(0x107),
  /** As `v128.bitselect`, of a mask whose lanes are all 1 or all 0: one machine instruction. */
  laneSelect: ternary(0x10b),
};
