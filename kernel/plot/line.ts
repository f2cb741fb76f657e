/** `plot.line`: lines through numbers, or of functions, drawn again by `update()`. */
import { checkOptions } from "../tensor/options.ts";
import type { BandKind } from "./bands.ts";
import { type Column, isColumn, readColumn } from "./columns.ts";
import { type Curves, lineColors, lineLabels, lineTraces, readCurves } from "./curves.ts";
import {
  checkHeight,
  drawingHeight,
  Figure,
  type FigureJson,
  plane,
  type PlaneOptions,
} from "./figure.ts";
import { drawMarks, type Mark } from "./guides.ts";
import { counted, formatNumber } from "./numbers.ts";
import {
  axesEnds,
  type AxesRange,
  checkAxes,
  hasLogX,
  hasLogY,
  type LogAxes,
  over,
  scaleOf,
} from "./ticks.ts";

export interface LineOptions extends PlaneOptions {
  /** Names of the axes. */
  readonly x?: string;
  readonly y?: string;
  /** Logarithmic axes: `true` or "y", "x", or "xy" for both. Values of zero and below leave a gap. */
  readonly log?: LogAxes;
  /**
   * Lowest and highest y, or those of x and of y: `[[-3, 3], null]`. Unless told, what the lines need. Fixed
   * axes keep a moving line readable.
   */
  readonly range?: AxesRange;
  /** Places to look at: `{ y: 0.05, label: "noise" }`, `{ x: 3 }`, or a point `{ x: 3, y: 1 }`. */
  readonly marks?: readonly Mark[];
  /** Around the mean of rows: from lowest to highest ("range"), or one standard deviation ("std"). */
  readonly band?: BandKind;
}

export class LineFigure extends Figure {
  #x: Column | null;
  #curves: Curves;
  readonly #options: LineOptions;

  constructor(x: Column | null, curves: Curves, options: LineOptions) {
    super();
    this.#x = x;
    this.#curves = curves;
    this.#options = options;
    checkOptions("plot.line", options, optionNames);
    checkHeight("plot.line", options.height);
    checkAxes("plot.line", options);
    this.appear();
  }

  /** Draws again: functions and tensors are read anew, or other numbers take the place of the first. */
  update(): void;
  update(curves: Curves): void;
  update(x: Column, curves: Curves): void;
  update(first?: Curves, second?: Curves): void {
    const [x, curves] = inOrder(first, second);
    if (x !== null) this.#x = x;
    if (curves !== undefined) this.#curves = curves;
    this.redraw();
  }

  #lines() {
    const x = this.#x === null ? null : readColumn(this.#x, "plot.line");
    const { log, band, range } = this.#options;
    const shown = axesEnds(range).x;
    return readCurves(this.#curves, x, { who: "plot.line", logX: hasLogX(log), band, shown });
  }

  override toJSON(): FigureJson {
    const { title, x, y, log, range, height, marks = [] } = this.#options;
    const lines = this.#lines();
    const tints = lineColors(lines);
    const ends = axesEnds(range);
    const heights = lines.flatMap(({ x: at, y: own, band }) =>
      [own, band?.low ?? [], band?.high ?? []].map((each) => over(ends.x, at, each)),
    );
    const yScale = scaleOf(heights, hasLogY(log), 0.05, ends.y);
    const places = lines.map((each) => each.x);
    const xScale = scaleOf(places, hasLogX(log), 0, ends.x);
    const heightPx = drawingHeight(this.#options);
    const { annotations, margin } = lineLabels(lines, tints, xScale, yScale, heightPx);
    const drawn = drawMarks(marks, xScale, yScale, "plot.line");
    return {
      data: [...lineTraces(lines, tints), ...drawn.data],
      layout: {
        ...plane({
          title,
          x,
          y,
          xAxis: xScale.axis,
          yAxis: yScale.axis,
          annotations: [...annotations, ...drawn.annotations],
          right: margin,
          height,
        }),
        shapes: drawn.shapes,
        hovermode: "x",
        uirevision: "line",
      },
    };
  }

  override describe(): string {
    const { title, x = "x", y = "y" } = this.#options;
    const lines = this.#lines();
    const names = lines.map((line) => line.name).filter((name) => name !== "");
    const what = names.length === 0 ? y : names.join(", ");
    const from = lines.flatMap(({ name, y: values }) => {
      const finite = values.filter(Number.isFinite);
      if (finite.length === 0) return [];
      const [first, last] = [finite[0], finite.at(-1)].map((each) => formatNumber(each ?? NaN));
      return `${name === "" ? "" : `${name} `}from ${first} to ${last}`;
    });
    const ends = from.length === 0 ? "" : `, ${from.join(", ")}`;
    return `${title === undefined ? "" : `${title}: `}line of ${what} over ${x}, ${counted(lines[0]?.x.length ?? 0, "point")}${ends}`;
  }
}

/**
 * Lines through numbers, or of functions of x; several by name.
 *
 * @throws RangeError when x and y differ in length. DTypeError for an option that there is not.
 * @example
 * plot.line([3, 1, 2]);
 * plot.line(x, { target: y, model: (at) => w.value * at + b.value }, { y: "height" });
 * plot.line(Math.sin, { range: [[-6, 6], [-1, 1]] });
 * plot.line(seeds, { y: "loss", log: "xy", height: 200, marks: [{ y: 0.01, label: "noise" }] });
 */
export function line(curves: Curves, options?: LineOptions): LineFigure;
export function line(x: Column, curves: Curves, options?: LineOptions): LineFigure;
export function line(
  first: Curves,
  second?: Curves | LineOptions,
  third?: LineOptions,
): LineFigure {
  if (second === undefined || isOptions(second)) return new LineFigure(null, first, second ?? {});
  const [x, curves] = inOrder(first, second);
  return new LineFigure(x, curves ?? first, third ?? {});
}

/** Curves alone, or x and curves. A record of curves cannot be x. */
function inOrder(
  first: Curves | undefined,
  second: Curves | undefined,
): readonly [x: Column | null, curves: Curves | undefined] {
  if (second === undefined) return [null, first];
  if (!isColumn(first)) {
    throw new TypeError("plot.line: x must be one column of numbers when y is given too");
  }
  return [first, second];
}

const optionNames = [
  "title",
  "height",
  "x",
  "y",
  "log",
  "range",
  "marks",
  "band",
] satisfies (keyof LineOptions)[];

/** Curves by name and options are both plain objects: options hold no curves. */
function isOptions(value: Curves | LineOptions): value is LineOptions {
  if (isColumn(value) || typeof value === "function" || value instanceof Map) return false;
  const lists: readonly string[] = ["range", "marks"] satisfies (keyof LineOptions)[];
  return Object.entries(value).every(
    ([key, held]) => lists.includes(key) || !(isColumn(held) || typeof held === "function"),
  );
}
