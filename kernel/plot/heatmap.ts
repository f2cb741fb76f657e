/** `plot.heatmap`: a matrix as colours with the names of its rows and columns, and its numbers where they fit. */
import { DTypeError } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import type { FigureParts } from "../protocol.ts";
import { coarse } from "./coarse.ts";
import { colorscaleOf, signedRange } from "./color-range.ts";
import { type Matrix, readTable, sameLength, type Table } from "./columns.ts";
import {
  checkHeight,
  escapeText,
  Figure,
  type FigureJson,
  type Json,
  plane,
  type PlaneOptions,
} from "./figure.ts";
import { apart, LETTER, LONGEST } from "./names.ts";
import { formatNumber, toJson } from "./numbers.ts";

const WHO = "plot.heatmap";

/** More rows or columns than this are drawn as means of neighbours. */
const MOST_SIDE = 500;
/** From so many rows or columns on, lines between cells would hide them. */
const TOUCHING = 64;

export interface HeatmapOptions extends PlaneOptions {
  /** Names of the rows, from the top, and of the columns; their numbers unless told. */
  readonly rows?: readonly string[];
  readonly columns?: readonly string[];
  /** Names of the axes: what columns and what rows are. */
  readonly x?: string;
  readonly y?: string;
  /** Values of the two ends of the colours; unless told, those of the data, and 0 in the middle if it has both signs. */
  readonly range?: readonly [number, number];
  /** Numbers in the cells that have room for them: true unless told. */
  readonly values?: boolean;
}

const optionNames = [
  "title",
  "height",
  "rows",
  "columns",
  "x",
  "y",
  "range",
  "values",
] satisfies (keyof HeatmapOptions)[];

/** In px: of a row, of the figure, and what stands around the drawing. */
const ROW = 28;
const TALLEST = 640;
const LOWEST = 160;
const AROUND = 90;
/** More cells than these have no room for numbers on any page. */
const MOST_NUMBERS = 1600;

export class Heatmap extends Figure {
  #matrix: Table;
  readonly #options: HeatmapOptions;

  constructor(matrix: Table, options: HeatmapOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    checkHeight(WHO, options.height);
    this.#matrix = matrix;
    this.#options = options;
    this.appear();
  }

  /** Draws again what the matrix holds now, or another one. */
  update(matrix: Table = this.#matrix): void {
    this.#matrix = matrix;
    this.redraw();
  }

  #read(): { readonly matrix: Matrix; readonly rows: Names; readonly columns: Names } {
    const matrix = readTable(this.#matrix, WHO);
    const { rows, columns } = this.#options;
    return {
      matrix,
      rows: namesOf("rows", rows, matrix.rows),
      columns: namesOf("columns", columns, matrix.columns),
    };
  }

  override toJSON(): FigureJson {
    const { matrix, rows, columns } = this.#read();
    return drawMatrix(matrix, rows, columns, this.#options);
  }

  protected override parts(): FigureParts | null {
    const { rows, columns } = readTable(this.#matrix, WHO);
    const [down, across] = [rows, columns].map((size) => Math.ceil(size / MOST_SIDE) || 1);
    if (down === 1 && across === 1) return null;
    const of = `${formatNumber(rows, 9)} x ${formatNumber(columns, 9)}`;
    return {
      controls: [],
      notes: [`Of ${of} numbers, each cell is the mean of ${down} x ${across}.`],
    };
  }

  override describe(): string {
    const { matrix, rows, columns } = this.#read();
    const { title } = this.#options;
    return `${title === undefined ? "" : `${title}: `}heat map of ${matrix.rows} x ${matrix.columns}${extremes(matrix, rows, columns)}`;
  }
}

/** One for each row or column. */
export type Names = readonly string[];

/** @throws RangeError when there is not one for each, DTypeError for what is no list. */
export function namesOf(what: string, names: unknown, count: number, who = WHO): Names {
  if (names === undefined) return Array.from({ length: count }, (_, i) => String(i));
  if (!Array.isArray(names))
    throw new DTypeError(`${who}: ${what} is no list - wanted a list of names`);
  sameLength(who, `names of ${what}`, names.length, what, count);
  return names.map(String);
}

/** A matrix as a figure: colours, names, and numbers where cells have room. */
export function drawMatrix(
  whole: Matrix,
  allRows: Names,
  allColumns: Names,
  options: HeatmapOptions,
): FigureJson {
  const { title, x, y, range, values = true } = options;
  const [down, across] = [whole.rows, whole.columns].map(
    (size) => Math.ceil(size / MOST_SIDE) || 1,
  );
  const { rows: height, columns: width, data } = coarse(whole, down ?? 1, across ?? 1);
  const [rows, columns] = [every(allRows, down ?? 1), every(allColumns, across ?? 1)];
  const z = Array.from({ length: height }, (_, i) =>
    Array.from(data.subarray(i * width, (i + 1) * width), toJson),
  );
  const ends = range ?? signedRange(data);
  const hasNumbers = values && width * height <= MOST_NUMBERS;
  const longest = Math.max(0, ...rows.map((name) => Math.min(LONGEST, name.length * LETTER)));
  const gap = (count: number) => (count < TOUCHING ? 1 : 0);
  const named = {
    x: escapeText(x ?? "column").replaceAll("%", "&#37;"),
    y: escapeText(y ?? "row").replaceAll("%", "&#37;"),
  };
  const trace: Json = {
    type: "heatmap",
    x: apart(columns),
    y: apart(rows),
    z,
    zmin: toJson(ends[0]),
    zmax: toJson(ends[1]),
    colorscale: colorscaleOf(ends),
    xgap: gap(width),
    ygap: gap(height),
    hoverongaps: false,
    hovertemplate: `${named.y} %{y}, ${named.x} %{x}: %{z}<extra></extra>`,
    ...(hasNumbers ? { text: textsOf(z, data), texttemplate: "%{text}" } : {}),
  };
  const wanted = Math.min(TALLEST, Math.max(LOWEST, height * ROW + AROUND));
  const drawn = plane({
    title,
    x,
    y,
    height: options.height ?? wanted,
    xAxis: { type: "category", tickangle: "auto", automargin: true, ticks: "", ...all(columns) },
    yAxis: { type: "category", autorange: "reversed", showgrid: false, ...all(rows) },
    annotations: [],
    right: 0,
  });
  const { margin } = drawn;
  return {
    data: [trace],
    layout: { ...drawn, margin: { ...(margin as Json), l: Math.round(longest) + 20 } },
  };
}

/** The name of the first of so many neighbours. */
function every(names: Names, step: number): Names {
  return step === 1 ? names : names.filter((_, i) => i % step === 0);
}

/** All to as many decimals as the largest needs for two digits, so that they are compared at a glance. */
function textsOf(
  z: readonly (readonly (number | null)[])[],
  data: Float64Array,
): readonly (readonly string[])[] {
  const most = data.reduce((high, value) => {
    const size = Math.abs(value);
    return size > high && size < Infinity ? size : high;
  }, 0);
  const decimals = most === 0 ? 0 : Math.min(20, Math.max(0, 2 - Math.ceil(Math.log10(most))));
  const write = (value: number) => formatNumber(Number(value.toFixed(decimals)), 9);
  return z.map((row) => row.map((value) => (value === null ? "" : write(value))));
}

/** Every name is wanted while there are few. */
function all(names: Names): Json {
  return names.length <= 40 ? { dtick: 1 } : {};
}

/** Where the lowest and the highest number stand, in words. */
function extremes({ columns: width, data }: Matrix, rows: Names, columns: Names): string {
  let [low, high] = [-1, -1];
  let odd = 0;
  data.forEach((value, at) => {
    if (!Number.isFinite(value)) odd += 1;
    else {
      if (low < 0 || value < data[low]!) low = at; // both are places in it
      if (high < 0 || value > data[high]!) high = at;
    }
  });
  const at = (place: number) =>
    `${formatNumber(data[place] ?? 0)} (${rows[Math.floor(place / width)]}, ${columns[place % width]})`;
  const spread = low < 0 ? "" : `, from ${at(low)} to ${at(high)}`;
  return `${spread}${odd === 0 ? "" : `, ${odd} not finite`}`;
}

/**
 * A matrix as colours: rows from the top, numbers in the cells where they have room, orange to blue
 * about zero where there are both signs.
 *
 * @throws RangeError when rows differ in length or names do not match them.
 * @example
 * plot.heatmap([[1, -0.5], [-0.5, 1]], { rows: ["length", "width"], columns: ["length", "width"] });
 * plot.heatmap(net.stateDict()["0.weight"], { x: "input", y: "unit", range: [-1, 1] });
 */
export function heatmap(matrix: Table, options: HeatmapOptions = {}): Heatmap {
  return new Heatmap(matrix, options);
}
