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

function printed(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : kindOf(value);
}
