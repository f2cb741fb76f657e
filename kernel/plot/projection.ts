/**
 * `plot.embedding`: rows of a matrix as points in two or three dimensions, followed while they learn.
 * The kernel sends the rows and a still picture; layouts are computed on the page, by a worker of the
 * figure's own (`app/outputs/projector/`), so they cost the kernel nothing.
 */
import { checkNumber, checkOptions } from "../tensor/options.ts";
import { defaultGenerator } from "../tensor/random.ts";
import type { MimeBundle } from "../protocol.ts";
import { isTensor, type Matrix, readColumn, readTable, sameLength, type Table } from "./columns.ts";
import {
  escapeText,
  Figure,
  type FigureJson,
  type FigureOptions,
  type Json,
  wordsAbove,
} from "./figure.ts";
import { colorPoints, type PointColor, type PointGroup } from "./groups.ts";
import { alongDirection, firstColumns, type Principal, principal } from "./layouts/linear.ts";
import { pickPictures, type RowPictures, toPixels } from "./pictures.ts";
import { flatTrace, spaceTrace } from "./point-traces.ts";
import { flat, space } from "./projection-axes.ts";
import {
  PROJECTION_MIME,
  printProjection,
  type ProjectionMethod,
  projectionMethods,
  type ProjectionView,
  type RowColors,
  type RowImages,
} from "./projection-view.ts";
import { StillAxes } from "./still-axes.ts";

const WHO = "plot.embedding";

export interface EmbeddingOptions extends FigureOptions {
  /** The rows that are shown, by label or number; all unless told. */
  readonly rows?: readonly (string | number)[];
  /** One text a row. */
  readonly labels?: readonly string[];
  /** One class or number a row, or a function from label and index to one. */
  readonly color?: PointColor;
  /** One small picture a row, shown on hover: `[rows, height, width]`, or rows of a square's numbers. */
  readonly images?: RowPictures;
  /** Flat or in space; 2 unless told. The reader can change it. */
  readonly dims?: 2 | 3;
  /**
   * "pca" looks from the side where rows differ most; "tsne" and "umap" keep neighbours together, step by
   * step before the reader's eyes; "axes" takes the first columns as they are. Unless told, rows that have
   * just `dims` numbers are drawn as they are. The reader can change it.
   */
  readonly method?: ProjectionMethod;
  /** Two rows, by label or number: across is the way from the one to the other. */
  readonly direction?: readonly [from: string | number, to: string | number];
  /** t-SNE: about how many neighbours count for a row; 30 unless told. */
  readonly perplexity?: number;
  /** UMAP: how many rows count as near; 15 unless told. */
  readonly neighbours?: number;
  /** UMAP: how near to each other points may lie; 0.1 unless told. */
  readonly minDist?: number;
}

const optionNames = [
  "labels",
  "color",
  "images",
  "dims",
  "method",
  "direction",
  "perplexity",
  "neighbours",
  "minDist",
  "rows",
  "title",
] as const;

/** More points than this are thinned out, evenly: in the projector, and in its still picture. */
const MOST_ROWS = 10_000;
const MOST_STILL = 2000;
/** More numbers than this are too much for a page to take over. */
const MOST_NUMBERS = 8_000_000;
/** Above this many points, labels are shown on hover only. */
const MOST_LABELS = 120;

/** Some rows of the matrix. */
interface Part {
  readonly matrix: Matrix;
  /** Their numbers in the whole. */
  readonly shown: readonly number[];
  readonly rows: number;
}

export class Projection extends Figure {
  readonly #matrix: Table;
  readonly #options: EmbeddingOptions;
  readonly #seed = seedOfNow();
  #images: RowImages | null = null;
  #before: Principal | null = null;
  readonly #axes = new StillAxes();

  constructor(matrix: Table, options: EmbeddingOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    this.#matrix = matrix;
    this.#options = options;
    const { rows } = this.#read();
    const { labels, method, perplexity, neighbours, minDist } = options;
    if (labels !== undefined) sameLength(WHO, "labels", labels.length, "rows", rows);
    if (method !== undefined && !projectionMethods.includes(method)) {
      const wanted = projectionMethods.map((each) => JSON.stringify(each)).join(", ");
      throw new RangeError(`${WHO}: method ${JSON.stringify(method)} - wanted ${wanted}`);
    }
    if (perplexity !== undefined) checkNumber(WHO, "perplexity", perplexity, 2, 100);
    if (neighbours !== undefined) checkNumber(WHO, "neighbours", neighbours, 2, 200);
    if (minDist !== undefined) checkNumber(WHO, "minDist", minDist, 0.001, 1);
    if (options.rows?.length === 0)
      throw new RangeError(`${WHO}: an empty list of rows - wanted some, or none said for all`);
    this.#pictures(this.#sent());
    this.appear();
  }

  /** Says that the matrix has changed. Cheap to call every step: drawn at most once a frame. */
  update(): void {
    this.redraw();
  }

  #read(): Matrix {
    const matrix = readTable(this.#matrix, WHO);
    const { dims = 2 } = this.#options;
    if (dims !== 2 && dims !== 3)
      throw new RangeError(`${WHO}: dims is ${String(dims)} - wanted 2 or 3`);
    if (matrix.columns < dims) {
      throw new RangeError(
        `${WHO}: ${dims} dims need rows of at least ${dims} numbers, got a matrix of [${matrix.rows}, ${matrix.columns}]`,
      );
    }
    return matrix;
  }

  /** The rows between which "direction" measures, in the whole matrix; null when none were named. */
  #direction(): readonly [number, number] | null {
    const { direction, labels, method } = this.#options;
    if (direction === undefined) return null;
    if (method !== undefined && method !== "direction")
      throw new RangeError(`${WHO}: a direction needs the method "direction", got "${method}"`);
    const { rows } = this.#read();
    const find = (name: string | number) => rowOf(name, labels, rows, " as a direction's end");
    return [find(direction[0]), find(direction[1])];
  }

  /** At most so many of the rows that are to be shown. */
  #chosen(rows: number, most: number): readonly number[] {
    const { rows: wanted, labels } = this.#options;
    if (wanted === undefined) return thinned(rows, most);
    const named = new Set(wanted.map((name) => rowOf(name, labels, rows, "")));
    const all = [...named].toSorted((a, b) => a - b);
    return thinned(all.length, most).map((i) => all[i]!); // in range
  }

  #method(columns: number): ProjectionMethod {
    const { dims = 2, method, direction } = this.#options;
    if (direction !== undefined) return "direction";
    return method ?? (columns === dims ? "axes" : "pca");
  }

  /** The still picture's points: for layouts that take many steps, what they begin with. */
  #points({ matrix, shown }: Part): Matrix {
    const { dims = 2 } = this.#options;
    const method = this.#method(matrix.columns);
    const isFinite = matrix.data.every(Number.isFinite);
    if (method === "axes" || !isFinite || matrix.rows === 0) return firstColumns(matrix, dims);
    const ends = this.#direction()?.map((row) => shown.indexOf(row));
    const [from = -1, to = -1] = ends ?? [];
    if (method === "direction" && from >= 0 && to >= 0)
      return alongDirection(matrix, [from, to], dims);
    // A broken frame does not become what the next one is aligned to.
    this.#before = principal(matrix, dims, this.#before);
    return this.#before.points;
  }

  #part(most: (matrix: Matrix) => readonly number[]): Part {
    const whole = this.#read();
    const chosen = most(whole);
    const ends = this.#direction() ?? [];
    // Both ends of a direction are among the rows, however these are thinned.
    const shown =
      chosen.length === whole.rows
        ? chosen
        : [...new Set([...chosen, ...ends])].toSorted((a, b) => a - b);
    return { matrix: pickRows(whole, shown), shown, rows: whole.rows };
  }

  /** The rows that the page gets. */
  #sent(): Part {
    return this.#part(({ rows, columns }) =>
      this.#chosen(rows, Math.min(MOST_ROWS, Math.floor(MOST_NUMBERS / columns))),
    );
  }

  #groups({ shown, rows }: Part) {
    const { labels, color } = this.#options;
    const texts = shown.map((row) => labels?.[row] ?? String(row));
    const own =
      color === undefined || typeof color === "function"
        ? color
        : pick(isTensor(color) ? readColumn(color, WHO) : color, shown, rows);
    return { texts, ...colorPoints(own, texts, shown.length, WHO) };
  }

  override toJSON(): FigureJson {
    const { dims = 2, labels, title } = this.#options;
    const part = this.#part(({ rows }) => this.#chosen(rows, MOST_STILL));
    const points = this.#points(part);
    this.#axes.hold(points);
    const { texts, groups, annotations } = this.#groups(part);
    const isLabelled = labels !== undefined && texts.length <= MOST_LABELS;
    const style = { isLabelled, isShort: texts.every((text) => [...text].length <= 2) };
    const traces = groups.map((group) =>
      dims === 3 ? spaceTrace(group, points, texts, style) : flatTrace(group, points, texts, style),
    );
    return {
      data: traces,
      layout: {
        ...(title === undefined ? {} : { title: { text: escapeText(title) } }),
        annotations: [...annotations, ...this.#notes(part)],
        ...(dims === 3 ? space(this.#axes) : flat(this.#axes)),
        uirevision: "embedding",
      },
    };
  }

  #notes({ matrix, shown, rows }: Part): readonly Json[] {
    const method = this.#method(matrix.columns);
    const isStart = method === "tsne" || method === "umap";
    const words = [
      ...(isStart ? ["principal components"] : []),
      ...(shown.length < rows
        ? [
            `${shown.length} of ${rows} rows${this.#options.rows === undefined ? ", evenly chosen" : ""}`,
          ]
        : []),
    ];
    return words.length === 0 ? [] : [wordsAbove(words.join("; "))];
  }

  /** Read once: what a row stands for does not change while it learns. */
  #pictures({ shown, rows }: Part): RowImages | null {
    const { images } = this.#options;
    if (images === undefined) return null;
    this.#images ??= pickPictures(toPixels(images, rows, WHO), shown, rows);
    return this.#images;
  }

  #view(): ProjectionView {
    const { dims = 2, labels, title, color } = this.#options;
    const { perplexity = 30, neighbours = 15, minDist = 0.1 } = this.#options;
    const part = this.#sent();
    const { matrix, shown, rows } = part;
    const [from, to] = this.#direction() ?? [];
    const groups = color === undefined ? null : this.#groups(part).groups;
    return {
      title: title ?? null,
      rows: matrix.rows,
      columns: matrix.columns,
      vectors: Float32Array.from(matrix.data),
      of: rows,
      labels: labels === undefined ? null : shown.map((row) => labels[row] ?? ""),
      colors: groups === null ? null : rowColors(groups, matrix.rows),
      images: this.#pictures(part),
      method: this.#method(matrix.columns),
      dims,
      perplexity,
      neighbours,
      minDist,
      direction:
        from === undefined || to === undefined ? null : [shown.indexOf(from), shown.indexOf(to)],
      seed: this.#seed,
    };
  }

  override toBundle(): MimeBundle {
    return { [PROJECTION_MIME]: printProjection(this.#view()), ...super.toBundle() };
  }

  override describe(): string {
    const { title, dims = 2, labels } = this.#options;
    const { rows, columns } = this.#read();
    const shown = this.#chosen(rows, rows);
    const texts = shown.slice(0, 5).map((row) => labels?.[row] ?? "");
    const named =
      labels === undefined
        ? ""
        : `, labelled ${texts.join(", ")}${shown.length > 5 ? ", ..." : ""}`;
    const part = shown.length < rows ? `${shown.length} of ` : "";
    return `${title === undefined ? "" : `${title}: `}${part}${rows} rows of ${columns} numbers as points in ${dims} dimensions${named}`;
  }
}

/**
 * Rows of a matrix as points; `update()` follows it while it learns.
 *
 *     const map = plot.embedding(letters.weight, { labels: names.letters, color: vowel });
 *     plot.embedding(words.weight, { labels: words, rows: ["king", "queen", "man", "woman"] });
 *     plot.embedding(digits.x, { color: digits.y, images: digits.x, method: "umap" });
 *
 * @throws RangeError when the matrix has fewer columns than `dims`, or labels do not match its rows.
 */
export function embedding(matrix: Table, options: EmbeddingOptions = {}): Projection {
  return new Projection(matrix, options);
}

/** A row by its label or number. @throws RangeError where there is none. */
function rowOf(
  name: string | number,
  labels: readonly string[] | undefined,
  rows: number,
  as: string,
): number {
  const row = typeof name === "number" ? name : (labels?.indexOf(name) ?? -1);
  if (Number.isInteger(row) && row >= 0 && row < rows) return row;
  throw new RangeError(
    typeof name === "number"
      ? `${WHO}: row ${name}${as} - there are ${rows} rows`
      : `${WHO}: no row is labelled ${JSON.stringify(name)}`,
  );
}

/** A number that the notebook's seed decides; nothing is drawn, so that training goes on as without the figure. */
function seedOfNow(): number {
  const { words, position } = defaultGenerator.getState();
  return ((words[position % words.length] ?? 0) ^ position) >>> 0;
}

function thinned(rows: number, most: number): readonly number[] {
  const count = Math.min(rows, most);
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
): readonly (string | number)[] {
  sameLength(WHO, "colours", values.length, "rows", rows);
  return shown.map((row) => values[row]!); // as many as rows
}

function rowColors(groups: readonly PointGroup[], rows: number): RowColors {
  const [first] = groups;
  const quantity: unknown = first?.marker["color"];
  if (Array.isArray(quantity)) {
    const of = Float32Array.from(quantity as (number | null)[], (each) => each ?? Number.NaN);
    return { kind: "quantity", of };
  }
  const of = new Uint16Array(rows);
  groups.forEach(({ indices }, rank) => indices.forEach((index) => (of[index] = rank)));
  return { kind: "classes", names: groups.map(({ name }) => name), of };
}
