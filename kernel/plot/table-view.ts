/**
 * A table as it travels to a page, and back: columns of one type each, numbers packed, texts named once.
 * The page sorts, filters and pages by itself, also when the kernel is busy or gone.
 */
import { pack, type PackedArray, unpack } from "./packed.ts";
import { toBase64 } from "./base64.ts";
import { parseImages, type RowImages } from "./projection-view.ts";
import { isCount, isRecord, type Sent } from "./sent.ts";

export const TABLE_MIME = "application/vnd.descent.table+json";

/** One column. `missing` are the rows that have no value; null: every row has one. */
export type TableColumn = { readonly name: string; readonly missing: PackedArray | null } & (
  | { readonly kind: "number"; readonly values: PackedArray }
  /** 0 or 1. */
  | { readonly kind: "boolean"; readonly values: PackedArray }
  /** Milliseconds since 1970. */
  | { readonly kind: "date"; readonly values: PackedArray }
  /** Each row's place among the texts. */
  | { readonly kind: "text"; readonly texts: readonly string[]; readonly of: PackedArray }
  | { readonly kind: "picture"; readonly images: RowImages }
);

export interface TableView {
  readonly title: string | null;
  /** What is to be known of the rows, as a licence: names and sentences. */
  readonly card: readonly (readonly [name: string, text: string])[];
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  /** Rows of the whole, of which these are the first. */
  readonly of: number;
  readonly pageSize: number;
  /** The column that rows are sorted by at first. */
  readonly sort: { readonly column: number; readonly isDescending: boolean } | null;
}

/** The view as JSON. */
export function printTable(view: TableView): Sent {
  return { ...view, columns: view.columns.map(printColumn) };
}

function printColumn(column: TableColumn): Sent {
  const { kind, name } = column;
  const missing =
    column.missing === null ? null : { count: column.missing.length, rows: pack(column.missing) };
  switch (kind) {
    case "number":
    case "boolean":
    case "date":
      return { kind, name, missing, values: pack(column.values) };
    case "text":
      return { kind, name, missing, ...printTexts(column.texts), of: pack(column.of) };
    case "picture": {
      const { pixels, ...size } = column.images;
      return { kind, name, missing, ...size, pixels: toBase64(pixels) };
    }
    default:
      return kind satisfies never;
  }
}

/** Texts one behind the other, with the length of each: a list of so many would be slow to check. */
function printTexts(texts: readonly string[]): Sent {
  const lengths = pack(texts.map(({ length }) => length));
  return { texts: texts.join(""), lengths, count: texts.length };
}

const MOST_COLUMNS = 1000;
const MOST_CELLS = 16_000_000;

/** A view from a bundle of a kernel or a file; null for anything that is not one. */
export function parseTable(sent: unknown): TableView | null {
  if (!isRecord(sent)) return null;
  const { title, rows, of, pageSize, columns } = sent;
  if ((title !== null && typeof title !== "string") || !isCount(rows) || !isCount(of)) return null;
  if (!isCount(pageSize) || pageSize === 0 || !Array.isArray(columns)) return null;
  if (columns.length > MOST_COLUMNS || rows * columns.length > MOST_CELLS) return null;
  const parsed = columns.map((column: unknown) => parseColumn(column, rows));
  if (parsed.some((column) => column === null)) return null;
  const card = parseCard(sent["card"]);
  const sort = parseSort(sent["sort"], parsed.length);
  if (card === null || sort === undefined) return null;
  return {
    title,
    card,
    columns: parsed.filter((column) => column !== null),
    rows,
    of,
    pageSize,
    sort,
  };
}

function parseColumn(sent: unknown, rows: number): TableColumn | null {
  if (!isRecord(sent) || typeof sent["name"] !== "string") return null;
  const { name, kind } = sent;
  const missing = parseMissing(sent["missing"], rows);
  if (missing === undefined) return null;
  if (kind === "number" || kind === "boolean" || kind === "date") {
    const values = unpack(sent["values"], rows);
    return values === null ? null : { kind, name, missing, values };
  }
  if (kind === "text") {
    const texts = parseTexts(sent, rows);
    const of = unpack(sent["of"], rows);
    if (
      texts === null ||
      of?.every((place) => Number.isInteger(place) && place >= 0 && place < texts.length) !== true
    )
      return null;
    return { kind, name, missing, texts, of };
  }
  const images = kind === "picture" ? parseImages(sent, rows) : undefined;
  return images === undefined ? null : { kind: "picture", name, missing, images };
}

/** Undefined for what is no list of rows. */
function parseMissing(sent: unknown, rows: number): PackedArray | null | undefined {
  if (sent === null) return null;
  if (!isRecord(sent) || !isCount(sent["count"]) || sent["count"] > rows) return undefined;
  const places = unpack(sent["rows"], sent["count"]);
  return places?.every((row) => isCount(row) && row < rows) === true ? places : undefined;
}

function parseTexts({ texts, lengths, count }: Sent, rows: number): readonly string[] | null {
  if (typeof texts !== "string" || !isCount(count) || count > rows) return null;
  const each = unpack(lengths, count);
  if (each?.every(isCount) !== true) return null;
  let at = 0;
  const cut = Array.from(each, (length) => texts.slice(at, (at += length)));
  return at === texts.length ? cut : null;
}

function parseCard(sent: unknown): TableView["card"] | null {
  if (!Array.isArray(sent) || sent.length > 16) return null;
  const lines = sent.flatMap((line: unknown): [string, string][] =>
    Array.isArray(line) && typeof line[0] === "string" && typeof line[1] === "string"
      ? [[line[0], line[1]]]
      : [],
  );
  return lines.length === sent.length ? lines : null;
}

/** Undefined for what is no order. */
function parseSort(sent: unknown, columns: number): TableView["sort"] | undefined {
  if (sent === null) return null;
  if (!isRecord(sent)) return undefined;
  const { column, isDescending } = sent;
  if (!isCount(column) || column >= columns || typeof isDescending !== "boolean") return undefined;
  return { column, isDescending };
}
