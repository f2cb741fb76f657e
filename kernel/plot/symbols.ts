/** Shapes and sizes of points: who cannot tell colours apart tells classes by their shapes. */
import { DTypeError } from "../tensor/errors.ts";
import {
  type Adjustable,
  adjustable,
  type Column,
  isColumn,
  readColumn,
  sameLength,
} from "./columns.ts";

/** The name plotly has for each shape, and the sign that stands for it beside a name. */
const shapes = {
  circle: ["circle", "●"],
  square: ["square", "■"],
  triangle: ["triangle-up", "▲"],
  diamond: ["diamond", "◆"],
  cross: ["cross", "✚"],
  x: ["x", "✖"],
  star: ["star", "★"],
} as const;

/** A shape of points. */
export type PointSymbol = keyof typeof shapes;

const inTurn = Object.keys(shapes) as PointSymbol[];

/** The shape of the `rank`-th class; without classes all points are of rank 0. */
export function symbolOf(
  given: PointSymbol | readonly PointSymbol[] | undefined,
  rank: number,
): PointSymbol {
  const list = given === undefined ? inTurn : typeof given === "string" ? [given] : given;
  const wanted: unknown = list[rank % list.length] ?? list;
  const known = inTurn.find((symbol) => symbol === wanted);
  if (known !== undefined) return known;
  throw new DTypeError(
    `plot.scatter: symbol ${JSON.stringify(wanted)} - wanted one of ${inTurn.join(", ")}`,
  );
}

export function plotlySymbol(symbol: PointSymbol): string {
  return shapes[symbol][0];
}

export function signOf(symbol: PointSymbol | undefined): string {
  return shapes[symbol ?? "circle"][1];
}

/** @throws RangeError when there is not one for each point, or one is no diameter. */
export function diameters(
  size: Adjustable | Column,
  count: number,
  who: string,
): number | readonly number[] {
  const sizes = isColumn(size) ? readColumn(size, who) : [adjustable(size)];
  if (isColumn(size)) sameLength(who, "sizes", sizes.length, "points", count);
  const wrong = sizes.find((each) => !(each >= 0 && Number.isFinite(each)));
  if (wrong !== undefined)
    throw new RangeError(`${who}: size ${wrong} - wanted a diameter in px, 0 or more`);
  return isColumn(size) ? sizes : (sizes[0] ?? 0);
}
