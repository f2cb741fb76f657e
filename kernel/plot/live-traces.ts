/** Pieces of a live figure: values behind a smoothed line, the end of a broken one, and how far axes reach. */
import type { Json } from "./figure.ts";
import { formatNumber, toJson } from "./numbers.ts";
import type { Gap, Polyline } from "./series.ts";
import type { Extent } from "./ticks.ts";

/** A cross where a curve broke off. */
export function cross(name: string, gap: Gap | null, color: string): readonly Json[] {
  if (gap === null || gap.from === null) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: `${name}: ${formatNumber(gap.y)}`,
      x: [toJson(gap.from.x)],
      y: [toJson(gap.from.y)],
      marker: { symbol: "x", size: 9, color },
      hovertemplate: `from step ${gap.x}`,
      cliponaxis: false,
    },
  ];
}

/** The values themselves, behind the line that stands for them. */
export function faint(line: Polyline, name: string, color: string): Json {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: line.x.map(toJson),
    y: line.y.map(toJson),
    line: { color, width: 1 },
    opacity: 0.3,
    hoverinfo: "none",
  };
}

/** The extent of what is drawn now, stretched to earlier runs as far as these are of its size. */
export function stretched(own: Extent, old: Extent, isLog: boolean): readonly number[] {
  if (own === null || old === null) return own ?? old ?? [];
  const [low, high] = own;
  const size = Math.max(Math.abs(low), Math.abs(high));
  const most = isLog ? 10 * high : 3 * size;
  const least = isLog ? low / 1e6 : -3 * size;
  const clamp = (value: number) => Math.min(most, Math.max(least, value));
  return [low, high, clamp(old[0]), clamp(old[1])];
}
