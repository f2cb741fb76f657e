/** Arithmetic on the sizes of blocks. */
import { i32, type I32, select, type Value } from "../../assembler/index.ts";

/** Operands are computed twice. */
export const smaller = (x: Value<"i32">, y: I32): Value<"i32"> =>
  select(i32.lt(x, y), x, i32.add(y, 0));
export const larger = (x: Value<"i32">, y: number): Value<"i32"> =>
  select(i32.gt(x, y), x, i32.const(y));

export const sum = (...terms: readonly Value<"i32">[]): Value<"i32"> =>
  terms.reduce((left, right) => i32.add(left, right));

/** `total` in parts as even as multiples of `unit` can be, of at most `most`: the size of a part. */
export function evenPart(total: Value<"i32">, most: number, unit: number): Value<"i32"> {
  const count = larger(i32.divU(i32.add(total, most - 1), most), 1);
  const even = i32.divU(i32.add(total, i32.sub(count, 1)), count);
  return larger(i32.mul(i32.divU(i32.add(even, unit - 1), unit), unit), unit);
}
