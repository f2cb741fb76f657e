/** Points by class or by number: which colour each wears, and the names that explain the colours. */
import { sameLength } from "./columns.ts";
import { escapeText, type Json } from "./figure.ts";
import { classColor, colors, sequential } from "./palette.ts";
import { type PointSymbol, signOf } from "./symbols.ts";

/** A class (text or whole number) or a quantity for each point, or a function from its label and index. */
export type PointColor =
  | ArrayLike<string | number>
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
const MOST_CLASSES = 12;

/** @throws RangeError when there is not one colour for each point. */
export function colorPoints(
  color: PointColor | undefined,
  labels: readonly string[] | undefined,
  count: number,
  who: string,
  symbols?: (rank: number) => PointSymbol,
): ColoredPoints {
  const all = Array.from({ length: count }, (_, index) => index);
  if (color === undefined) {
    const marker = { color: colors.train };
    return {
      groups: [{ name: "points", indices: all, marker, tint: colors.train }],
      annotations: [],
    };
  }
  const values =
    typeof color === "function"
      ? all.map((index) => color(labels?.[index] ?? String(index), index))
      : Array.from(color);
  sameLength(who, "colours", values.length, "points", count);
  const classes = [...new Set(values)];
  const isQuantity =
    classes.length > MOST_CLASSES && values.every((value) => typeof value === "number");
  if (isQuantity) {
    const marker = { color: values, colorscale: sequential, showscale: true };
    return {
      groups: [{ name: "points", indices: all, marker, tint: colors.ink }],
      annotations: [],
    };
  }
  // Digits 0 to 9 keep their colours however the rows are shuffled; texts count from the first seen.
  if (classes.every((value) => typeof value === "number")) classes.sort((a, b) => a - b);
  const groups = classes.map((value, rank) => {
    const tint = classColor(rank);
    const indices = all.filter((index) => values[index] === value);
    return { name: String(value), indices, marker: { color: tint }, tint };
  });
  return { groups, annotations: [legend(groups, symbols)] };
}

/** One line of names in their colours: shorter than a legend, and it never covers a point. */
export function legend(
  groups: readonly Pick<PointGroup, "name" | "tint">[],
  symbols: ((rank: number) => PointSymbol) | undefined,
): Json {
  const words = groups.map(
    ({ name, tint }, rank) =>
      `<span style="color:${tint}">${signOf(symbols?.(rank))} ${escapeText(name)}</span>`,
  );
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
