/** Options as PyTorch prints them: `(3, 3)`, and `(3,)` for one. */

export function printSizes(sizes: readonly (number | null)[]): string {
  const shown = sizes.map((size) => size ?? "None");
  return shown.length === 1 ? `(${shown[0]},)` : `(${shown.join(", ")})`;
}
