/** `plot.scatter`: points, and over them the lines of a model with the errors it makes. */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import {
  type Adjustable,
  type Column,
  isColumn,
  isTensor,
  readColumn,
  readTable,
  sameLength,
  type Table,
} from "./columns.ts";
import {
  type Curves,
  lineLabels,
  lineTraces,
  type NamedLine,
  readCurves,
  valuesAt,
} from "./curves.ts";
import type { FigureParts } from "../protocol.ts";
import { checkOptions } from "../tensor/options.ts";
import {
  checkHeight,
  drawingHeight,
  Figure,
  type FigureJson,
  escapeText,
  plane,
  type PlaneOptions,
  type Json,
} from "./figure.ts";
import { drawMarks, type Mark } from "./guides.ts";
import { colorPoints, type PointColor } from "./groups.ts";
import { counted, formatNumber, toJson } from "./numbers.ts";
import { colors, seriesColors } from "./palette.ts";
import { diameters, plotlySymbol, type PointSymbol, symbolOf } from "./symbols.ts";
import {
  axesEnds,
  type AxesRange,
  checkAxes,
  extentOf,
  hasLogX,
  hasLogY,
  type LogAxes,
  over,
  scaleOf,
} from "./ticks.ts";

/** Points as columns, or as rows of two numbers: `[[x, y], ...]` or a tensor of `[n, 2]`. */
export type Points = { readonly x: Column; readonly y: Column } | Table;

export interface ScatterOptions extends PlaneOptions {
  /** Names of the axes. */
  readonly x?: string;
  readonly y?: string;
  /** A line over the points, as a function of x, or several by name. Functions are asked at every drawing. */
  readonly line?: Curves;
  /** Bars from each point to the first line: the errors, one by one. */
  readonly residuals?: boolean;
  /** One text a point, shown on hover. */
  readonly labels?: readonly string[];
  /** Colour: one class or number a point, or a function from label and index to one. */
  readonly color?: PointColor;
  /** Lowest and highest y, or those of x and of y: `[[-3, 3], null]`. Unless told, what the points need. */
  readonly range?: AxesRange;
  /** Logarithmic axes: `true` or "y", "x", or "xy" for both. */
  readonly log?: LogAxes;
  /** Diameter in px: one for all, or one a point; 8 unless told. */
  readonly size?: Adjustable | Column;
  /** The shape of all points, or one for each class in turn; classes differ in shape unless told. */
  readonly symbol?: PointSymbol | readonly PointSymbol[];
  /** Places to look at: `{ y: 0 }`, `{ x: 3, label: "mean" }`, or a point `{ x: 3, y: 1 }`. */
  readonly marks?: readonly Mark[];
}

const optionNames = [
  "title",
  "height",
  "x",
  "y",
  "line",
  "residuals",
  "labels",
  "color",
  "range",
  "log",
  "size",
  "symbol",
  "marks",
] satisfies (keyof ScatterOptions)[];

/** More points than these would hold up the page: evenly chosen ones are drawn, and those farthest out. */
const MOST_POINTS = 5000;

export class ScatterFigure extends Figure {
  #points: Points;
  #options: ScatterOptions;

  constructor(points: Points, options: ScatterOptions) {
    super();
    this.#points = points;
    this.#options = options;
    this.#check();
    this.appear();
  }

  /** Draws again. Functions and tensors are read anew; what `changes` names is replaced. */
  update(changes: ScatterOptions & { readonly points?: Points } = {}): void {
    const { points, ...options } = changes;
    if (points !== undefined) this.#points = points;
    this.#options = { ...this.#options, ...options };
    this.#check();
    this.redraw();
  }

  #check(): void {
    checkOptions("plot.scatter", this.#options, optionNames);
    checkHeight("plot.scatter", this.#options.height);
    checkAxes("plot.scatter", this.#options);
  }

  override toJSON(): FigureJson {
    const { title, x: xName, y: yName, residuals = false, range, log, height } = this.#options;
    const { labels, size = 8, symbol, marks = [] } = this.#options;
    const { x, y } = readPoints(this.#points);
    const ends = axesEnds(range);
    const xScale = scaleOf([x], hasLogX(log), 0.04, ends.x);
    const yScale = scaleOf([over(ends.x, x, y)], hasLogY(log), 0.12, ends.y);
    const sizes = diameters(size, x.length, "plot.scatter");
    const lines = this.#lines(x);
    // A single line is the model: orange over blue points, unless its name says otherwise.
    const tints = lines.length === 1 ? [colors.validation] : seriesColors(lines.map((l) => l.name));
    const heightPx = drawingHeight(this.#options);
    const { annotations, margin } = lineLabels(lines, tints, xScale, yScale, heightPx);
    const drawn = drawMarks(marks, xScale, yScale, "plot.scatter");
    const shown = shownOf(x, y);
    const grouped = colorPoints(this.#options.color, labels, x.length, "plot.scatter", {
      symbols: (rank) => symbolOf(symbol, rank),
      shown,
    });
    return {
      data: [
        ...(residuals ? residualBars(x, y, shown, this.#options.line) : []),
        ...grouped.groups.map(({ name, indices, marker }, rank) => ({
          type: "scatter",
          mode: "markers",
          name,
          x: indices.map((index) => toJson(x[index]!)), // indices are below the length
          y: indices.map((index) => toJson(y[index]!)),
          ...(labels === undefined
            ? {}
            : { hovertext: indices.map((index) => escapeText(labels[index] ?? "")) }),
          marker: {
            size: typeof sizes === "number" ? sizes : indices.map((index) => sizes[index]),
            symbol: plotlySymbol(symbolOf(symbol, rank)),
            ...marker,
          },
        })),
        ...lineTraces(lines, tints),
        ...drawn.data,
      ],
      layout: {
        ...plane({
          title,
          x: xName,
          y: yName,
          xAxis: xScale.axis,
          yAxis: yScale.axis,
          annotations: [...annotations, ...grouped.annotations, ...drawn.annotations],
          right: margin,
          height,
        }),
        shapes: drawn.shapes,
        uirevision: "scatter",
      },
    };
  }

  protected override parts(): FigureParts | null {
    const { length } = readPoints(this.#points).x;
    if (length <= MOST_POINTS) return null;
    const all = formatNumber(length, 9);
    return {
      controls: [],
      notes: [`About ${formatNumber(MOST_POINTS)} of ${all} points are drawn, evenly chosen.`],
    };
  }

  #lines(x: readonly number[]): NamedLine[] {
    const { line, log, range } = this.#options;
    if (line === undefined) return [];
    const shown = axesEnds(range).x;
    return readCurves(line, x, { who: "plot.scatter", logX: hasLogX(log), shown }).map(byX);
  }

  override describe(): string {
    const { title, x = "x", y = "y", line, residuals = false } = this.#options;
    const points = readPoints(this.#points);
    const span = (values: readonly number[]) => {
      const extent = extentOf(values);
      return extent === null ? "" : ` from ${extent.map((end) => formatNumber(end)).join(" to ")}`;
    };
    const over =
      line === undefined ? "" : `, a line over them${residuals ? ", bars for its errors" : ""}`;
    return `${title === undefined ? "" : `${title}: `}${counted(points.x.length, "point")}, ${y}${span(points.y)} over ${x}${span(points.x)}${over}`;
  }
}

/**
 * Points, with the line of a model and its errors if you like.
 *
 * @throws RangeError when x and y differ in length, or rows do not hold two numbers.
 * @example
 * plot.scatter({ x, y }, { line: (at) => w.value * at + b.value, residuals: true });
 * plot.scatter(points, { color: labels, size: 5, symbol: ["circle", "cross"] });
 */
export function scatter(points: Points, options: ScatterOptions = {}): ScatterFigure {
  if (isColumn(options))
    throw new DTypeError("plot.scatter: two columns - wanted one object", "plot.scatter({ x, y })");
  return new ScatterFigure(points, options);
}

function readPoints(points: Points): { readonly x: number[]; readonly y: number[] } {
  const who = "plot.scatter";
  if (typeof points !== "object" || points === null)
    throw new DTypeError(`${who}: ${kindOf(points)} - wanted { x, y }, or rows of two numbers`);
  if (!isColumn(points)) {
    const missing = ["x", "y"].find((name) => !isColumn(Reflect.get(points, name)));
    if (missing !== undefined)
      throw new DTypeError(
        `${who}: no column as ${missing} - wanted { x, y }, or rows of two numbers`,
      );
  }
  if (!isTensor(points) && "x" in points && "y" in points) {
    const x = readColumn(points.x, who);
    const y = readColumn(points.y, who);
    sameLength(who, "values of y", y.length, "of x", x.length);
    return { x, y };
  }
  const table = readTable(points, who);
  if (table.columns !== 2 && table.rows > 0) {
    throw new RangeError(`${who}: two numbers a point are wanted, got ${table.columns}`);
  }
  const column = (which: number) =>
    Array.from({ length: table.rows }, (_, row) => table.data[row * 2 + which]!); // in range
  return { x: column(0), y: column(1) };
}

/** Lines run from left to right, whatever the order of the points they are given at. */
function byX(line: NamedLine): NamedLine {
  const order = line.x.map((_, index) => index);
  order.sort((a, b) => line.x[a]! - line.x[b]!); // positions of the line
  const pick = (values: readonly number[]) => order.map((index) => values[index]!);
  return { name: line.name, x: pick(line.x), y: pick(line.y) };
}

/** The places of the points that are drawn. */
function shownOf(x: readonly number[], y: readonly number[]): readonly number[] {
  if (x.length <= MOST_POINTS) return x.map((_, i) => i);
  const every = x.length / MOST_POINTS;
  const ends = [x, y].flatMap((values) =>
    (extentOf(values) ?? []).map((end) => values.indexOf(end)),
  );
  const chosen = Array.from({ length: MOST_POINTS }, (_, i) => Math.floor(i * every));
  return [...new Set([...chosen, ...ends])].toSorted((a, b) => a - b);
}

/** One trace of separate vertical strokes from each point that is shown to the first line. */
function residualBars(
  x: readonly number[],
  y: readonly number[],
  shown: readonly number[],
  line: Curves | undefined,
): readonly Json[] {
  if (line === undefined) return [];
  const at = valuesAt(line, x, "plot.scatter");
  // One each, and all that are shown are points.
  const both = (i: number) => [toJson(x[i]!), toJson(x[i]!), null];
  const bar = (i: number) => [toJson(y[i]!), toJson(at[i]!), null];
  return [
    {
      type: "scatter",
      mode: "lines",
      name: "error",
      hoverinfo: "skip",
      x: shown.flatMap(both),
      y: shown.flatMap(bar),
      line: { color: colors.validation, width: 1.5 },
      opacity: 0.55,
    },
  ];
}
