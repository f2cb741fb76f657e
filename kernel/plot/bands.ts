/**
 * Several runs of one curve, as with different seeds: their mean as a line, and around it a band
 * from the lowest to the highest, or one standard deviation to both sides.
 */
import { MOST_POINTS, stretches } from "./envelope.ts";
import type { Json } from "./figure.ts";
import { toJson } from "./numbers.ts";
import type { Polyline } from "./series.ts";

/** How far a band reaches. */
export type BandKind = "range" | "std";

export interface Band {
  readonly mean: Polyline;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** At the places of the longest run, of the runs that reach there; NaN where none does. */
export function bandOf(runs: readonly Polyline[], kind: BandKind = "range"): Band {
  const longest = runs.reduce((a, b) => (reach(b) > reach(a) ? b : a), runs[0] ?? empty);
  const readers = runs.map(interpolation);
  const columns = longest.x.map((x) => {
    const values = readers.map((read) => read(x)).filter(Number.isFinite);
    const mean = values.reduce((sum, y) => sum + y, 0) / values.length;
    const least = Math.min(...values);
    const most = Math.max(...values);
    if (values.length === 0) return { mean, low: mean, high: mean };
    if (kind === "range") return { mean, low: least, high: most };
    const variance = values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / values.length;
    const spread = Math.sqrt(variance);
    // Below the least there may be nothing to draw, as on a logarithmic axis.
    return { mean, low: Math.max(least, mean - spread), high: mean + spread };
  });
  return {
    mean: { x: longest.x, y: columns.map(({ mean }) => mean) },
    low: columns.map(({ low }) => low),
    high: columns.map(({ high }) => high),
  };
}

const empty: Polyline = { x: [], y: [] };

function reach({ x }: Polyline): number {
  return x.at(-1) ?? -Infinity;
}

/** Reads a line at growing places, between its points on a straight line; NaN outside. */
function interpolation({ x, y }: Polyline): (at: number) => number {
  let i = 0;
  return (at) => {
    while (i + 1 < x.length && x[i + 1]! <= at) i++; // i + 1 is below the length
    const [left, right] = [x[i] ?? Number.NaN, x[i + 1] ?? Number.NaN];
    const from = y[i] ?? Number.NaN;
    if (at === left) return from;
    if (!(at > left && at < right)) return Number.NaN;
    return from + (((y[i + 1] ?? Number.NaN) - from) * (at - left)) / (right - left);
  };
}

/** The band as one closed outline; `color` is `#rrggbb`. */
export function bandTrace(band: Band, color: string): Json {
  const { mean, low, high } = band.mean.x.length > MOST_POINTS ? coarse(band) : band;
  const places = mean.x.map((_, i) => i).filter((i) => Number.isFinite(mean.y[i]));
  const back = places.toReversed();
  const pick = (values: readonly number[], which: readonly number[]) =>
    which.map((i) => toJson(values[i]!)); // places of the mean
  return {
    type: "scatter",
    mode: "lines",
    hoverinfo: "skip",
    x: [...pick(mean.x, places), ...pick(mean.x, back)],
    y: [...pick(high, places), ...pick(low, back)],
    fill: "toself",
    fillcolor: `${color}2e`,
    line: { width: 0 },
  };
}

/** Of each stretch the lowest and the highest. */
function coarse({ mean, low, high }: Band): Band {
  const parts = stretches(mean.x.length).map(([from, to]) => {
    const finite = Array.from({ length: to - from }, (_, i) => from + i).filter((i) =>
      Number.isFinite(mean.y[i]),
    );
    const middle = finite[finite.length >> 1] ?? from;
    const pick = (values: readonly number[]) => finite.map((i) => values[i]!); // places of the mean
    return { middle, low: Math.min(...pick(low)), high: Math.max(...pick(high)) };
  });
  const at = (values: readonly number[]) => parts.map(({ middle }) => values[middle]!);
  return {
    mean: { x: at(mean.x), y: at(mean.y) },
    low: parts.map((part) => part.low),
    high: parts.map((part) => part.high),
  };
}
