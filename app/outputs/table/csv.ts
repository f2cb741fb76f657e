/** Rows as CSV, RFC 4180, as `files.csv` reads them back: all digits, nothing for no value. */
import type { Cells } from "./cells.ts";

/** Pictures have no place in text. */
export function toCsv(columns: readonly Cells[], rows: Iterable<number>): string {
  const written = columns.filter(({ column }) => column.kind !== "picture");
  const line = (fields: readonly string[]) => fields.map(quoted).join(",");
  const lines = [line(written.map(({ column }) => column.name))];
  for (const row of rows) lines.push(line(written.map((cells) => cells.exact(row))));
  return `${lines.join("\r\n")}\r\n`;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
