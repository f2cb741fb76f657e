/** The part of a plane that a figure shows, and the places at which a function of it is asked. */
import { DTypeError } from "../tensor/errors.ts";
import { toJson } from "./numbers.ts";

/** Both ends of an axis. */
export type Span = readonly [low: number, high: number];

/** One span for both axes, or one for each: `[-3, 3]`, `[[0, 10], [-1, 1]]`. */
export type PlaneRange = Span | readonly [x: Span, y: Span];

export interface Region {
  readonly x: Span;
  readonly y: Span;
}

/** A net of places over a region, row by row from below. */
export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** @throws DTypeError, RangeError for what is no range. */
export function readRegion(range: PlaneRange, who: string): Region {
  const [first, second] = (Array.isArray(range) ? range : []) as readonly unknown[];
  const both = typeof first === "number" ? [range, range] : [first, second];
  const [x, y] = both.map((span) => readSpan(span, who));
  if (x === undefined || y === undefined) throw new Error("internal: two spans");
  return { x, y };
}

function readSpan(span: unknown, who: string): Span {
  const [low, high] = (Array.isArray(span) ? span : []) as readonly unknown[];
  if (typeof low !== "number" || typeof high !== "number")
    throw new DTypeError(
      `${who}: the range is no pair of numbers - wanted [-3, 3], or one an axis`,
    );
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return [low, high];
  throw new RangeError(
    `${who}: a range from ${low} to ${high} - wanted two numbers, the lower first`,
  );
}

export function gridOver({ x, y }: Region, columns: number, rows: number): Grid {
  return { xs: evenly(x, columns), ys: evenly(y, rows) };
}

/** `count` numbers from one end to the other, both included. */
function evenly([low, high]: Span, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** Values of a grid as plotly's matrix. */
export function matrixOf(values: ArrayLike<number>, { xs, ys }: Grid): (number | null)[][] {
  return ys.map((_, row) => xs.map((__, i) => toJson(values[row * xs.length + i] ?? NaN)));
}

/** The coordinate if it is near what is shown: what has left the figure is not drawn on it to and fro. */
export function nearby(value: number, [low, high]: Span): number | null {
  return Math.abs(value - (low + high) / 2) < 1.5 * (high - low) ? toJson(value) : null;
}
