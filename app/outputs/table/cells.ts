/** The columns of a table as a page reads them: what stands in a cell, what it is sorted and filtered by. */
import { cellText } from "../../../kernel/plot/table-text.ts";
import type { TableColumn } from "../../../kernel/plot/table-view.ts";

export interface Cells {
  readonly column: TableColumn;
  isMissing(row: number): boolean;
  /** As it is shown; "" for no value. */
  text(row: number): string;
  /** As a file holds it, with all digits; "" for no value and for what is no number. */
  exact(row: number): string;
  /** What rows are sorted by, smallest first; NaN comes last either way. */
  key(row: number): number;
}

/** Of more texts than these, only code units decide the order: a language's rules would take seconds. */
const MOST_COLLATED = 20_000;

export function cellsOf(column: TableColumn): Cells {
  const missing = column.missing === null ? null : new Set(column.missing);
  const whole = { ...column, missing: null };
  const isMissing = (row: number) => missing?.has(row) === true;
  let ranks: Float64Array | null = null;
  return {
    column,
    isMissing,
    text: (row) => (isMissing(row) ? "" : cellText(whole, row)),
    exact: (row) => (isMissing(row) ? "" : exactText(column, row)),
    key(row) {
      if (isMissing(row)) return Number.NaN;
      if (column.kind === "picture") return row;
      if (column.kind !== "text") return column.values[row] ?? Number.NaN;
      ranks ??= ranksOf(column.texts);
      return ranks[column.of[row] ?? 0] ?? Number.NaN;
    },
  };
}

/** The place of each text among all, by a dictionary's order: 2 before 10. */
function ranksOf(texts: readonly string[]): Float64Array {
  const order = texts.map((_, place) => place);
  const { compare } = new Intl.Collator("en", { numeric: true });
  const byUnits = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  const by = texts.length > MOST_COLLATED ? byUnits : compare;
  order.sort((a, b) => by(texts[a] ?? "", texts[b] ?? ""));
  const ranks = new Float64Array(texts.length);
  order.forEach((place, rank) => (ranks[place] = rank));
  return ranks;
}

function exactText(column: TableColumn, row: number): string {
  if (column.kind !== "number") return cellText({ ...column, missing: null }, row);
  const value = column.values[row] ?? Number.NaN;
  if (Number.isNaN(value)) return "";
  return column.values instanceof Float32Array ? shortest(value) : String(value);
}

/** The fewest digits that mean this single-precision number: 0.1, not 0.10000000149011612. */
function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}
