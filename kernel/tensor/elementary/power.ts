/** Powers, by a logarithm of twice the digits, and what is made of squares. */
import { productError } from "./double-double.ts";
import { expm1OfRest, LN2_HIGH, LN2_LOW } from "./exponential.ts";
import { lost, preciseLog } from "./logarithm.ts";
import { scaled } from "./powers-of-two.ts";

/** xʸ as IEEE 754 has it: 1 for a power of 0 and for a base of 1, whatever the other is. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 3) return x * x * x;
  if (y === -1) return 1 / x;
  if (y === 0.5 && x > 0) return Math.sqrt(x);
  if (x !== x || y !== y) return NaN;
  const isWhole = Number.isInteger(y);
  if (x < 0 && x > -Infinity && Math.abs(y) < Infinity && !isWhole) return NaN;
  const size = powerOfSize(Math.abs(x), y);
  // 1 / x tells the zeros apart.
  return (x < 0 || 1 / x < 0) && isWhole && y % 2 !== 0 ? -size : size;
}

/** xʸ for x >= 0. */
function powerOfSize(x: number, y: number): number {
  if (x === 1) return 1;
  const isLimit = x === 0 || x === Infinity || Math.abs(y) === Infinity;
  if (isLimit) return x > 1 === y > 0 ? Infinity : 0;
  const log = preciseLog(x);
  const exponent = log * y;
  if (exponent > 710) return Infinity;
  if (exponent < -746) return 0;
  const low = productError(log, y, exponent) + lost[0]! * y;
  const n = Math.round(exponent * Math.LOG2E);
  return scaled(1 + expm1OfRest(exponent - n * LN2_HIGH, n * LN2_LOW - low), n);
}

/** √(a² + b²), however large or small they are. */
export function hypot(a: number, b: number): number {
  const sum = a * a + b * b;
  if (sum > 1e-280 && sum < Infinity) return Math.sqrt(sum);
  const most = Math.max(Math.abs(a), Math.abs(b));
  if (Math.abs(a) === Infinity || Math.abs(b) === Infinity) return Infinity;
  if (!(most > 0)) return most;
  const factor = most > 1 ? 2 ** -600 : 2 ** 600;
  const [x, y] = [a * factor, b * factor];
  return Math.sqrt(x * x + y * y) / factor;
}
