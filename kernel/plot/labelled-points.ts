/** Points of a plane with a class each, as a classifier learns from them: read once, and drawn by class. */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { type Column, readColumn, readTable, sameLength, type Table } from "./columns.ts";
import type { Json } from "./figure.ts";
import { toJson } from "./numbers.ts";
import { colors } from "./palette.ts";
import { plotlySymbol, symbolOf } from "./symbols.ts";

/** Points of two numbers, and the class of each: a data set, or the like. */
export interface LabelledPoints {
  readonly x: Table;
  readonly y: Column;
  /** Names of the classes. */
  readonly classes?: readonly string[] | null;
  /** Names of the two numbers. */
  readonly features?: readonly string[] | null;
}

/** More points than this of one set would cost more to draw than all the rest. */
const MOST_POINTS = 400;

/** Points of one set that are drawn. */
export interface PointSet {
  readonly points: readonly (readonly [number, number])[];
  readonly classes: readonly number[];
  /** How many there are in all. */
  readonly count: number;
}

/** @throws DTypeError, RangeError for what are no points of two numbers with a label each. */
export function readPoints(data: LabelledPoints | null, who: string): PointSet {
  if (data === null) return { points: [], classes: [], count: 0 };
  if (typeof data !== "object" || !("x" in data) || !("y" in data))
    throw new DTypeError(
      `${who}: ${kindOf(data)} for the data - wanted { x, y }, such as a data set`,
    );
  const table = readTable(data.x, who);
  const labels = readColumn(data.y, who);
  if (table.columns !== 2 && table.rows > 0)
    throw new RangeError(
      `${who}: points of ${table.columns} numbers - wanted 2, such as x.narrow(1, 0, 2)`,
    );
  sameLength(who, "labels", labels.length, "points", table.rows);
  const every = Math.max(1, table.rows / MOST_POINTS);
  const kept = Array.from({ length: Math.min(table.rows, MOST_POINTS) }, (_, i) =>
    Math.floor(i * every),
  );
  return {
    points: kept.map((row) => [table.data[2 * row]!, table.data[2 * row + 1]!]), // rows of the table
    classes: kept.map((row) => labels[row]!), // as many
    count: table.rows,
  };
}

/** The points of one class; nothing where there are none. */
export function pointTrace(
  { points, classes }: PointSet,
  rank: number,
  name: string,
  tint: string,
  isHollow: boolean,
): readonly Json[] {
  const own = points.filter((_, i) => classes[i] === rank);
  if (own.length === 0) return [];
  const symbol = plotlySymbol(symbolOf(undefined, rank));
  return [
    {
      type: "scatter",
      mode: "markers",
      name,
      x: own.map(([x]) => toJson(x)),
      y: own.map(([, y]) => toJson(y)),
      marker: isHollow
        ? { symbol: `${symbol}-open`, size: 7, color: tint, line: { width: 1.5 } }
        : { symbol, size: 7, color: tint, line: { width: 1, color: colors.paper } },
      hovertemplate: "%{x:.3~g}, %{y:.3~g}",
    },
  ];
}
