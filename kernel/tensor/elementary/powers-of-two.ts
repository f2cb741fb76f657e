/** The exponents of double numbers. */

const LEAST = -1074;
const MOST = 1023;
const powers = new Float64Array(MOST - LEAST + 1);
for (let n = 0, value = 1; n <= MOST; n++, value *= 2) powers[n - LEAST] = value;
for (let n = 0, value = 1; n >= LEAST; n--, value /= 2) powers[n - LEAST] = value;

/** A number, and its bits as two words. */
const double = Float64Array.of(1);
const words = new Int32Array(double.buffer);
const upper = words[1] === 0 ? 0 : 1;

/** `x` 2ⁿ for a whole n of at most some 2,000 either way: rounded at most once for `x` around 1. */
export function scaled(x: number, n: number): number {
  // Within the table: the two steps share what goes beyond it.
  if (n > MOST) return x * powers[MOST - LEAST]! * powers[n - MOST - LEAST]!;
  if (n < -1022) return x * powers[Math.max(n + 64, LEAST) - LEAST]! * powers[-64 - LEAST]!;
  return x * powers[n - LEAST]!;
}

/** ⌊log₂|x|⌋ of a finite number other than 0. */
export function exponentOf(x: number): number {
  double[0] = x;
  const exponent = (words[upper]! >>> 20) & 0x7ff;
  return exponent === 0 ? exponentOf(x * 2 ** 54) - 54 : exponent - 1023;
}

/** The k for which `x` 2⁻ᵏ lies between √½ and √2, but for a millionth, for x between 0 and infinity. */
export function nearestPower(x: number): number {
  double[0] = x;
  // The bits of √½ are taken away, so that the exponent is that of the nearest power of 2.
  const k = (words[upper]! - 0x3fe6_a09e) >> 20;
  return k < -1021 ? nearestPower(x * 2 ** 54) - 54 : k;
}
