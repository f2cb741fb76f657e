/** What the ways to multiply a matrix and a vector have in common: how they are called. */
import { type Routine, whole } from "./routine.ts";

export const vectorParameters = {
  ...whole("matrix", "row", "column", "x", "out", "rows", "columns", "from", "fromStep"),
  floor: "f32",
} as const;

/**
 * `out [rows] = max(from + matrix [rows, columns] x [columns], floor)`. Of `row` and `column`, the bytes
 * from row to row and from column to column, one has to be 4. `fromStep` is 4, or 0 for one number.
 */
export type VectorProduct = Routine<typeof vectorParameters>;
