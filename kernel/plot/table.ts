/** `plot.table`: rows that the reader sorts, filters and turns the pages of. */
import type { MimeBundle } from "../protocol.ts";
import { checkNumber, checkOptions } from "../tensor/options.ts";
import { type FigureOptions, Shown } from "./figure.ts";
import { counted } from "./numbers.ts";
import { rawTable, type TableRows, typedColumn } from "./table-columns.ts";
import { printRows, toHtml } from "./table-text.ts";
import { printTable, TABLE_MIME, type TableView } from "./table-view.ts";

const WHO = "plot.table";

export interface TableOptions extends FigureOptions {
  /** Which columns, in this order; of a tensor or of rows without names, what they are called. */
  readonly columns?: readonly string[];
  /** Rows on a page; 10 unless told. The reader can change it. */
  readonly pageSize?: number;
  /** The column that rows are sorted by at first; "-loss" begins with the largest. */
  readonly sort?: string;
}

const optionNames = ["columns", "pageSize", "sort", "title"] satisfies (keyof TableOptions)[];

/** More than these are too much for a page to take over: the first rows are shown. */
const MOST_ROWS = 250_000;
const MOST_CELLS = 2_500_000;

export class DataTable extends Shown {
  #view: TableView;
  #rows: TableRows;
  readonly #options: TableOptions;

  constructor(rows: TableRows, options: TableOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    if (options.pageSize !== undefined) checkNumber(WHO, "pageSize", options.pageSize, 1, 1000);
    this.#options = options;
    this.#rows = rows;
    this.#view = viewOf(rows, options);
    this.appear();
  }

  /** Reads its rows anew, or shows others in their place; the reader's order, filter and page stay. */
  update(rows: TableRows = this.#rows): void {
    this.#rows = rows;
    this.#view = viewOf(rows, this.#options);
    this.redraw();
  }

  override toBundle(): MimeBundle {
    return tableBundle(this.#view, this.toString());
  }

  override describe(): string {
    return describeTable(this.#view);
  }

  override toString(): string {
    return `<Figure: ${this.describe()}>\n${printRows(this.#view)}`;
  }
}

/** All forms of a table; `text` is for who cannot see it. */
export function tableBundle(view: TableView, text: string): MimeBundle {
  return { [TABLE_MIME]: printTable(view), "text/html": toHtml(view), "text/plain": text };
}

export function describeTable({ title, columns, rows, of }: TableView): string {
  const names = columns.slice(0, 8).map(({ name, kind }) => `${name} (${kind})`);
  const more = columns.length > 8 ? ", ..." : "";
  const first = rows < of ? `, the first ${rows} of ${of}` : "";
  return `${title === null ? "" : `${title}: `}table of ${counted(rows, "row")}${first}, ${counted(columns.length, "column")}: ${names.join(", ")}${more}`;
}

function viewOf(given: TableRows, options: TableOptions): TableView {
  const { title = null, columns: names = null, pageSize = 10, sort } = options;
  const { rows: of, columns } = rawTable(given, names, WHO);
  const rows = Math.min(of, MOST_ROWS, Math.floor(MOST_CELLS / Math.max(1, columns.length)));
  const typed = columns.map((column) => typedColumn(column, rows));
  return { title, card: [], columns: typed, rows, of, pageSize, sort: sortOf(sort, typed) };
}

/** @throws RangeError when no column is called so. */
function sortOf(sort: string | undefined, columns: TableView["columns"]): TableView["sort"] {
  if (sort === undefined) return null;
  const find = (name: string) => columns.findIndex((column) => column.name === name);
  const isDescending = find(sort) < 0 && sort.startsWith("-");
  const column = find(isDescending ? sort.slice(1) : sort);
  if (column >= 0) return { column, isDescending };
  const all = columns.map(({ name }) => name).join(", ");
  throw new RangeError(`${WHO}: no column ${JSON.stringify(sort)} to sort by - there are ${all}`);
}

/**
 * Rows as a table to sort, filter and page: an array of records, columns by name, rows of values, or
 * a tensor of one or two axes. Its text holds the first rows.
 *
 * @throws RangeError where columns differ in length or a name is unknown; DTypeError for what is no table.
 * @example
 * plot.table([{ layer: "hidden", loss: 0.31 }, { layer: "out", loss: 0.12 }], { sort: "loss" });
 * plot.table({ epoch: [0, 1, 2], loss: [2.3, 0.9, 0.4] });
 * plot.table(data.load("iris").x, { columns: ["sepal l.", "sepal w.", "petal l.", "petal w."] });
 */
export function table(rows: TableRows, options: TableOptions = {}): DataTable {
  return new DataTable(rows, options);
}
