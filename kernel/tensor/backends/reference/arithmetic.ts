/**
 * The inner loops of arithmetic, comparisons and logic on two operands. Whole numbers have loops of
 * their own where a double would round what 32 bits wrap, or where 0 cannot be divided by.
 */
import { atan2, pow } from "../../elementary/index.ts";
import type { BinaryKernel, CompareKernel } from "../../backend.ts";
import type { BinaryRow } from "./elementwise.ts";

export const binaryRows: Record<BinaryKernel | CompareKernel, BinaryRow> = {
  add: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! + b[atB + i * byB]!;
  },
  sub: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! - b[atB + i * byB]!;
  },
  mul: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! * b[atB + i * byB]!;
  },
  div: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! / b[atB + i * byB]!;
  },
  pow: (a, atA, byA, b, atB, byB, out, start, n) => {
    const exponent = byB === 0 ? b[atB]! : Number.NaN;
    if (exponent === 2)
      for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! * a[atA + i * byA]!;
    else if (exponent === 3)
      for (let i = 0; i < n; i++)
        out[start + i] = a[atA + i * byA]! * a[atA + i * byA]! * a[atA + i * byA]!;
    else for (let i = 0; i < n; i++) out[start + i] = pow(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  maximum: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.max(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  minimum: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.min(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  remainder: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = remainder(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  fmod: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! % b[atB + i * byB]!;
  },
  floorDivide: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = floorDivide(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  atan2: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = atan2(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  eq: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! === b[atB + i * byB]! ? 1 : 0;
  },
  ne: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! !== b[atB + i * byB]! ? 1 : 0;
  },
  lt: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! < b[atB + i * byB]! ? 1 : 0;
  },
  le: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! <= b[atB + i * byB]! ? 1 : 0;
  },
  gt: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! > b[atB + i * byB]! ? 1 : 0;
  },
  ge: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = a[atA + i * byA]! >= b[atB + i * byB]! ? 1 : 0;
  },
  logicalAnd: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++)
      out[start + i] = a[atA + i * byA]! !== 0 && b[atB + i * byB]! !== 0 ? 1 : 0;
  },
  logicalOr: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++)
      out[start + i] = a[atA + i * byA]! !== 0 || b[atB + i * byB]! !== 0 ? 1 : 0;
  },
  logicalXor: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++)
      out[start + i] = (a[atA + i * byA]! !== 0) !== (b[atB + i * byB]! !== 0) ? 1 : 0;
  },
};

/** For i32, u8 and bool. @throws RangeError for a division by 0. */
export const wholeRows: Partial<Record<BinaryKernel | CompareKernel, BinaryRow>> = {
  mul: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = Math.imul(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  pow: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++) out[start + i] = wholePower(a[atA + i * byA]!, b[atB + i * byB]!);
  },
  remainder: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++)
      out[start + i] = remainder(a[atA + i * byA]!, divisor("remainder", b[atB + i * byB]!, i));
  },
  fmod: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++)
      out[start + i] = a[atA + i * byA]! % divisor("fmod", b[atB + i * byB]!, i);
  },
  floorDivide: (a, atA, byA, b, atB, byB, out, start, n) => {
    for (let i = 0; i < n; i++)
      out[start + i] = floorDivide(a[atA + i * byA]!, divisor("floorDivide", b[atB + i * byB]!, i));
  },
};

/** By squaring, wrapped to 32 bits; a fraction is cut off, so only 1 and -1 have negative powers. */
function wholePower(a: number, b: number): number {
  if (b < 0) return a === 1 ? 1 : a === -1 ? (b % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  let square = a;
  for (let rest = b; rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) result = Math.imul(result, square);
    square = Math.imul(square, square);
  }
  return result;
}

/** What is left, with the sign of the divisor. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** ⌊a/b⌋ from what is left after the remainder: `a / b` itself may have been rounded up. */
function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const rest = a % b;
  const whole = (a - rest) / b - (rest !== 0 && rest < 0 !== b < 0 ? 1 : 0);
  // A quotient of 0 keeps its sign.
  return whole === 0 ? 0 * (a / b) : Math.round(whole);
}

function divisor(op: string, value: number, index: number): number {
  if (value !== 0) return value;
  throw new RangeError(
    `${op}: division of whole numbers by 0 at element ${index} - wanted another divisor, or floats`,
  );
}
