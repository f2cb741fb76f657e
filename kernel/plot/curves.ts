/**
 * Named lines over an x axis, as numbers or as functions of x: what `plot.line` and the lines over
 * a `plot.scatter` have in common. Functions are asked again at every drawing.
 */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { type Band, type BandKind, bandOf, bandTrace } from "./bands.ts";
import {
  type Column,
  isColumn,
  isNumber,
  isTensor,
  readColumn,
  readTable,
  sameLength,
  type Scalar,
  scalar,
  type Table,
} from "./columns.ts";
import { envelope } from "./envelope.ts";
import type { Json } from "./figure.ts";
import { type EndLabel, endLabels } from "./labels.ts";
import { toJson } from "./numbers.ts";
import { colors, dashes, seriesColors } from "./palette.ts";
import type { Span } from "./region.ts";
import type { Polyline } from "./series.ts";
import { extentOf, type Extent, type Scale } from "./ticks.ts";

/**
 * A height for every x: numbers, or a function of x. Rows of numbers are one curve seen several
 * times, as with several seeds: their mean is drawn with a band around it.
 */
export type Curve = Column | Table | ((x: number) => Scalar);

/**
 * One unnamed curve, or several by name. A `Map` keeps its order, which an object does not where names
 * are whole numbers.
 */
export type Curves = Curve | Readonly<Record<string, Curve>> | ReadonlyMap<string | number, Curve>;

export interface NamedLine extends Polyline {
  readonly name: string;
  /** Around the mean of several rows. */
  readonly band?: Band;
}

/** How functions are asked and rows are summed up. */
export interface Reading {
  readonly who: string;
  /** Functions are asked at places that lie evenly on a logarithmic axis. */
  readonly logX?: boolean;
  readonly band?: BandKind | undefined;
  /** What is shown of the x axis, where the author says so: functions are drawn over that. */
  readonly shown?: Span | null;
}

/** How many places a function is asked at. */
const SAMPLES = 160;

/** The curves as points. Numbers need an `x` for each; functions are sampled over its extent. */
export function readCurves(
  curves: Curves,
  x: readonly number[] | null,
  reading: Reading,
): NamedLine[] {
  const { who } = reading;
  return byName(curves, who).map(([name, curve]) => {
    if (typeof curve === "function") return sample(name, curve, x ?? [], reading);
    if (isRows(curve)) return ofRows(name, curve, x, reading);
    const y = readColumn(curve, who);
    if (x !== null)
      sameLength(who, `values of y${name && ` "${name}"`}`, y.length, "of x", x.length);
    return { name, x: x ?? y.map((_, index) => index), y };
  });
}

function byName(curves: Curves, who: string): readonly (readonly [string, Curve])[] {
  if (isColumn(curves) || typeof curves === "function") return [["", curves]];
  const named = isMap(curves)
    ? Array.from(curves, ([name, curve]): [string, Curve] => [String(name), curve])
    : typeof curves === "object" && curves !== null
      ? Object.entries(curves)
      : [["", curves] as [string, Curve]];
  return named.map(([name, curve]): [string, Curve] => {
    if (isColumn(curve) || typeof curve === "function") return [name, curve];
    const which = name === "" ? "" : ` for "${name}"`;
    throw new DTypeError(
      `${who}: ${kindOf(curve)}${which} - wanted numbers, a tensor or a function of x`,
    );
  });
}

function isMap(curves: Curves): curves is ReadonlyMap<string | number, Curve> {
  return curves instanceof Map;
}

/** The first curve's height at each `x`. */
export function valuesAt(curves: Curves, x: readonly number[], who: string): readonly number[] {
  const [name, curve] = byName(curves, who)[0] ?? ["", x];
  if (typeof curve === "function")
    return x.map((at) => scalar(curve(at), `${who}: the value of a line`));
  return readCurves({ [name]: curve }, x, { who })[0]?.y ?? [];
}

function isRows(curve: Column | Table): curve is Table {
  if (isTensor(curve)) return curve.shape.length === 2 && curve.shape.every((size) => size > 1);
  return curve.length > 0 && isColumn(curve[0]) && !isNumber(curve[0]);
}

function ofRows(
  name: string,
  table: Table,
  x: readonly number[] | null,
  { who, band }: Reading,
): NamedLine {
  const { rows, columns, data } = readTable(table, who);
  if (x !== null)
    sameLength(who, `values in a row of y${name && ` "${name}"`}`, columns, "of x", x.length);
  const at = x ?? Array.from({ length: columns }, (_, i) => i);
  const order = at.map((_, i) => i).toSorted((a, b) => at[a]! - at[b]!); // positions of x
  const places = order.map((i) => at[i]!);
  const lines = Array.from({ length: rows }, (_, row) => ({
    x: places,
    y: order.map((i) => data[row * columns + i]!), // in range
  }));
  const around = bandOf(lines, band);
  return { name, ...around.mean, band: around };
}

function sample(
  name: string,
  curve: (x: number) => Scalar,
  over: readonly number[],
  { who, logX = false, shown = null }: Reading,
): NamedLine {
  const extent: Extent = shown ?? extentOf(over, logX);
  if (extent === null) {
    throw new RangeError(
      `${who}: a function and no x to draw it over - wanted x, or its range: [[-3, 3], null]`,
    );
  }
  const [low, high] = extent;
  const x = Array.from({ length: SAMPLES + 1 }, (_, i) =>
    logX ? low * (high / low) ** (i / SAMPLES) : low + ((high - low) * i) / SAMPLES,
  );
  return { name, x, y: x.map((at) => scalar(curve(at), `${who}: the value of a line`)) };
}

/** How a line is drawn, what a hand over it reads, and which stroke tells it from its neighbours. */
export function lineTrace(line: Polyline, name: string, color: string, rank: number): Json {
  const { x, y } = envelope(line);
  // A point without a neighbour is the end of no stroke: it is drawn as a dot.
  const isFinite = (i: number) => Number.isFinite(y[i]);
  const sizes = y.map((_, i) => (isFinite(i) && !isFinite(i - 1) && !isFinite(i + 1) ? 6 : 0));
  const dots = sizes.some((size) => size > 0) ? { size: sizes, color, opacity: 1 } : null;
  return {
    type: "scatter",
    mode: dots === null ? "lines" : "lines+markers",
    name,
    x: x.map(toJson),
    y: y.map(toJson),
    line: { color, width: 2, dash: dashes[rank % dashes.length] },
    ...(dots === null ? {} : { marker: dots }),
    hovertemplate: "%{y:.4~g}",
  };
}

export function lineTraces(lines: readonly NamedLine[], tints: readonly string[]): readonly Json[] {
  const tint = (index: number) => tints[index] ?? colors.ink;
  return [
    ...lines.flatMap(({ band }, index) =>
      band === undefined ? [] : [bandTrace(band, tint(index))],
    ),
    ...lines.map((line, index) => lineTrace(line, line.name, tint(index), index)),
  ];
}

export function lineColors(lines: readonly NamedLine[]): readonly string[] {
  return seriesColors(lines.map((line) => line.name));
}

/** Names at the right ends of the named lines that end inside the figure, and the margin they need. */
export function lineLabels(
  lines: readonly NamedLine[],
  tints: readonly string[],
  xScale: Scale,
  yScale: Scale,
  heightPx: number,
): { readonly annotations: readonly Json[]; readonly margin: number } {
  const labels = lines.flatMap(({ name, x, y }, index): readonly EndLabel[] => {
    const end = y.findLastIndex((value, at) => {
      return isShown(yScale.place(value)) && isShown(xScale.place(x[at] ?? NaN));
    });
    if (name === "" || end === -1) return [];
    const color = tints[index] ?? colors.ink;
    return [{ name, value: null, color, x: x[end]!, y: y[end]! }]; // end is a position
  });
  return endLabels(labels, xScale, yScale, heightPx);
}

/** A share of an axis that lies on it; ends of axes are rounded. */
function isShown(place: number): boolean {
  return place >= -1e-6 && place <= 1 + 1e-6;
}
