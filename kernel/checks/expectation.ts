/**
 * A chain of facts about one value, each with the reason a learner reads when it does not hold. They
 * look at what was computed, never at how it was written.
 */
import type { Nested, Tensor } from "../tensor/index.ts";
import {
  type Flat,
  flat,
  isAlike,
  isNear,
  list,
  placeOf,
  short,
  spell,
  type Tolerance,
} from "./answers.ts";
import { nothingChecked, Verdict } from "./verdict.ts";

/** What a check throws: the answer is not right yet, and why. */
export class CheckError extends Error {
  override readonly name = "CheckError";
}

type Numbers = Tensor | Nested;

interface Mistake {
  readonly answer: unknown;
  readonly why: string;
}

/** Where an undefined answer mostly comes from; a reason about numbers alone would not fit. */
const missing = "undefined is what a function without return gives, or a name that is not there";

let held = 0;

/** How many facts have held so far, of any value. */
export function factsHeld(): number {
  return held;
}

/** What `run` gives, or the error that it throws. */
function settle(run: () => unknown): { value?: unknown; error?: unknown } {
  try {
    return { value: run() };
  } catch (error) {
    return { error: error ?? "nothing" };
  }
}

/** Facts about one value; `expect` makes it. */
export class Expectation extends Verdict {
  readonly #value: unknown;
  readonly #mistakes: Mistake[] = [];
  #count = 0;

  constructor(value: unknown) {
    super();
    this.#value = value;
  }

  /**
   * A well-known wrong answer: where a later fact of this chain does not hold and the value is this
   * one but for rounding (a thousandth), `why` is the reason instead of the fact's own. It never
   * refuses anything by itself, so it may happen to be the right answer.
   * @example
   * const slopes = tensor([2, 4]);
   * expect(slopes)
   *   .mistake(slopes.div(2), "add, no mean")
   *   .close([2, 4], {}, "add up what the rows say"); // Right.
   */
  mistake(answer: unknown, why: string): this {
    if (typeof why !== "string")
      throw new TypeError("expect: mistake() without a reason - wanted what is wrong with it");
    this.#mistakes.push({ answer, why });
    return this;
  }

  /** The value is a tensor of this shape. */
  shape(wanted: readonly number[], why?: string): this {
    const shape = this.#numbers(why).shape;
    const same = shape.length === wanted.length && shape.every((size, i) => size === wanted[i]);
    return this.#hold(same, `shape is ${list(shape)}, wanted ${list(wanted)}`, why);
  }

  /** Every number is as near to the wanted one as `tolerance` allows, and there are as many. */
  close(wanted: Numbers, tolerance: Tolerance = {}, why?: string): this {
    const [own, other] = [this.#numbers(why), flat(wanted)];
    if (other === null) throw new TypeError("expect: close() was given no numbers to compare with");
    this.shape(other.shape, why);
    const wrong = own.values.findIndex(
      (value, i) => !isNear(value, other.values[i] ?? Number.NaN, tolerance),
    );
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

  /**
   * Any fact that the others cannot say; `why` says what is wrong when it does not hold. A fact that
   * throws for `undefined` does not hold.
   */
  holds(fact: (value: never) => boolean, why: string): this {
    // The author of the check knows what the value is; a wrong type shows as the fact's own error.
    if (this.#value !== undefined) return this.#hold(fact(this.#value as never), why);
    return this.#hold(settle(() => fact(undefined as never)).value === true, why);
  }

  /**
   * The value is a function that runs without an error; the chain goes on with what it returns.
   * @example expect(() => Math.max(1, 2)).runs("two numbers are enough").equal(2) // Right.
   */
  runs(why?: string): Expectation {
    const run = this.#value;
    if (typeof run !== "function")
      throw new TypeError(`expect: runs() of ${spell(run)} - wanted a function to run`);
    const { value, error } = settle(() => run());
    this.#hold(error === undefined, `it throws ${String(error)}`, why);
    const next = new Expectation(value);
    next.#count = this.#count;
    return next;
  }

  #hold(holds: boolean, told: string, why?: string): this {
    if (!holds) {
      const known = this.#mistakes.find(({ answer }) => isAlike(this.#value, answer));
      const reason = known?.why ?? why;
      const message = reason === undefined ? told : `${told} - ${reason}`;
      const isMissing = this.#value === undefined && known === undefined;
      throw new CheckError(isMissing ? `${message} (${missing})` : message);
    }
    this.#count++;
    held++;
    return this;
  }

  #numbers(why: string | undefined): Flat {
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

  override toString(): string {
    return this.#count === 0 ? nothingChecked : "Right.";
  }
}
