/** Tables as files: a line of column names, then rows of numbers whose last column is the label. */
import type { Dataset } from "./dataset.ts";
import { type Column, from } from "./from.ts";

/**
 * `x [n, columns - 1]`, and `y [n]` from the last column: classes where it holds words.
 * @throws SyntaxError naming a line that does not fit the first.
 */
export function parseTable(name: string, text: string): Dataset {
  const [head = "", ...lines] = text.split("\n").filter((line) => line.trim() !== "");
  const names = head.split(",");
  const rows = lines.map((line, i) => {
    const fields = line.split(",");
    const wrong = fields.slice(0, -1).find((field) => field === "" || Number.isNaN(Number(field)));
    if (fields.length !== names.length || wrong !== undefined)
      throw new SyntaxError(
        `${name}: line ${i + 2} is "${line}" - wanted ${names.length} fields, numbers but for the last`,
      );
    return fields;
  });
  const label = names.length - 1;
  const isNumeric = rows.every((row) => !Number.isNaN(Number(row[label])));
  const columns = names.map((column, i): [string, Column] => {
    const fields = rows.map((row) => row[i] ?? "");
    return [column, i < label || isNumeric ? fields.map(Number) : fields];
  });
  return from(Object.fromEntries(columns), { label: names[label] ?? "" });
}
