/** Options objects of layers and functions, as cells give them: checked when a layer is made. */
import { kindOf } from "../errors.ts";

export { checkOptions } from "../options.ts";

/** @throws RangeError when `value` is no number from `low` to `high`. */
export function checkNumber(
  op: string,
  name: string,
  value: unknown,
  low = -Infinity,
  high = Infinity,
): void {
  if (typeof value === "number" && value >= low && value <= high) return;
  const given = typeof value === "number" ? String(value) : kindOf(value);
  const wanted =
    high < Infinity ? ` from ${low} to ${high}` : low > -Infinity ? `, ${low} or more` : "";
  throw new RangeError(`${op}: ${name} is ${given} - wanted a number${wanted}`);
}

/** A number as Python writes floats, which is how PyTorch prints layers: `1.0`, `1e-05`. */
export function printFloat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = "", exponent = "+0"] = value.toExponential().split("e");
    return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A truth value as Python writes it. */
export function printBool(value: boolean): string {
  return value ? "True" : "False";
}
