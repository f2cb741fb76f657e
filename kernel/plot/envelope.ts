/**
 * Lines of very many points in as many as a page can tell apart: of each stretch the first, lowest,
 * highest and last point, so that every peak stays where it is (Jugel, Jerzak, Hackenbroich, Markl,
 * "M4: a visualization-oriented time series data aggregation", 2014).
 */
import type { Polyline } from "./series.ts";

/** Lines of so many points are drawn as they are; longer ones in so many stretches. */
export const MOST_POINTS = 4000;
const STRETCHES = 1000;

/** The line itself if it is short, else its envelope. A gap stays one. */
export function envelope({ x, y }: Polyline): Polyline {
  if (x.length <= MOST_POINTS) return { x, y };
  const kept = stretches(x.length).flatMap(([from, to]) => cornersOf(y, from, to));
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) }; // places of the line
}

/** Stretches of nearly one length, each from its first place up to the first of the next. */
export function stretches(length: number): readonly (readonly [from: number, to: number])[] {
  const start = (k: number) => Math.floor((k * length) / STRETCHES);
  return Array.from({ length: STRETCHES }, (_, k) => [start(k), start(k + 1)] as const);
}

/** The places that stand for those from `from` up to `to`, in order. */
function cornersOf(y: readonly number[], from: number, to: number): readonly number[] {
  let [low, high, gap] = [-1, -1, -1];
  for (let i = from; i < to; i++) {
    const value = y[i]!; // below the length
    if (!Number.isFinite(value)) gap = gap < 0 ? i : gap;
    else {
      if (low < 0 || value < y[low]!) low = i;
      if (high < 0 || value > y[high]!) high = i;
    }
  }
  const places = [from, low, high, gap, to - 1].filter((i) => i >= 0);
  return [...new Set(places)].toSorted((a, b) => a - b);
}
