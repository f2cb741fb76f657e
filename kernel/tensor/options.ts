/** Checks of options and plain numbers: cells run unchecked, so anything may arrive. */
import { DTypeError, kindOf } from "./errors.ts";

/**
 * Options must be an object with no names but `names`: a misspelt one would be ignored silently.
 * @throws DTypeError.
 */
export function checkOptions(op: string, options: unknown, names: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new DTypeError(
      `${op}: ${printed(options)} for the options - wanted an object such as { ${names[0]}: ... }`,
    );
  for (const name of Object.keys(options))
    if (!names.includes(name))
      throw new DTypeError(`${op}: option "${name}" - wanted ${names.join(", ")}`);
}

/** @throws DTypeError for what is no number. */
export function wantNumber(op: string, what: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw new DTypeError(`${op}: ${printed(value)} for ${what} - wanted a number`);
}

/**
 * A number within limits, as it is given to a layer or function.
 * @throws DTypeError for what is no number, RangeError for one outside `low` to `high` or NaN.
 */
export function checkNumber(
  op: string,
  name: string,
  value: unknown,
  low = -Infinity,
  high = Infinity,
): asserts value is number {
  if (typeof value === "number" && value >= low && value <= high) return;
  const limits =
    high < Infinity ? ` from ${low} to ${high}` : low > -Infinity ? `, ${low} or more` : "";
  const sentence = `${op}: ${name} is ${printed(value)} - wanted a number${limits}`;
  throw typeof value === "number" ? new RangeError(sentence) : new DTypeError(sentence);
}

/** A value as a message shows it: a number or truth value itself, else its kind. */
export function printed(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : kindOf(value);
}
