/**
 * What figures accept as numbers: plain arrays, typed arrays and tensors alike, read at the moment
 * of drawing. Structural on purpose: a figure needs a shape and flat values, not an engine.
 */

/** A number, or something whose `value` is read at each drawing: a knob. */
export type Adjustable = number | { readonly value: number };

/** A number or a 0-d tensor. */
export type Scalar = number | { item(): number };

/** A tensor as figures see it: `data` is flat, row by row. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Numbers in a row: an array, a typed array or a 1-d tensor; in an array, 0-d tensors too. */
export type Column = ArrayLike<Scalar> | TensorLike;

/** Rows of numbers: an array of rows or a 2-d tensor. */
export type Table = ArrayLike<Column> | TensorLike;

export function adjustable(value: Adjustable): number {
  return typeof value === "number" ? value : value.value;
}

/** @throws TypeError when `value` is neither; `who` begins the sentence. */
export function scalar(value: Scalar, who: string): number {
  if (typeof value === "number") return value;
  const read: unknown = typeof value?.item === "function" ? value.item() : value;
  if (typeof read === "number") return read;
  throw new TypeError(
    `${who} must be a number or a 0-d tensor, got ${read === null ? "null" : typeof read}`,
  );
}

export function isTensor(value: unknown): value is TensorLike {
  return (
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    "shape" in value &&
    Array.isArray(value.shape) &&
    "data" in value
  );
}

/** Whether `value` can be read as a {@link Column}. */
export function isColumn(value: unknown): value is Column {
  return Array.isArray(value) || ArrayBuffer.isView(value) || isTensor(value);
}

/** Whether `value` is a 0-d tensor, which stands for one number. */
export function isNumber(value: unknown): boolean {
  return isTensor(value) && value.shape.length === 0;
}

/**
 * The numbers of a column, copied. A tensor of `[n, 1]` counts as one column.
 * @throws RangeError when a tensor has more than one number a row.
 */
export function readColumn(column: Column, who: string): number[] {
  if (!isTensor(column)) {
    const numbers: number[] = [];
    for (let i = 0; i < column.length; i++) {
      const value = column[i];
      numbers.push(typeof value === "number" ? value : numberIn(value, i, who));
    }
    return numbers;
  }
  const long = column.shape.filter((size) => size !== 1);
  if (long.length > 1) {
    throw new RangeError(
      `${who}: a column is wanted, one number a row, got a tensor of [${column.shape.join(", ")}]`,
    );
  }
  return Array.from(column.data);
}

/** What else stands for a number in a list; null and undefined stand for none. */
function numberIn(value: unknown, place: number, who: string): number {
  if (value === null || value === undefined) return Number.NaN;
  if (isTensor(value) && value.data.length === 1) return value.data[0] ?? Number.NaN;
  const read = typeof value === "object" || typeof value === "symbol" ? NaN : Number(value);
  if (!Number.isNaN(read)) return read;
  throw new TypeError(`${who}: ${said(value)} at place ${place} of a list - wanted a number`);
}

function said(value: unknown): string {
  if (isTensor(value)) return `a tensor of [${value.shape.join(", ")}]`;
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** A matrix, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/**
 * A copy of a table as one matrix.
 * @throws RangeError when a tensor is not 2-d or rows differ in length.
 */
export function readTable(table: Table, who: string): Matrix {
  if (isTensor(table)) {
    const [rows, columns] = table.shape;
    if (table.shape.length !== 2 || rows === undefined || columns === undefined) {
      throw new RangeError(
        `${who}: a matrix is wanted, one row a point, got a tensor of [${table.shape.join(", ")}]`,
      );
    }
    return { rows, columns, data: Float64Array.from(table.data) };
  }
  if (!Array.isArray(table)) {
    const given = table === null || typeof table !== "object" ? String(table) : "an object";
    throw new TypeError(
      `${who}: a matrix is wanted, rows of numbers or a 2-d tensor, got ${given}`,
    );
  }
  const rows = table.map((row: unknown, i) => {
    if (isColumn(row) && !isNumber(row)) return readColumn(row, who);
    throw new TypeError(
      `${who}: row ${i} is ${said(row)} - wanted rows of numbers, or a 2-d tensor`,
    );
  });
  const columns = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) {
      throw new RangeError(
        `${who}: rows must be of one length, row 0 has ${columns} numbers and row ${i} has ${row.length}`,
      );
    }
    data.set(row, i * columns);
  });
  return { rows: rows.length, columns, data };
}

/** @throws RangeError naming both lengths when they differ. */
export function sameLength(who: string, what: string, got: number, other: string, wanted: number) {
  if (got === wanted) return;
  throw new RangeError(`${who}: ${got} ${what} for ${wanted} ${other}: one for each is wanted`);
}
