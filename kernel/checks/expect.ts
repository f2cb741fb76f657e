/**
 * Checks of an exercise: facts about a value, each with the reason a learner reads when it does not
 * hold. They look at what was computed, never at how it was written.
 */
import { type Nested, Tensor } from "../tensor/index.ts";

/** What a check throws: the answer is not right yet, and why. */
export class CheckError extends Error {
  override readonly name = "CheckError";
}

export interface Tolerance {
  /** Difference allowed for each unit of the wanted value; 1e-5 unless given. */
  readonly rtol?: number;
  /** Difference allowed however small the wanted value is; 1e-8 unless given. */
  readonly atol?: number;
}

type Numbers = Tensor | Nested;

class Expectation {
  readonly #value: unknown;
  #count = 0;

  constructor(value: unknown) {
    this.#value = value;
  }

  /** The value is a tensor of this shape. */
  shape(wanted: readonly number[], why?: string): this {
    const shape = this.#numbers(why).shape;
    const same = shape.length === wanted.length && shape.every((size, i) => size === wanted[i]);
    return this.#hold(same, `shape is ${list(shape)}, wanted ${list(wanted)}`, why);
  }

  /** Every number is as near to the wanted one as `tolerance` allows, and there are as many. */
  close(wanted: Numbers, tolerance: Tolerance = {}, why?: string): this {
    const { rtol = 1e-5, atol = 1e-8 } = tolerance;
    const [own, other] = [this.#numbers(why), flat(wanted)];
    if (other === null) throw new TypeError("expect: close() was given no numbers to compare with");
    this.shape(other.shape, why);
    const wrong = own.values.findIndex((value, i) => {
      const target = other.values[i] ?? Number.NaN;
      const near = Math.abs(value - target) <= atol + rtol * Math.abs(target);
      // Two infinities are equal or not; a tolerance in proportion would let any number pass.
      return value !== target && !(Number.isFinite(target) && near);
    });
    const place = own.shape.length === 0 ? "" : ` at ${list(placeOf(wrong, own.shape))}`;
    const told = `value${place} is ${short(own.values[wrong])}, wanted ${short(other.values[wrong])}`;
    return this.#hold(wrong < 0, told, why);
  }

  /** The very same value: numbers, texts, booleans, and arrays of them. */
  equal(wanted: unknown, why?: string): this {
    const [own, other] = [spell(this.#value), spell(wanted)];
    return this.#hold(own === other, `value is ${own}, wanted ${other}`, why);
  }

  /** One number, larger than `limit`. */
  above(limit: number, why?: string): this {
    const value = this.#number(why);
    return this.#hold(
      value > limit,
      `value is ${short(value)}, wanted more than ${short(limit)}`,
      why,
    );
  }

  /** One number, smaller than `limit`. */
  below(limit: number, why?: string): this {
    const value = this.#number(why);
    return this.#hold(
      value < limit,
      `value is ${short(value)}, wanted less than ${short(limit)}`,
      why,
    );
  }

  /** Any fact that the others cannot say; `why` says what is wrong when it does not hold. */
  holds(fact: (value: never) => boolean, why: string): this {
    // The author of the check knows what the value is; a wrong type shows as the fact's own error.
    return this.#hold(fact(this.#value as never), why);
  }

  #hold(holds: boolean, told: string, why?: string): this {
    if (!holds) throw new CheckError(why === undefined ? told : `${told} - ${why}`);
    this.#count++;
    return this;
  }

  #numbers(why: string | undefined): { readonly shape: readonly number[]; values: number[] } {
    const found = flat(this.#value);
    if (found === null) this.#hold(false, `value is ${spell(this.#value)}, wanted numbers`, why);
    return found ?? { shape: [], values: [] };
  }

  #number(why: string | undefined): number {
    const { shape, values } = this.#numbers(why);
    const [value = Number.NaN] = values;
    this.#hold(values.length === 1, `shape is ${list(shape)}, wanted one number`, why);
    return value;
  }

  toString(): string {
    return this.#count === 0 ? "Nothing checked yet." : "Right.";
  }

  /** What a notebook shows when every check held. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }
}

export type { Expectation };

/**
 * Begins a chain of checks.
 * @throws CheckError from the first fact that does not hold.
 * @example expect(tensor([1, 2]).sum()).close(3) // Right.
 */
export function expect(value: unknown): Expectation {
  return new Expectation(value);
}

/** Numbers with their shape; null for anything else, ragged arrays included. */
function flat(value: unknown): { readonly shape: readonly number[]; values: number[] } | null {
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

/** Where element `index` lies, dimension by dimension. */
function placeOf(index: number, shape: readonly number[]): number[] {
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

const list = (numbers: readonly number[]): string => `[${numbers.join(", ")}]`;

/** Four digits are enough to see a difference, unless there is none to see. */
function short(value: number | undefined): string {
  return value === undefined ? "missing" : String(Number(value.toPrecision(5)));
}

function spell(value: unknown): string {
  if (value instanceof Tensor) return JSON.stringify(value.toArray());
  if (typeof value === "number" || value === undefined) return String(value);
  if (typeof value === "function") return "a function";
  // Symbols alone are left, which JSON has no text for.
  return JSON.stringify(value) ?? typeof value;
}
