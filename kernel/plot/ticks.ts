/** Axes: where they begin and end, and which values are written beside them. Linear axes are plotly's own business. */
import { DTypeError } from "../tensor/errors.ts";
import type { Span } from "./region.ts";
import { formatDecade, formatNumber, toJson } from "./numbers.ts";

/** What of a plotly axis a figure decides. */
export interface Axis {
  readonly [key: string]: unknown;
}

/** Lowest and highest value; null when nothing finite was seen. */
export type Extent = readonly [low: number, high: number] | null;

export function extentOf(values: Iterable<number>, positive = false): Extent {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (positive && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? null : [low, high];
}

export function joinExtents(extents: readonly Extent[]): Extent {
  return extentOf(extents.flatMap((extent) => extent ?? []));
}

/** `extent` with `share` of its length added at both ends; a single value gets room around it. */
export function padded(extent: Extent, share: number): readonly [number, number] {
  if (extent === null) return [0, 1];
  const [low, high] = extent;
  const length = high - low;
  // Beyond what a number can hold there is no room to add.
  if (!Number.isFinite(length)) return [low, high];
  const room = length > 0 ? length * share : Math.max(Math.abs(low) * 0.1, 0.5);
  return [low - room, high + room];
}

/** In drawing order, so that labels can be placed before a page has drawn anything. */
export interface Scale {
  readonly axis: Axis;
  /** Share of the axis below this value: 0 at its start, 1 at its end. */
  place(value: number): number;
  /** How plotly wants a coordinate of this axis in an annotation. */
  coordinate(value: number): number;
}

export function linearScale(extent: Extent, share = 0.05): Scale {
  const [low, high] = padded(extent, share);
  return {
    axis: { range: [toJson(low), toJson(high)] },
    place: (value) => (value / 2 - low / 2) / (high / 2 - low / 2),
    coordinate: (value) => value,
  };
}

/** `extent` must be of positive values. */
export function logScale(extent: Extent, share = 0.05): Scale {
  const logs: Extent = extent === null ? [-1, 0] : [Math.log10(extent[0]), Math.log10(extent[1])];
  const [low, high] = logs[0] === logs[1] ? [logs[0] - 0.3, logs[1] + 0.3] : padded(logs, share);
  const ticks = logTicks(low, high);
  return {
    axis: {
      type: "log",
      range: [toJson(low), toJson(high)],
      tickmode: "array",
      tickvals: ticks.map((tick) => toJson(tick.value)),
      ticktext: ticks.map((tick) => tick.text),
    },
    place: (value) => (Math.log10(value) - low) / (high - low),
    coordinate: (value) => Math.log10(value),
  };
}

interface Tick {
  readonly value: number;
  readonly text: string;
}

/** Which axes are logarithmic: `true` means y. */
export type LogAxes = boolean | "x" | "y" | "xy";

export function hasLogX(log: LogAxes | undefined): boolean {
  return log === "x" || log === "xy";
}

export function hasLogY(log: LogAxes | undefined): boolean {
  return log === true || log === "y" || log === "xy";
}

/**
 * Lowest and highest y, `[0, 1]`; or those of x and of y, `[[-3, 3], [0, 1]]`, where null leaves an axis to
 * what is drawn.
 */
export type AxesRange = Span | readonly [x: Span | null, y: Span | null];

/** Both ends of each axis; null where what is drawn decides. */
export interface AxesEnds {
  readonly x: Span | null;
  readonly y: Span | null;
}

/** What {@link checkAxes} has let pass. */
export function axesEnds(range: AxesRange | undefined): AxesEnds {
  if (range === undefined) return { x: null, y: null };
  const [first, second] = range;
  if (typeof first !== "number" && typeof second !== "number") return { x: first, y: second };
  return { x: null, y: range as Span };
}

/** @throws DTypeError, RangeError for axes that are none. */
export function checkAxes(
  who: string,
  { log, range }: { readonly log?: LogAxes; readonly range?: AxesRange },
): void {
  if (log !== undefined && ![true, false, "x", "y", "xy"].includes(log))
    throw new DTypeError(`${who}: log ${JSON.stringify(log)} - wanted true, "x", "y" or "xy"`);
  if (range === undefined) return;
  const all = Array.isArray(range) && range.length === 2 ? axesEnds(range) : { x: [], y: [] };
  const isSpan = (ends: unknown) => {
    if (ends === null) return true;
    const [low, high] = (Array.isArray(ends) ? ends : []) as readonly unknown[];
    return typeof low === "number" && typeof high === "number" && low < high;
  };
  if (!isSpan(all.x) || !isSpan(all.y))
    throw new RangeError(
      `${who}: range ${JSON.stringify(range)} - wanted the lowest and the highest y, as [0, 1], or those of both axes, as [[-3, 3], [0, 1]]`,
    );
  for (const [name, ends, isLog] of [
    ["x", all.x, hasLogX(log)],
    ["y", all.y, hasLogY(log)],
  ] as const)
    if (isLog && ends !== null && !(Number(ends[0]) > 0))
      throw new RangeError(
        `${who}: range of ${name} from ${ends[0]} on a logarithmic axis - wanted numbers above 0`,
      );
}

/** The values that stand over what is shown of the x axis. */
export function over(
  ends: Span | null,
  x: readonly number[],
  values: readonly number[],
): readonly number[] {
  if (ends === null) return values;
  return values.filter((_, i) => (x[i] ?? NaN) >= ends[0] && (x[i] ?? NaN) <= ends[1]);
}

/** The scale of an axis that holds `values`, those of all lists together, or goes from one of `ends` to the other. */
export function scaleOf(
  values: readonly Iterable<number>[],
  isLog: boolean,
  share: number,
  ends: Extent = null,
): Scale {
  const extent = ends ?? joinExtents(values.map((each) => extentOf(each, isLog)));
  const room = ends === null ? share : 0;
  return isLog ? logScale(extent, room) : linearScale(extent, room);
}

/** At most this many numbers beside an axis of 300 px, and how near two may be, as a share of it. */
const MOST_TICKS = 7;
const NEAREST_TICKS = 0.08;

/**
 * Ticks of a logarithmic axis from 10^low to 10^high: whole decades when they are many, 1-2-5 or
 * round steps inside when they are few.
 */
export function logTicks(low: number, high: number): readonly Tick[] {
  const firstDecade = Math.floor(low);
  const lastDecade = Math.ceil(high);
  const decades = range(firstDecade, lastDecade);
  const [least, most] = [10 ** low * 0.9999, 10 ** high * 1.0001];
  const within = (value: number) => value >= least && value <= most;
  for (const steps of [
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 5],
    [1, 3],
  ]) {
    const values = decades
      .flatMap((exponent) => steps.map((step) => step * 10 ** exponent))
      .filter(within)
      // Rounding dust of the power would show in the text.
      .map((value) => Number(value.toPrecision(1)));
    const isApart = values.every(
      (value, i) => i === 0 || Math.log10(value / values[i - 1]!) >= NEAREST_TICKS * (high - low), // i is above 0
    );
    if (values.length >= 3 && values.length <= MOST_TICKS && isApart) {
      return values.map((value) => ({ value, text: formatNumber(value, 1) }));
    }
  }
  const whole = decades.filter((exponent) => within(10 ** exponent));
  if (whole.length >= 3) {
    const every = Math.ceil(whole.length / MOST_TICKS);
    return whole
      .filter((exponent) => exponent % every === 0)
      .map((exponent) => ({ value: Number(`1e${exponent}`), text: formatDecade(exponent) }));
  }
  return roundTicks(10 ** low, 10 ** high);
}

/** Round numbers, evenly apart: for a stretch too short for powers of ten. */
function roundTicks(low: number, high: number): readonly Tick[] {
  // The largest round step that still gives two.
  const most = (high - low) / 2;
  const unit = 10 ** Math.floor(Math.log10(most));
  const step = ([5, 2].find((factor) => factor * unit <= most) ?? 1) * unit;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return range(first, last).map((index) => {
    const value = index * step;
    const digits = Math.max(1, Math.floor(Math.log10(value)) - Math.floor(Math.log10(step)) + 1);
    return { value, text: formatNumber(value, digits) };
  });
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
