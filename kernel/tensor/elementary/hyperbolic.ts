/** Hyperbolic functions, of eˣ - 1 where eˣ would cancel. */
import { exp, expm1 } from "./exponential.ts";

/** Above, e⁻ˣ does not count beside eˣ. */
const FAR = 22;

export function sinh(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -27) return x;
  const value = size < FAR ? sinhNear(size) : halfExp(size);
  return x < 0 ? -value : value;
}

function sinhNear(x: number): number {
  const e = expm1(x);
  return x < 1 ? e - (0.5 * e * e) / (e + 1) : 0.5 * (e + e / (e + 1));
}

export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!(size < FAR)) return halfExp(size);
  const e = expm1(size);
  return 1 + (0.5 * e * e) / (e + 1);
}

/** eˣ / 2, which is there a little longer than eˣ. */
function halfExp(x: number): number {
  if (x < 709) return 0.5 * exp(x);
  const root = exp(0.5 * x);
  return 0.5 * root * root;
}

export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -27) return x;
  const value = size >= FAR ? 1 : size >= 1 ? 1 - 2 / (expm1(2 * size) + 2) : quotient(-2 * size);
  return x < 0 ? -value : value;
}

/** (1 - eˣ) / (1 + eˣ). */
function quotient(x: number): number {
  const e = expm1(x);
  return -e / (e + 2);
}
