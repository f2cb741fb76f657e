/**
 * One check of several cases, such as random draws: what does not hold is told with the case, and
 * what held is counted.
 */
import { CheckError, factsHeld } from "./expectation.ts";
import { flat, list, short } from "./answers.ts";
import { nothingChecked, Verdict } from "./verdict.ts";

/** Longer cases are told by their place. */
const TELLABLE = 60;

/** The outcome of a check that held in every case. */
export class Rounds extends Verdict {
  readonly #cases: number;
  readonly #facts: number;

  constructor(cases: number, facts: number) {
    super();
    this.#cases = cases;
    this.#facts = facts;
  }

  override toString(): string {
    if (this.#facts === 0) return nothingChecked;
    return this.#cases === 1 ? "Right." : `Right, in all ${this.#cases} cases.`;
  }
}

/**
 * Runs `check` with each of `cases`, or so many times.
 * @throws CheckError of the first fact that does not hold, which says for which case; TypeError
 * without a case, or for a check that is asynchronous: it would be over too late.
 * @example
 * expect.each([[2, 1], [9, 3]], ([a, b]) => expect(a - b).above(0)) // Right, in all 2 cases.
 * expect.each(5, () => expect(rand([]).item()).below(1)) // Right, in all 5 cases.
 */
export function each(count: number, check: (index: number) => unknown): Rounds;
export function each<T>(cases: Iterable<T>, check: (given: T, index: number) => unknown): Rounds;
export function each(
  given: number | Iterable<unknown>,
  check: (given: never, index: number) => unknown,
): Rounds {
  const isCount = typeof given === "number";
  const cases = isCount ? Array.from({ length: given }, (_, i) => i) : listOf(given);
  if (cases.length === 0)
    throw new TypeError("expect: each() was given no cases - wanted a list, or how many draws");
  if (typeof check !== "function")
    throw new TypeError("expect: each() was given no check - wanted a function of one case");
  const before = factsHeld();
  cases.forEach((each, i) => {
    const place = `${isCount ? "draw" : "case"} ${i + 1} of ${cases.length}`;
    // The overloads give the check what it takes.
    const outcome = inCase(isCount ? place : (told(each) ?? place), () => check(each as never, i));
    if (outcome instanceof Promise)
      throw new TypeError(
        "expect: each() was given an asynchronous check - wanted one without await",
      );
  });
  return new Rounds(cases.length, factsHeld() - before);
}

/** Cells are not checked before they run: anything may arrive here. */
function listOf(given: Partial<Iterable<unknown>> | null | undefined): readonly unknown[] {
  return typeof given?.[Symbol.iterator] === "function" ? [...(given as Iterable<unknown>)] : [];
}

/** Says what `check` throws with the case it was about; the error keeps the line it came from. */
function inCase(name: string, check: () => unknown): unknown {
  try {
    return check();
  } catch (error) {
    if (error instanceof CheckError) error.message = `${name}: ${error.message}`;
    throw error;
  }
}

/** `for 3`, `for [0.5, 2]`, `for "a"`; null for what takes more words. */
function told(given: unknown): string | null {
  if (typeof given === "string")
    return given.length > TELLABLE ? null : `for ${JSON.stringify(given)}`;
  const numbers = flat(given);
  if (numbers === null || numbers.shape.length > 1) return null;
  const texts = numbers.values.map(short);
  const text = numbers.shape.length === 0 ? texts.join("") : list(texts);
  return text.length > TELLABLE ? null : `for ${text}`;
}
