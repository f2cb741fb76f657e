/** `plot.line`: lines through numbers, or of functions, drawn again by `update()`. */
import { type Column, isColumn, readColumn } from "./columns.ts";
import { type Curves, lineColors, lineLabels, lineTraces, readCurves } from "./curves.ts";
import { Figure, type FigureJson, type FigureOptions, plane } from "./figure.ts";
import { extentOf, joinExtents, linearScale, logScale } from "./ticks.ts";

export interface LineOptions extends FigureOptions {
  /** Names of the axes. */
  readonly x?: string;
  readonly y?: string;
  /** Logarithmic y axis. */
  readonly log?: boolean;
  /** Lowest and highest y; unless told, what the lines need. Fixed axes keep a moving line readable. */
  readonly range?: readonly [number, number];
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
    return readCurves(this.#curves, x, "plot.line");
  }

  override toJSON(): FigureJson {
    const { title, x, y, log = false, range } = this.#options;
    const lines = this.#lines();
    const tints = lineColors(lines);
    const extent = range ?? joinExtents(lines.map((line) => extentOf(line.y, log)));
    const room = range === undefined ? 0.05 : 0;
    const yScale = log ? logScale(extent, room) : linearScale(extent, room);
    const xScale = linearScale(joinExtents(lines.map((line) => extentOf(line.x))), 0);
    const { annotations, margin } = lineLabels(lines, tints, yScale);
    return {
      data: lineTraces(lines, tints),
      layout: {
        ...plane({
          title,
          x,
          y,
          xAxis: xScale.axis,
          yAxis: yScale.axis,
          annotations,
          right: margin,
        }),
        uirevision: "line",
      },
    };
  }

  override describe(): string {
    const { title, x = "x", y = "y" } = this.#options;
    const lines = this.#lines();
    const names = lines.map((line) => line.name).filter((name) => name !== "");
    const what = names.length === 0 ? y : names.join(", ");
    return `${title === undefined ? "" : `${title}: `}line of ${what} over ${x}, ${lines[0]?.x.length ?? 0} points`;
  }
}

/**
 * Lines through numbers, or of functions of x; several by name.
 *
 *     plot.line([3, 1, 2]);
 *     plot.line(x, { target: y, model: (at) => w.value * at + b.value }, { y: "height" });
 *
 * @throws RangeError when x and y differ in length.
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

const optionNames = new Set(["title", "x", "y", "log", "range"]);

/** Curves by name and options are both plain objects: options hold no curves. */
function isOptions(value: Curves | LineOptions): value is LineOptions {
  if (isColumn(value) || typeof value === "function") return false;
  return Object.entries(value).every(([key, held]) => {
    const isCurve = isColumn(held) || typeof held === "function";
    return optionNames.has(key) && (key === "range" || !isCurve);
  });
}
