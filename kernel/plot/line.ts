/** `plot.line`: lines through numbers, or of functions, drawn again by `update()`. */
import { type Column, isColumn, readColumn } from "./columns.ts";
import { type Curves, lineColors, lineLabels, lineTraces, readCurves } from "./curves.ts";
import { Figure, type FigureJson, type FigureOptions, frame, type Json } from "./figure.ts";
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
  update(first?: Column | Curves, second?: Curves): void {
    if (second !== undefined) this.#x = first as Column;
    const curves = second ?? (first as Curves | undefined);
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
    const words = frame(title, x, y);
    return {
      data: lineTraces(lines, tints),
      layout: {
        ...words,
        xaxis: { ...(words["xaxis"] as Json | undefined), ...xScale.axis },
        yaxis: yScale.axis,
        annotations: [...(words["annotations"] as readonly Json[]), ...annotations],
        margin: { ...(words["margin"] as Json), r: Math.max(24, margin) },
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
  first: Column | Curves,
  second?: Curves | LineOptions,
  third?: LineOptions,
): LineFigure {
  if (isColumn(first) && second !== undefined && !isOptions(second)) {
    return new LineFigure(first, second, third ?? {});
  }
  return new LineFigure(null, first as Curves, (second as LineOptions | undefined) ?? {});
}

const optionNames = new Set(["title", "x", "y", "log", "range"]);

/** Curves by name and options are both plain objects: options hold no curves. */
function isOptions(value: Curves | LineOptions): value is LineOptions {
  if (isColumn(value) || typeof value === "function") return false;
  return Object.entries(value).every(([key, held]) => {
    return (
      optionNames.has(key) && (key === "range" || !(isColumn(held) || typeof held === "function"))
    );
  });
}
