/** Long columns of numbers in bundles: typed arrays as base64, little-endian, in the smallest exact type. */
import { fromBase64, toBase64 } from "./base64.ts";

const types = {
  u8: Uint8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;

type PackedType = keyof typeof types;
export type PackedArray = InstanceType<(typeof types)[PackedType]>;

/** As it stands in a bundle. */
export interface Packed {
  readonly type: PackedType;
  readonly base64: string;
}

/** Types of whole numbers, the smallest first. */
const whole = [
  ["u8", 0, 0xff],
  ["i16", -0x8000, 0x7fff],
  ["u16", 0, 0xffff],
  ["i32", -0x8000_0000, 0x7fff_ffff],
  ["u32", 0, 0xffff_ffff],
] as const;

/** The numbers in the smallest type that holds each of them exactly. */
export function smallest(values: ArrayLike<number>): PackedArray {
  return types[smallestType(values)].from(values);
}

function smallestType(values: ArrayLike<number>): PackedType {
  let [low, high] = [0, 0];
  let [areWhole, areSingle] = [true, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!; // i is below the length
    if (value < low) low = value;
    if (value > high) high = value;
    // Whole numbers know no minus zero.
    if (areWhole && (!Number.isInteger(value) || Object.is(value, -0))) areWhole = false;
    if (areSingle && !Object.is(Math.fround(value), value)) areSingle = false;
    if (!areWhole && !areSingle) return "f64";
  }
  const found = whole.find(([, least, most]) => areWhole && low >= least && high <= most);
  return found?.[0] ?? (areSingle ? "f32" : "f64");
}

/** The numbers as they travel. */
export function pack(values: ArrayLike<number>): Packed {
  const array = isPacked(values) ? values : smallest(values);
  const type = typeOf(array);
  const { buffer, byteOffset, byteLength } = array;
  return { type, base64: toBase64(new Uint8Array(buffer, byteOffset, byteLength)) };
}

function isPacked(values: ArrayLike<number>): values is PackedArray {
  return Object.values(types).some((type) => values instanceof type);
}

function typeOf(array: PackedArray): PackedType {
  const names = Object.keys(types) as PackedType[];
  return names.find((name) => array instanceof types[name]) ?? "f64";
}

/** Null for what is no such array of `length` numbers. */
export function unpack(sent: unknown, length: number): PackedArray | null {
  if (typeof sent !== "object" || sent === null || !("type" in sent) || !("base64" in sent))
    return null;
  const type = (Object.keys(types) as PackedType[]).find((known) => known === sent.type);
  if (type === undefined || typeof sent.base64 !== "string") return null;
  // Before it is read: a text of any length may be sent.
  if (sent.base64.length > 12 * length + 4) return null;
  const bytes = fromBase64(sent.base64);
  if (bytes?.length !== length * types[type].BYTES_PER_ELEMENT) return null;
  return new types[type](bytes.buffer);
}
