/** `plot.embedding`: rows of a matrix as points in two or three dimensions, followed while they learn. */
import { readTable, sameLength, type Matrix, type Table } from "./columns.ts";
import {
  escapeText,
  Figure,
  type FigureJson,
  type FigureOptions,
  type Json,
  wordsAbove,
} from "./figure.ts";
import { colorPoints, type PointColor } from "./groups.ts";
import { toJson } from "./numbers.ts";
import { aligned, centered, components, type Components, project } from "./pca.ts";
import { colors } from "./palette.ts";
import { flatTrace, spaceTrace } from "./point-traces.ts";
import { StillAxes } from "./still-axes.ts";

export interface EmbeddingOptions extends FigureOptions {
  /** One text a row. */
  readonly labels?: readonly string[];
  /** One class or number a row, or a function from label and index to one. */
  readonly color?: PointColor;
  /** Flat or in space; 2 unless told. */
  readonly dims?: 2 | 3;
  /**
   * "pca" looks from the side where rows differ most; "axes" takes the first columns as they are.
   * Unless told, rows that have just `dims` numbers are drawn as they are.
   */
  readonly method?: "pca" | "axes";
}

/** More points than this are thinned out, evenly: nobody can read more, and drawing would cost. */
const MOST_POINTS = 2000;
/** Above this many points, labels are shown on hover only. */
const MOST_LABELS = 120;

export class Projection extends Figure {
  readonly #matrix: Table;
  readonly #options: EmbeddingOptions;
  #before: { readonly components: Components | null; readonly points: Matrix } | null = null;
  readonly #axes = new StillAxes();

  constructor(matrix: Table, options: EmbeddingOptions) {
    super();
    this.#matrix = matrix;
    this.#options = options;
    const { rows } = this.#read();
    const { labels } = options;
    if (labels !== undefined) sameLength("plot.embedding", "labels", labels.length, "rows", rows);
    this.appear();
  }

  /** Says that the matrix has changed. Cheap to call every step: drawn at most once a frame. */
  update(): void {
    this.redraw();
  }

  #read(): Matrix {
    const matrix = readTable(this.#matrix, "plot.embedding");
    const { dims = 2 } = this.#options;
    if (matrix.columns < dims) {
      throw new RangeError(
        `plot.embedding: ${dims} dims need rows of at least ${dims} numbers, got a matrix of [${matrix.rows}, ${matrix.columns}]`,
      );
    }
    return matrix;
  }

  /** Coordinates, and which rows they belong to. */
  #points(): { readonly points: Matrix; readonly shown: readonly number[]; readonly rows: number } {
    const { dims = 2, method } = this.#options;
    const whole = this.#read();
    const shown = thinned(whole.rows);
    const matrix = pickRows(whole, shown);
    const useAxes = (method ?? (whole.columns === dims ? "axes" : "pca")) === "axes";
    const isFinite = matrix.data.every(Number.isFinite);
    let points: Matrix;
    let found: Components | null = null;
    if (useAxes || !isFinite || matrix.rows === 0) points = firstColumns(matrix, dims);
    else {
      const flat = centered(matrix);
      found = components(flat, dims, this.#before?.components ?? null);
      points = project(flat, found, dims);
      const last = this.#before;
      if (last !== null && last.components !== null && last.points.rows === points.rows) {
        points = aligned(points, last.points);
      }
    }
    // A broken frame must not become what the next one is aligned to.
    if (isFinite) this.#before = { components: found, points };
    return { points, shown, rows: whole.rows };
  }

  override toJSON(): FigureJson {
    const { dims = 2, labels, color, title } = this.#options;
    const { points, shown, rows } = this.#points();
    this.#axes.hold(points);
    const texts = shown.map((row) => labels?.[row] ?? String(row));
    const colorsOfShown =
      color === undefined || typeof color === "function"
        ? color
        : pick(color, shown, rows, "plot.embedding");
    const { groups, annotations } = colorPoints(
      colorsOfShown,
      texts,
      shown.length,
      "plot.embedding",
    );
    const isLabelled = labels !== undefined && shown.length <= MOST_LABELS;
    const style = { isLabelled, isShort: texts.every((text) => [...text].length <= 2) };
    const traces = groups.map((group) =>
      dims === 3 ? spaceTrace(group, points, texts, style) : flatTrace(group, points, texts, style),
    );
    const note = shown.length < rows ? [thinNote(shown.length, rows)] : [];
    return {
      data: traces,
      layout: {
        ...(title === undefined ? {} : { title: { text: escapeText(title) } }),
        annotations: [...annotations, ...note],
        ...(dims === 3 ? this.#space() : this.#plane()),
        uirevision: "embedding",
      },
    };
  }

  #plane(): Json {
    const axis = {
      showgrid: false,
      showticklabels: false,
      ticks: "",
      zeroline: true,
      zerolinecolor: colors.rule,
    };
    return {
      height: 420,
      xaxis: { ...axis, range: this.#axes.range(0).map(toJson) },
      // One unit is as long across as up: distances are what the figure is about.
      yaxis: {
        ...axis,
        range: this.#axes.range(1).map(toJson),
        scaleanchor: "x",
        constrain: "domain",
      },
      margin: { l: 12, r: 12, b: 12 },
    };
  }

  #space(): Json {
    const axis = (k: number) => ({
      range: this.#axes.range(k).map(toJson),
      showticklabels: false,
      title: { text: "" },
    });
    return {
      height: 420,
      scene: {
        xaxis: axis(0),
        yaxis: axis(1),
        zaxis: axis(2),
        aspectmode: "cube",
        camera: { eye: { x: 1.15, y: 1.15, z: 0.65 }, center: { x: 0, y: 0, z: -0.08 } },
      },
      margin: { l: 0, r: 0, b: 0 },
    };
  }

  override describe(): string {
    const { title, dims = 2, labels } = this.#options;
    const { rows, columns } = this.#read();
    const named =
      labels === undefined
        ? ""
        : `, labelled ${labels.slice(0, 5).join(", ")}${rows > 5 ? ", ..." : ""}`;
    return `${title === undefined ? "" : `${title}: `}${rows} rows of ${columns} numbers as points in ${dims} dimensions${named}`;
  }
}

/**
 * Rows of a matrix as points; `update()` follows it while it learns.
 *
 *     const map = plot.embedding(letters.weight, { labels: names.letters, color: vowel });
 *
 * @throws RangeError when the matrix has fewer columns than `dims`, or labels do not match its rows.
 */
export function embedding(matrix: Table, options: EmbeddingOptions = {}): Projection {
  return new Projection(matrix, options);
}

function thinNote(shown: number, rows: number): Json {
  return wordsAbove(`${shown} of ${rows} rows, evenly chosen`);
}

function thinned(rows: number): readonly number[] {
  const count = Math.min(rows, MOST_POINTS);
  return Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}

function pickRows({ columns, data, rows }: Matrix, shown: readonly number[]): Matrix {
  if (shown.length === rows) return { rows, columns, data };
  const picked = new Float64Array(shown.length * columns);
  shown.forEach((row, i) =>
    picked.set(data.subarray(row * columns, (row + 1) * columns), i * columns),
  );
  return { rows: shown.length, columns, data: picked };
}

function pick(
  values: ArrayLike<string | number>,
  shown: readonly number[],
  rows: number,
  who: string,
): readonly (string | number)[] {
  sameLength(who, "colours", values.length, "rows", rows);
  return shown.map((row) => values[row]!); // as many as rows
}

function firstColumns({ rows, columns, data }: Matrix, dims: number): Matrix {
  const out = new Float64Array(rows * dims);
  for (let i = 0; i < rows; i++) out.set(data.subarray(i * columns, i * columns + dims), i * dims);
  return { rows, columns: dims, data: out };
}
