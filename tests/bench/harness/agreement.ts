/** When two engines got the same. */

const tolerance = 1e-3;
/** Smaller numbers are compared as if they were this large. */
const smallest = 1e-2;

/** Whether all numbers differ by a thousandth at most. */
export function agree(seen: readonly number[], wanted: readonly number[]): boolean {
  return (
    seen.length === wanted.length &&
    seen.every((value, i) => {
      const other = wanted[i] ?? Number.NaN;
      const scale = Math.max(Math.abs(value), Math.abs(other), smallest);
      return Math.abs(value - other) <= tolerance * scale;
    })
  );
}
