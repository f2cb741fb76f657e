/** How figures write numbers: short enough to read, exact enough to draw. */
import type { KnobValue } from "../protocol.ts";

/** 1, 10, 100, ... 1e22: exact, which `10 ** k` does not promise to be. */
const powers = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/** Below it, integers have six digits at most. */
const MILLION = 1e6;

/**
 * `x` to six significant digits, as plotly's JSON carries it; null for what JSON has no number for.
 * Arithmetic, not `toPrecision`: this runs for every point of every frame.
 */
export function toJson(x: number): number | null {
  if (x === 0) return 0;
  if (!Number.isFinite(x)) return null;
  // Steps of a loop are half of all numbers that are drawn.
  if (Number.isInteger(x) && x < MILLION && x > -MILLION) return x;
  const digits = 5 - Math.floor(Math.log10(Math.abs(x)));
  const scale = powers[Math.abs(digits)];
  if (scale === undefined) return Number(x.toPrecision(6));
  // Dividing by an exact power of ten rounds to the nearest decimal.
  return digits >= 0 ? Math.round(x * scale) / scale : Math.round(x / scale) * scale;
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10 to the power `exponent` for people: 0.001, 1, 100, and 10⁻⁵ or 10⁶ beyond. */
export function formatDecade(exponent: number): string {
  if (exponent >= -4 && exponent <= 4) return formatNumber(Number(`1e${exponent}`), 1);
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]);
  return `10${exponent < 0 ? "⁻" : ""}${digits.join("")}`;
}

/** `x` in `digits` significant digits, without an exponent where that stays short: 0.0312, 1,250. */
export function formatNumber(x: number, digits = 3): string {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (size < 1e-4 || size >= 1e7) {
    const [mantissa = "", exponent = ""] = x.toExponential(digits - 1).split("e");
    return `${trimZeros(mantissa)}e${Number(exponent)}`.replace("-", "−");
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const text = trimZeros(x.toFixed(Math.min(decimals, 20)));
  return group(text).replace("-", "−");
}

/** "1 point", "12 points", "2 leaves". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** More of a text than this would hide what is drawn. */
const WORD = 20;

/** What a knob stands at, in a word. */
export function formatKnob(value: KnobValue): string {
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "boolean") return value ? "on" : "off";
  return value.length > WORD ? `${value.slice(0, WORD)}…` : value;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Thousands apart: 12,500. */
function group(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
