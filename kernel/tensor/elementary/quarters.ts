/**
 * Angles without their whole quarters of a turn. Up to a million of them π/2 is taken away in four
 * parts (Cody and Waite); beyond, where only hundreds of digits of 2/π tell what is left, in whole
 * numbers of any length, which are slow and rare.
 */
import { sumError } from "./double-double.ts";
import { exponentOf, scaled } from "./powers-of-two.ts";

export interface Quarters {
  /** How many, modulo 4 in its two low bits. */
  readonly count: number;
  /** The rest, from -π/4 to π/4, to twice the digits. */
  readonly high: number;
  readonly low: number;
}

/** Whole numbers of any length begin here. */
export const MANY = 1.6e6;
/** π/2 in parts of 33 digits, whose products with a count are exact, and the rest. */
export const PARTS = [
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32,
] as const;
/** What follows the first part, in one number. */
export const SECOND = 6.077100506506192e-11;

export function quarters(x: number): Quarters {
  if (Math.abs(x) < Math.PI / 4) return { count: 0, high: x, low: 0 };
  if (!(Math.abs(x) < MANY)) return ofLarge(x);
  const count = Math.round(x * (2 / Math.PI));
  const [a, b, c, d] = PARTS;
  const first = x - count * a;
  const second = first - count * b;
  const third = second - count * c;
  const low = sumError(first, -count * b, second) + sumError(second, -count * c, third) - count * d;
  const high = third + low;
  return { count, high, low: sumError(third, low, high) };
}

/** Binary digits of 2/π: those that shift the largest number's out, and those that are wanted. */
const DIGITS = 1216;
/** Binary digits of what is left, of which a double's next to a quarter turn begin some 60 later. */
const WANTED = 160;
const half = 1n << BigInt(WANTED - 1);

/** π and 2/π times powers of 2, worked out when first asked for. */
let constants: { readonly pi: bigint; readonly inverse: bigint } | undefined;

function ofLarge(x: number): Quarters {
  if (!(Math.abs(x) < Infinity)) return { count: 0, high: NaN, low: NaN };
  const { pi, inverse } = (constants ??= expandPi());
  const exponent = exponentOf(x) - 52;
  const product = BigInt(scaled(x, -exponent)) * inverse;
  const turned = product >> BigInt(DIGITS - exponent - WANTED);
  const count = (turned + half) >> BigInt(WANTED);
  const rest = (turned - (count << BigInt(WANTED))) * pi;
  const digits = rest >> BigInt(DIGITS + 1);
  const high = Number(digits);
  return {
    count: Number(count & 3n),
    high: scaled(high, -WANTED),
    low: scaled(Number(digits - BigInt(high)), -WANTED),
  };
}

/** π = 16 arctan 1/5 - 4 arctan 1/239 (Machin, 1706). */
function expandPi() {
  const one = 1n << BigInt(DIGITS);
  const pi = 16n * arctanOfInverse(5n, one) - 4n * arctanOfInverse(239n, one);
  return { pi, inverse: (2n * one * one) / pi };
}

/** `one` times arctan 1/n, but for some hundred of its last units. */
function arctanOfInverse(n: bigint, one: bigint): bigint {
  let power = one / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power = -power / (n * n);
    sum += power / k;
  }
  return sum;
}
