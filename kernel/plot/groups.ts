/** Points by class or by number: which colour each wears, and the names that explain the colours. */
import { DTypeError } from "../tensor/errors.ts";
import { isTensor, readColumn, sameLength, type TensorLike } from "./columns.ts";
import { escapeText, type Json } from "./figure.ts";
import { toJson } from "./numbers.ts";
import { classColor, colors, sequential } from "./palette.ts";
import { type PointSymbol, signOf } from "./symbols.ts";

/** A class (text or whole number) or a quantity for each point, or a function from its label and index. */
export type PointColor =
  | ArrayLike<string | number>
  | TensorLike
  | ((label: string, index: number) => string | number);

/** Points drawn alike. */
export interface PointGroup {
  readonly name: string;
  readonly indices: readonly number[];
  /** Plotly's `marker`, without its size. */
  readonly marker: Json;
  /** The class's own colour; ink where colour is a quantity. */
  readonly tint: string;
}

export interface ColoredPoints {
  readonly groups: readonly PointGroup[];
  /** Class names in their colours, above the figure on the right. */
  readonly annotations: readonly Json[];
}

/** More numbers than this are a quantity, not classes. */
const MOST_NUMBERS = 12;
/** More classes than this are drawn as one: nobody tells so many apart. */
const MOST_CLASSES = 100;
/** Names that a legend has room for. */
const MOST_NAMES = 24;

/** What else a figure knows of its points. */
export interface PointLook {
  /** The shape of a class, by its rank. */
  readonly symbols?: (rank: number) => PointSymbol;
  /** The points that are drawn; all, unless told. */
  readonly shown?: readonly number[];
}

/** @throws RangeError when there is not one colour for each point. */
export function colorPoints(
  color: PointColor | undefined,
  labels: readonly string[] | undefined,
  count: number,
  who: string,
  { symbols, shown = Array.from({ length: count }, (_, index) => index) }: PointLook = {},
): ColoredPoints {
  const alike = (marker: Json, tint: string): ColoredPoints => ({
    groups: [{ name: "points", indices: shown, marker, tint }],
    annotations: [],
  });
  if (color === undefined) return alike({ color: colors.train }, colors.train);
  if (typeof color === "string")
    throw new DTypeError(
      `${who}: colour ${JSON.stringify(color)} - wanted a class or a number for each point`,
    );
  const values =
    typeof color === "function"
      ? Array.from({ length: count }, (_, index) => color(labels?.[index] ?? String(index), index))
      : isTensor(color)
        ? readColumn(color, who)
        : Array.from(color);
  sameLength(who, "colours", values.length, "points", count);
  if (isQuantity(values)) {
    const own = shown.map((index) => toJson(Number(values[index])));
    return alike({ color: own, colorscale: sequential, showscale: true }, colors.ink);
  }
  const classes = [...new Set(values)];
  // Digits 0 to 9 keep their colours however the rows are shuffled; texts count from the first seen.
  if (classes.every((value) => typeof value === "number")) classes.sort((a, b) => a - b);
  const groups = groupsOf(classes, values, shown);
  return { groups, annotations: [legend(groups, symbols)] };
}

/** More different numbers than there are classes, and nothing but numbers. */
function isQuantity(values: readonly (string | number)[]): boolean {
  if (!values.every((value) => typeof value === "number")) return false;
  const seen = new Set<number>();
  for (const value of values) {
    seen.add(value);
    if (seen.size > MOST_NUMBERS) return true;
  }
  return false;
}

function groupsOf(
  classes: readonly (string | number)[],
  values: readonly (string | number)[],
  shown: readonly number[],
): readonly PointGroup[] {
  const named = classes.slice(0, MOST_CLASSES);
  const places = new Map<string | number, number[]>(named.map((value) => [value, []]));
  const others: number[] = [];
  for (const index of shown) (places.get(values[index]!) ?? others).push(index); // one a point
  const groups = Array.from(places, ([value, indices], rank) => {
    const tint = classColor(rank);
    return { name: String(value), indices, marker: { color: tint }, tint };
  });
  if (others.length === 0) return groups;
  const name = `${classes.length - named.length} others`;
  const tint = colors.muted;
  return [...groups, { name, indices: others, marker: { color: tint }, tint }];
}

/** One line of names in their colours: shorter than a legend, and it never covers a point. */
export function legend(
  groups: readonly Pick<PointGroup, "name" | "tint">[],
  symbols: ((rank: number) => PointSymbol) | undefined,
): Json {
  const words = groups
    .slice(0, MOST_NAMES)
    .map(
      ({ name, tint }, rank) =>
        `<span style="color:${tint}">${signOf(symbols?.(rank))} ${escapeText(name)}</span>`,
    );
  if (groups.length > MOST_NAMES) words.push(`and ${groups.length - MOST_NAMES} more`);
  return {
    text: words.join("&nbsp;&nbsp; "),
    xref: "paper",
    yref: "paper",
    x: 1,
    y: 1,
    xanchor: "right",
    yanchor: "bottom",
    yshift: 6,
    showarrow: false,
  };
}
