/** What an answer is: its numbers with their shape, what it is like, and how a sentence spells it. */
import { Tensor } from "../tensor/index.ts";

export interface Flat {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Numbers with their shape; null for anything else, ragged arrays included. */
export function flat(value: unknown): Flat | null {
  if (value instanceof Tensor) return { shape: value.shape, values: Array.from(value.data) };
  if (typeof value === "number") return { shape: [], values: [value] };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const values = Array.from(value as Float64Array);
    return { shape: [values.length], values };
  }
  if (!Array.isArray(value)) return null;
  const parts = value.map(flat);
  const [first] = parts;
  const rows = parts.flatMap((part) => (part === null ? [] : [part]));
  if (rows.length !== value.length) return null;
  if (rows.some(({ shape }) => String(shape) !== String(first?.shape))) return null;
  return {
    shape: [rows.length, ...(first?.shape ?? [])],
    values: rows.flatMap(({ values }) => values),
  };
}

export interface Tolerance {
  /** Difference allowed for each unit of the wanted value; 1e-5 unless given. */
  readonly rtol?: number;
  /** Difference allowed however small the wanted value is; 1e-8 unless given. */
  readonly atol?: number;
}

/** Whether `value` is as near to `target` as `tolerance` allows. */
export function isNear(value: number, target: number, tolerance: Tolerance): boolean {
  const { rtol = 1e-5, atol = 1e-8 } = tolerance;
  // Two infinities are equal or not; a tolerance in proportion would let any number pass.
  if (value === target || !Number.isFinite(target)) return value === target;
  return Math.abs(value - target) <= atol + rtol * Math.abs(target);
}

/** How near an answer lies to a mistake that was made on the way to it. */
const ROUNDING: Tolerance = { rtol: 1e-3, atol: 1e-6 };

/** Whether two answers are the same but for rounding: enough to tell which mistake was made. */
export function isAlike(a: unknown, b: unknown): boolean {
  const [own, other] = [flat(a), flat(b)];
  if (own === null || other === null) {
    const hasText = typeof a === "string" || (typeof a === "object" && a !== null);
    return a === b || (hasText && own === other && spell(a) === spell(b));
  }
  const isSame = (value: number, i: number) => {
    const target = other.values[i] ?? Number.NaN;
    return Object.is(value, target) || isNear(value, target, ROUNDING);
  };
  return String(own.shape) === String(other.shape) && own.values.every(isSame);
}

/** Where element `index` lies, dimension by dimension. */
export function placeOf(index: number, shape: readonly number[]): number[] {
  let rest = Math.max(index, 0);
  return shape
    .toReversed()
    .map((size) => {
      const place = rest % size;
      rest = Math.floor(rest / size);
      return place;
    })
    .toReversed();
}

export const list = (entries: readonly (number | string)[]): string => `[${entries.join(", ")}]`;

/** Four digits are enough to see a difference, unless there is none to see. */
export function short(value: number | undefined): string {
  return value === undefined ? "missing" : String(Number(value.toPrecision(5)));
}

/** Any value in a few words. */
export function spell(value: unknown): string {
  if (value instanceof Tensor) return JSON.stringify(value.toArray());
  if (typeof value === "number" || value === undefined) return String(value);
  if (typeof value === "function") return "a function";
  // Symbols alone are left, which JSON has no text for.
  return JSON.stringify(value) ?? typeof value;
}
