/** Rows in the forms that cells have them, as columns of one type each: records, columns, matrices. */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { isTensor, sameLength, type TensorLike } from "./columns.ts";
import { smallest } from "./packed.ts";
import { toPixels } from "./pictures.ts";
import type { RowImages } from "./projection-view.ts";
import type { TableColumn } from "./table-view.ts";

/** What a table is made of: records, rows of values, columns by name, or a tensor of one or two axes. */
export type TableRows =
  | readonly Readonly<Record<string, unknown>>[]
  | readonly (readonly unknown[])[]
  | Readonly<Record<string, ArrayLike<unknown> | TensorLike>>
  | TensorLike
  | ArrayLike<number>;

/** Columns before their types are known. */
export interface RawTable {
  readonly rows: number;
  readonly columns: readonly RawColumn[];
}

/** Values, or pictures, which are one value a row to the eye. */
export type RawColumn = { readonly name: string } & (
  | { at(row: number): unknown }
  /** Numbers and nothing else: row `i` is at `i * stride + offset`. */
  | {
      readonly numbers: ArrayLike<number>;
      readonly stride: number;
      readonly offset: number;
    }
  | { readonly pictures: RowImages }
);

/** @throws DTypeError for what is no table, RangeError where columns differ in length. */
export function rawTable(given: TableRows, names: readonly string[] | null, who: string): RawTable {
  if (isTensor(given)) return ofTensor(given, names, who);
  if (isNumbers(given)) return ofTensor({ shape: [given.length], data: given }, names, who);
  if (Array.isArray(given)) return ofRows(given as readonly unknown[], names, who);
  if (typeof given !== "object" || given === null)
    throw new DTypeError(`${who}: ${kindOf(given)} - wanted rows, columns by name, or a tensor`);
  return ofColumns(given as Readonly<Record<string, unknown>>, names, who);
}

/** Typed arrays; those of bigints are lists like any other. */
function isNumbers(given: unknown): given is ArrayLike<number> {
  return (
    ArrayBuffer.isView(given) &&
    "length" in given &&
    !(given instanceof BigInt64Array || given instanceof BigUint64Array)
  );
}

function ofTensor(
  { shape, data }: TensorLike,
  names: readonly string[] | null,
  who: string,
): RawTable {
  const [rows, width = 1] = shape;
  if (rows === undefined || shape.length > 2)
    throw new RangeError(
      `${who}: a tensor of [${shape.join(", ")}] - wanted one or two axes, rows first`,
    );
  if (names !== null) sameLength(who, "names", names.length, "columns", width);
  const columns = Array.from({ length: width }, (_, j) => ({
    name: names?.[j] ?? (shape.length === 1 ? "value" : String(j)),
    numbers: data,
    stride: width,
    offset: j,
  }));
  return { rows, columns };
}

function ofRows(rows: readonly unknown[], names: readonly string[] | null, who: string): RawTable {
  const odd = rows.findIndex(
    (row) => isList(row) !== isList(rows[0]) || isPlain(row) !== isPlain(rows[0]),
  );
  if (odd >= 0)
    throw new DTypeError(
      `${who}: row ${odd} is ${kindOf(rows[odd])}, row 0 ${kindOf(rows[0])} - wanted rows of one kind`,
    );
  const [first] = rows;
  if (isList(first)) {
    const lists = rows as readonly ArrayLike<unknown>[];
    const width = lists.reduce((most, { length }) => Math.max(most, length), 0);
    if (names !== null) sameLength(who, "names", names.length, "columns", width);
    return {
      rows: rows.length,
      columns: Array.from({ length: width }, (_, j) => ({
        name: names?.[j] ?? String(j),
        at: (row: number) => lists[row]?.[j],
      })),
    };
  }
  if (!isPlain(first))
    return {
      rows: rows.length,
      columns:
        rows.length === 0 ? [] : [{ name: names?.[0] ?? "value", at: (row: number) => rows[row] }],
    };
  const records = rows as readonly Readonly<Record<string, unknown>>[];
  // Records may differ in what they have; the first that has a field says where its column stands.
  const found = names ?? [...new Set(records.flatMap((record) => Object.keys(record)))];
  return {
    rows: rows.length,
    columns: found.map((name) => ({
      name,
      at: (row: number) => {
        const record = records[row];
        return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
      },
    })),
  };
}

function ofColumns(
  given: Readonly<Record<string, unknown>>,
  names: readonly string[] | null,
  who: string,
): RawTable {
  const all = Object.keys(given);
  const unknown = names?.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new RangeError(
      `${who}: no column ${JSON.stringify(unknown)} - there are ${all.join(", ")}`,
    );
  const columns = (names ?? all).map((name) => ({ name, ...listOf(given[name], name, who) }));
  const [first] = columns;
  const rows = first?.length ?? 0;
  for (const { name, length } of columns)
    if (length !== rows)
      throw new RangeError(
        `${who}: column ${JSON.stringify(name)} has ${length} rows and ${JSON.stringify(first?.name)} ${rows} - wanted as many`,
      );
  return { rows, columns };
}

function listOf(value: unknown, name: string, who: string) {
  if (isTensor(value)) {
    const { shape, data } = value;
    const [rows = 0] = shape;
    if (shape.length === 3 || shape.length === 4)
      return { length: rows, pictures: toPixels(value, rows, who) };
    if (shape.filter((size) => size !== 1).length <= 1)
      return { length: data.length, numbers: data, stride: 1, offset: 0 };
    throw new RangeError(
      `${who}: column ${JSON.stringify(name)} is a tensor of [${shape.join(", ")}] - wanted one number or picture a row`,
    );
  }
  if (isNumbers(value)) return { length: value.length, numbers: value, stride: 1, offset: 0 };
  if (isList(value)) return { length: value.length, at: (row: number) => value[row] };
  throw new DTypeError(
    `${who}: column ${JSON.stringify(name)} is ${kindOf(value)} - wanted a list`,
  );
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

function isPlain(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !isList(value) &&
    !(value instanceof Date) &&
    !isTensor(value)
  );
}

/** The first `rows` rows of a column, in the type that all its values have; else as text. */
export function typedColumn(column: RawColumn, rows: number): TableColumn {
  const { name } = column;
  if ("pictures" in column) {
    const { height, width, channels, pixels } = column.pictures;
    const size = height * width * channels;
    const images = { height, width, channels, pixels: pixels.slice(0, rows * size) };
    return { kind: "picture", name, missing: null, images };
  }
  if ("numbers" in column) {
    const { numbers, stride, offset } = column;
    const values = Float64Array.from(
      { length: rows },
      (_, i) => numbers[i * stride + offset] ?? Number.NaN,
    );
    return { kind: "number", name, missing: null, values: smallest(values) };
  }
  const values: unknown[] = [];
  const gone: number[] = [];
  let kind: ValueKind | null = null;
  for (let row = 0; row < rows; row++) {
    const value = plain(column.at(row));
    values.push(value);
    if (value === null) gone.push(row);
    else kind = kind === null || kind === kindOfValue(value) ? kindOfValue(value) : "text";
  }
  const missing = gone.length === 0 ? null : smallest(gone);
  if (kind === "number" || kind === "boolean" || kind === "date") {
    // Truths and dates are numbers too; what is missing is any.
    return { kind, name, missing, values: smallest(Float64Array.from(values, Number)) };
  }
  const places = new Map<string, number>();
  const of = values.map((value) => {
    const text = value === null ? "" : textOf(value);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  return { kind: "text", name, missing, texts: [...places.keys()], of: smallest(of) };
}

type ValueKind = "number" | "boolean" | "date" | "text";

function kindOfValue(value: unknown): ValueKind {
  if (value instanceof Date) return "date";
  const kind = typeof value;
  return kind === "number" || kind === "boolean" ? kind : "text";
}

/** A 0-d tensor is its number; null stands for no value. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (isTensor(value) && value.data.length === 1) return value.data[0];
  return value;
}

/** Longer texts are cut: a cell of a table is no place to read them. */
const LONGEST = 2000;

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : printed(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function printed(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const own: unknown = Reflect.get(value, "toString");
  const hasOwn = own !== Object.prototype.toString && !Array.isArray(value);
  // A class that says what it is.
  if (hasOwn && typeof own === "function" && !ArrayBuffer.isView(value))
    return String(Reflect.apply(own, value, []));
  const list = ArrayBuffer.isView(value)
    ? Array.from(value as unknown as ArrayLike<number>)
    : value;
  try {
    return JSON.stringify(list);
  } catch {
    // A cycle, or a number too large for JSON: its class says what it is.
    return kindOf(value);
  }
}
