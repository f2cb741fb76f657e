/**
 * What a reader types to see fewer rows: words, all of which must stand somewhere in a row, and
 * conditions on a column as `loss<0.5`, `class=cat`, `"petal length">=4`, `layer!=out`.
 */
import { toJson } from "../../../kernel/plot/numbers.ts";
import type { Cells } from "./cells.ts";

export type RowTest = (row: number) => boolean;

const SIGNS = /^(?<name>[^<>=!]+)(?<sign><=|>=|!=|=|<|>)(?<value>.+)$/;

/** Null where nothing was typed: every row is shown. */
export function parseFilter(text: string, columns: readonly Cells[]): RowTest | null {
  const tests = termsOf(text).map((term) => condition(term, columns) ?? word(term, columns));
  if (tests.length === 0) return null;
  return (row) => tests.every((test) => test(row));
}

/** Words apart at spaces; what stands in quotes stays together, and loses them. */
function termsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/(?:"[^"]*"?|[^\s"])+/g), ([term]) =>
    term.replaceAll('"', ""),
  ).filter((term) => term.trim() !== "");
}

/** Null for what is no condition on a column that there is. */
function condition(term: string, columns: readonly Cells[]): RowTest | null {
  const { name, sign, value } = SIGNS.exec(term)?.groups ?? {};
  if (name === undefined || sign === undefined || value === undefined) return null;
  const wanted = name.trim().toLowerCase();
  const cells = columns.find(({ column }) => column.name.toLowerCase() === wanted);
  if (cells === undefined) return null;
  const { column } = cells;
  if (column.kind === "number" || column.kind === "date") {
    const bound = column.kind === "date" ? Date.parse(value) : Number(value.replace("−", "-"));
    if (Number.isNaN(bound)) return null;
    const { values } = column;
    return (row) => !cells.isMissing(row) && holds(values[row] ?? Number.NaN, sign, bound);
  }
  const texts = value.trim().toLowerCase();
  if (column.kind !== "text") return (row) => holds(cells.text(row), sign, texts);
  const passes = column.texts.map((each) => holds(each.toLowerCase(), sign, texts));
  return (row) => passes[column.of[row] ?? 0] === true;
}

function holds<Value extends number | string>(value: Value, sign: string, bound: Value): boolean {
  switch (sign) {
    case "=":
      return value === bound;
    case "!=":
      return value !== bound;
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    default:
      return value >= bound;
  }
}

function word(term: string, columns: readonly Cells[]): RowTest {
  const wanted = term.toLowerCase();
  const tests = columns.flatMap((cells): RowTest[] => {
    const { column } = cells;
    if (column.kind === "picture") return [];
    if (column.kind === "text") {
      // Each text once, however many rows have it.
      const has = column.texts.map((text) => text.toLowerCase().includes(wanted));
      return has.includes(true) ? [(row) => has[column.of[row] ?? 0] === true] : [];
    }
    if (column.kind === "number") {
      if (wanted === "nan") return [(row) => Number.isNaN(cells.key(row))];
      const digits = wanted.replaceAll(",", "").replace("−", "-");
      if (!/^[-\d.e+]+$/.test(digits)) return [];
      const { values } = column;
      return [(row) => !cells.isMissing(row) && String(toJson(values[row] ?? 0)).includes(digits)];
    }
    return [(row) => cells.text(row).toLowerCase().includes(wanted)];
  });
  return (row) => tests.some((test) => test(row));
}
