/** Options of layers as PyTorch prints them, which is as Python does. */

/** `(3, 3)`, and `(3,)` for one. */
export function printSizes(sizes: readonly (number | null)[]): string {
  const shown = sizes.map((size) => size ?? "None");
  return shown.length === 1 ? `(${shown[0]},)` : `(${shown.join(", ")})`;
}

/** `1.0`, `1e-05`. */
export function printFloat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = "", exponent = "+0"] = value.toExponential().split("e");
    return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `True`, `False`. */
export function printBool(value: boolean): string {
  return value ? "True" : "False";
}
