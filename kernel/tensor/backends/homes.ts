/**
 * Arrays on the JavaScript heap for values to live in. Those whose storages died are used again:
 * a new one has to be asked of the operating system, zeroed and collected, which for a few thousand
 * elements costs more than the op that fills it.
 */
import { type DType, type TypedArray, zerosOf } from "../dtype.ts";

/** At most so many bytes wait to be used again, and so many arrays of a size. */
const ROOM = 64 * 2 ** 20;
const ALIKE = 64;

const waiting: Readonly<Record<DType, Map<number, TypedArray[]>>> = {
  f32: new Map(),
  f64: new Map(),
  i32: new Map(),
  u8: new Map(),
  bool: new Map(),
};
let bytes = 0;

/** Room for `length` elements, whose values are anything. */
export function unsetHome(dtype: DType, length: number): TypedArray {
  const home = waiting[dtype].get(length)?.pop();
  if (home === undefined) return zerosOf(dtype, length);
  bytes -= home.byteLength;
  return home;
}

/** Room for `length` elements, all 0. */
export function zeroedHome(dtype: DType, length: number): TypedArray {
  const home = waiting[dtype].get(length)?.pop();
  if (home === undefined) return zerosOf(dtype, length);
  bytes -= home.byteLength;
  return home.fill(0);
}

/** Nobody reads or writes `home` any more. */
export function giveBackHome(dtype: DType, home: TypedArray): void {
  // Less of a larger buffer would keep all of it.
  if (home.byteLength === 0 || home.byteLength !== home.buffer.byteLength) return;
  if (bytes + home.byteLength > ROOM) emptyHomes();
  const alike = waiting[dtype].get(home.length);
  if (alike === undefined) waiting[dtype].set(home.length, [home]);
  else if (alike.length < ALIKE) alike.push(home);
  else return;
  bytes += home.byteLength;
}

/** The bytes that wait to be used again. */
export function waitingBytes(): number {
  return bytes;
}

/** Leaves all that waits to the garbage collector: sizes that are in use come back by themselves. */
export function emptyHomes(): void {
  for (const sizes of Object.values(waiting)) sizes.clear();
  bytes = 0;
}
