/** `plot.scatter`: points, and over them the lines of a model with the errors it makes. */
import { type Column, isTensor, readColumn, readTable, sameLength, type Table } from "./columns.ts";
import {
  type Curves,
  lineLabels,
  lineTraces,
  type NamedLine,
  readCurves,
  valuesAt,
} from "./curves.ts";
import { Figure, type FigureJson, type FigureOptions, plane, type Json } from "./figure.ts";
import { colorPoints, type PointColor } from "./groups.ts";
import { toJson } from "./numbers.ts";
import { colors, seriesColors } from "./palette.ts";
import { extentOf, linearScale } from "./ticks.ts";

/** Points as columns, or as rows of two numbers: `[[x, y], ...]` or a tensor of `[n, 2]`. */
export type Points = { readonly x: Column; readonly y: Column } | Table;

export interface ScatterOptions extends FigureOptions {
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
  /** Lowest and highest y; unless told, what the points need. */
  readonly range?: readonly [number, number];
}

export class ScatterFigure extends Figure {
  #points: Points;
  #options: ScatterOptions;

  constructor(points: Points, options: ScatterOptions) {
    super();
    this.#points = points;
    this.#options = options;
    this.appear();
  }

  /** Draws again. Functions and tensors are read anew; what `changes` names is replaced. */
  update(changes: ScatterOptions & { readonly points?: Points } = {}): void {
    const { points, ...options } = changes;
    if (points !== undefined) this.#points = points;
    this.#options = { ...this.#options, ...options };
    this.redraw();
  }

  override toJSON(): FigureJson {
    const { title, x: xName, y: yName, residuals = false, range } = this.#options;
    const { x, y } = readPoints(this.#points);
    const xScale = linearScale(extentOf(x), 0.04);
    const yScale = linearScale(range ?? extentOf(y), range === undefined ? 0.12 : 0);
    const lines = this.#lines(x);
    // A single line is the model: orange over blue points, unless its name says otherwise.
    const tints = lines.length === 1 ? [colors.validation] : seriesColors(lines.map((l) => l.name));
    const { annotations, margin } = lineLabels(lines, tints, yScale);
    const grouped = colorPoints(
      this.#options.color,
      this.#options.labels,
      x.length,
      "plot.scatter",
    );
    return {
      data: [
        ...(residuals ? residualBars(x, y, this.#options.line) : []),
        ...grouped.groups.map(({ name, indices, marker }) => ({
          type: "scatter",
          mode: "markers",
          name,
          x: indices.map((index) => toJson(x[index]!)), // indices are below the length
          y: indices.map((index) => toJson(y[index]!)),
          ...(this.#options.labels === undefined
            ? {}
            : { hovertext: indices.map((index) => this.#options.labels?.[index] ?? "") }),
          marker: { size: 8, ...marker },
        })),
        ...lineTraces(lines, tints),
      ],
      layout: {
        ...plane({
          title,
          x: xName,
          y: yName,
          xAxis: xScale.axis,
          yAxis: yScale.axis,
          annotations: [...annotations, ...grouped.annotations],
          right: margin,
        }),
        uirevision: "scatter",
      },
    };
  }

  #lines(x: readonly number[]): NamedLine[] {
    const { line } = this.#options;
    if (line === undefined) return [];
    return readCurves(line, x, "plot.scatter").map(byX);
  }

  override describe(): string {
    const { title, x = "x", y = "y", line, residuals = false } = this.#options;
    const count = readPoints(this.#points).x.length;
    const over =
      line === undefined ? "" : `, a line over them${residuals ? ", bars for its errors" : ""}`;
    return `${title === undefined ? "" : `${title}: `}${count} points, ${y} over ${x}${over}`;
  }
}

/**
 * Points, with the line of a model and its errors if you like.
 *
 *     plot.scatter({ x, y }, { line: (at) => w.value * at + b.value, residuals: true });
 *
 * @throws RangeError when x and y differ in length, or rows do not hold two numbers.
 */
export function scatter(points: Points, options: ScatterOptions = {}): ScatterFigure {
  return new ScatterFigure(points, options);
}

function readPoints(points: Points): { readonly x: number[]; readonly y: number[] } {
  const who = "plot.scatter";
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

/** One trace of separate vertical strokes from each point to the first line. */
function residualBars(
  x: readonly number[],
  y: readonly number[],
  line: Curves | undefined,
): readonly Json[] {
  if (line === undefined) return [];
  const at = valuesAt(line, x, "plot.scatter");
  return [
    {
      type: "scatter",
      mode: "lines",
      name: "error",
      hoverinfo: "skip",
      x: x.flatMap((value) => [toJson(value), toJson(value), null]),
      y: y.flatMap((value, index) => [toJson(value), toJson(at[index]!), null]), // one each
      line: { color: colors.validation, width: 1.5 },
      opacity: 0.55,
    },
  ];
}
