/**
 * Tables as text, RFC 4180: fields between separators, in quotes where they hold one, a quote or a
 * line break. Every line has as many fields as the first.
 */
import { checkOptions } from "../tensor/options.ts";

/** Columns by name. */
export type CsvTable = Record<string, number[] | string[]>;

export interface CsvOptions {
  /** Between fields: "," unless told. */
  readonly separator?: string;
  /** False: there is no line of names, and columns are called "1", "2", ... */
  readonly header?: boolean;
}

/** @throws SyntaxError that begins with `what` and names the line; RangeError for a bad separator. */
export function parseCsv(what: string, text: string, options: CsvOptions = {}): CsvTable {
  checkOptions("files.csv", options, ["separator", "header"]);
  const { separator = ",", header = true } = options;
  if (typeof separator !== "string" || separator.length !== 1 || /["\r\n]/.test(separator))
    throw new RangeError(
      `files.csv: separator ${JSON.stringify(separator)} - wanted one character, no quote or line break`,
    );
  const lines = readLines(what, text, separator);
  const [first] = lines;
  if (first === undefined) throw new SyntaxError(`${what} is empty - wanted a line of names`);
  const names = header
    ? first.fields.map((name) => name.trim())
    : first.fields.map((_, i) => String(i + 1));
  refuseNames(what, names);
  const rows = header ? lines.slice(1) : lines;
  for (const { fields, line } of rows)
    if (fields.length !== names.length)
      throw new SyntaxError(
        `${what} has ${fields.length} fields in line ${line} - wanted ${names.length}, as in the first`,
      );
  // No prototype: a column may be called "__proto__".
  const table = Object.create(null) as CsvTable;
  for (const [i, name] of names.entries())
    table[name] = columnOf(rows.map(({ fields }) => fields[i] ?? ""));
  return table;
}

interface Line {
  readonly fields: readonly string[];
  /** Counted from 1; a quoted field may make it longer than one. */
  readonly line: number;
}

function readLines(what: string, text: string, separator: string): readonly Line[] {
  const lines: Line[] = [];
  let fields: string[] = [];
  let line = 1;
  let startLine = 1;
  let at = 0;
  const endLine = () => {
    // An empty line is none, unless the table has one column, where it is an empty field.
    if (fields.length > 1 || fields[0] !== "" || lines[0]?.fields.length === 1)
      lines.push({ fields, line: startLine });
    fields = [];
  };
  while (at < text.length) {
    let field: string;
    if (text[at] === '"') {
      let end = at + 1;
      while (end < text.length && (text[end] !== '"' || text[end + 1] === '"'))
        end += text[end] === '"' ? 2 : 1;
      if (end >= text.length)
        throw new SyntaxError(`${what} opens a quote in line ${line} that nothing closes`);
      field = text.slice(at + 1, end).replaceAll('""', '"');
      line += field.split("\n").length - 1;
      at = end + 1;
      if (at < text.length && text[at] !== separator && !"\r\n".includes(text[at] ?? ""))
        throw new SyntaxError(`${what} goes on behind a closed quote in line ${line}`);
    } else {
      let end = at;
      while (
        end < text.length &&
        text[end] !== separator &&
        text[end] !== "\n" &&
        text[end] !== "\r"
      )
        end += 1;
      field = text.slice(at, end);
      at = end;
    }
    fields.push(field);
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) fields.push("");
      continue;
    }
    if (at >= text.length) break;
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
    endLine();
    line += 1;
    startLine = line;
  }
  if (fields.length > 0) endLine();
  return lines;
}

function refuseNames(what: string, names: readonly string[]): void {
  const again = names.find((name, i) => names.indexOf(name) !== i);
  if (again !== undefined)
    throw new SyntaxError(`${what} has two columns named ${JSON.stringify(again)}`);
}

/** Numbers where all are, with NaN for what is missing; a column of nothing is text. */
function columnOf(fields: readonly string[]): number[] | string[] {
  const isNumeric =
    fields.some((field) => field.trim() !== "") &&
    fields.every((field) => field.trim() === "" || !Number.isNaN(Number(field)));
  if (!isNumeric) return [...fields];
  return fields.map((field) => (field.trim() === "" ? Number.NaN : Number(field)));
}
