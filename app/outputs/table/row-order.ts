/** Which rows of a table are shown, in which order. */
import type { Cells } from "./cells.ts";
import type { RowTest } from "./filter.ts";

export interface Sorting {
  readonly column: number;
  readonly isDescending: boolean;
}

/** All rows that pass, sorted; rows alike keep their order, and what is no number comes last. */
export function rowOrder(
  rows: number,
  columns: readonly Cells[],
  passes: RowTest | null,
  sorting: Sorting | null,
): Uint32Array {
  let order = Uint32Array.from({ length: rows }, (_, row) => row);
  if (passes !== null) order = order.filter(passes);
  const cells = sorting === null ? undefined : columns[sorting.column];
  if (sorting === null || cells === undefined) return order;
  const keys = new Float64Array(rows);
  for (const row of order) keys[row] = cells.key(row);
  const sign = sorting.isDescending ? -1 : 1;
  return order.sort((a, b) => {
    const [x, y] = [keys[a] ?? Number.NaN, keys[b] ?? Number.NaN];
    if (x < y) return -sign;
    if (x > y) return sign;
    return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
  });
}

/** A column's next order when its head is pressed: rising, falling, as they came. */
export function nextSorting(before: Sorting | null, column: number): Sorting | null {
  if (before?.column !== column) return { column, isDescending: false };
  return before.isDescending ? null : { column, isDescending: true };
}
