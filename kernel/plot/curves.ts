/**
 * Named lines over an x axis, as numbers or as functions of x: what `plot.line` and the lines over
 * a `plot.scatter` have in common. Functions are asked again at every drawing.
 */
import { type Column, isColumn, readColumn, sameLength, type Scalar, scalar } from "./columns.ts";
import type { Json } from "./figure.ts";
import { type EndLabel, endLabels } from "./labels.ts";
import { toJson } from "./numbers.ts";
import { colors, seriesColors } from "./palette.ts";
import type { Polyline } from "./series.ts";
import { extentOf, type Extent, type Scale } from "./ticks.ts";

/** A height for every x: numbers, or a function of x. */
export type Curve = Column | ((x: number) => Scalar);

/** One unnamed curve, or several by name. */
export type Curves = Curve | Readonly<Record<string, Curve>>;

export interface NamedLine extends Polyline {
  readonly name: string;
}

/** How many places a function is asked at. */
const SAMPLES = 160;

/** The curves as points. Numbers need an `x` for each; functions are sampled over its extent. */
export function readCurves(curves: Curves, x: readonly number[] | null, who: string): NamedLine[] {
  return byName(curves).map(([name, curve]) => {
    if (typeof curve === "function") return sample(name, curve, extentOf(x ?? []), who);
    const y = readColumn(curve, who);
    if (x !== null)
      sameLength(who, `values of y${name && ` "${name}"`}`, y.length, "of x", x.length);
    return { name, x: x ?? y.map((_, index) => index), y };
  });
}

function byName(curves: Curves): readonly (readonly [string, Curve])[] {
  return isColumn(curves) || typeof curves === "function" ? [["", curves]] : Object.entries(curves);
}

/** The first curve's height at each `x`. */
export function valuesAt(curves: Curves, x: readonly number[], who: string): readonly number[] {
  const [name, curve] = byName(curves)[0] ?? ["", x];
  if (typeof curve === "function")
    return x.map((at) => scalar(curve(at), `${who}: the value of a line`));
  return readCurves({ [name]: curve }, x, who)[0]?.y ?? [];
}

function sample(
  name: string,
  curve: (x: number) => Scalar,
  extent: Extent,
  who: string,
): NamedLine {
  if (extent === null) {
    throw new RangeError(`${who}: a function needs an x range to be drawn over, got no x`);
  }
  const [low, high] = extent;
  const x = Array.from({ length: SAMPLES + 1 }, (_, i) => low + ((high - low) * i) / SAMPLES);
  return { name, x, y: x.map((at) => scalar(curve(at), `${who}: the value of a line`)) };
}

export function lineTraces(lines: readonly NamedLine[], tints: readonly string[]): readonly Json[] {
  return lines.map(({ name, x, y }, index) => ({
    type: "scatter",
    mode: "lines",
    name,
    x: x.map(toJson),
    y: y.map(toJson),
    line: { color: tints[index], width: 2 },
  }));
}

export function lineColors(lines: readonly NamedLine[]): readonly string[] {
  return seriesColors(lines.map((line) => line.name));
}

/** Names at the right ends of the named lines that end inside the figure, and the margin they need. */
export function lineLabels(
  lines: readonly NamedLine[],
  tints: readonly string[],
  yScale: Scale,
): { readonly annotations: readonly Json[]; readonly margin: number } {
  const labels = lines.flatMap(({ name, x, y }, index): readonly EndLabel[] => {
    const end = y.findLastIndex((value) => {
      const place = yScale.place(value);
      return place >= 0 && place <= 1;
    });
    if (name === "" || end === -1) return [];
    const color = tints[index] ?? colors.ink;
    return [{ name, value: null, color, x: x[end]!, y: y[end]! }]; // end is a position
  });
  return endLabels(labels, yScale);
}
