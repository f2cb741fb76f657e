/** `plot.histogram`: how values are spread, in bins that are counted here and named in words. */
import { checkOptions } from "../tensor/options.ts";
import {
  type BinRule,
  binRules,
  type Counted,
  countInto,
  type Edges,
  edgesBy,
  equalEdges,
  spanOf,
} from "./bins.ts";
import type { MimeBundle } from "../protocol.ts";
import {
  type Adjustable,
  adjustable,
  isColumn,
  isTensor,
  readColumn,
  type TensorLike,
} from "./columns.ts";
import {
  checkHeight,
  escapeText,
  Figure,
  type FigureJson,
  type Json,
  plane,
  type PlaneOptions,
} from "./figure.ts";
import { counted, formatNumber, toJson } from "./numbers.ts";
import { colors, dashes, seriesColors } from "./palette.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";

const WHO = "plot.histogram";

export interface HistogramOptions extends PlaneOptions {
  /** How many bins, the rule that says so, or their edges; "auto" unless told. */
  readonly bins?: Adjustable | BinRule | readonly number[];
  /** Where bins begin and end; unless told, at the lowest and the highest value. */
  readonly range?: readonly [number, number];
  /** Shares of all values instead of counts: for series of different lengths. */
  readonly share?: boolean;
  /** Names of the axes. */
  readonly x?: string;
  readonly y?: string;
}

const optionNames = [
  "title",
  "height",
  "bins",
  "range",
  "share",
  "x",
  "y",
] satisfies (keyof HistogramOptions)[];

/** Numbers in a list or a tensor of any shape. */
export type Values = ArrayLike<number> | TensorLike;

type Spreads = Edges & { readonly spreads: readonly Spread[] };

interface Spread {
  readonly name: string;
  readonly total: number;
  /** Values that are no finite numbers, which no bin can hold. */
  readonly odd: number;
  readonly counted: Counted;
}

export class Histogram extends Figure {
  #values: Values | Readonly<Record<string, Values>>;
  readonly #options: HistogramOptions;
  #counted: Spreads | null = null;

  constructor(values: Values | Readonly<Record<string, Values>>, options: HistogramOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    checkHeight(WHO, options.height);
    this.#values = values;
    this.#options = options;
    this.appear();
  }

  /** Counts again, other values if they are given. */
  update(values: Values | Readonly<Record<string, Values>> = this.#values): void {
    this.#values = values;
    this.redraw();
  }

  override toBundle(): MimeBundle {
    // Counted once for the drawing and the text of it.
    this.#counted = this.#count();
    try {
      return super.toBundle();
    } finally {
      this.#counted = null;
    }
  }

  #spreads(): Spreads {
    return this.#counted ?? this.#count();
  }

  /** The edges of the bins, what chose them, and the counts of each series. */
  #count(): Spreads {
    const given: unknown = this.#values;
    if (typeof given !== "object" || given === null)
      throw new DTypeError(`${WHO}: ${kindOf(given)} - wanted numbers, or several lists by name`);
    const named = isColumn(this.#values) ? { values: this.#values } : this.#values;
    const read = Object.entries(named).map(([name, values]) => ({
      name,
      ...finite(values, name),
    }));
    const all = joined(read.map(({ values }) => values));
    const edges = this.#edges(all);
    const spreads = read.map(({ name, values, odd }) => ({
      name,
      odd,
      total: values.length,
      counted: countInto(edges.edges, values),
    }));
    return { ...edges, spreads };
  }

  #edges(values: Float64Array): Edges {
    const { bins = "auto", range = null } = this.#options;
    if (range !== null && !(range[0] < range[1]))
      throw new RangeError(`${WHO}: range from ${range[0]} to ${range[1]} - wanted a rise`);
    if (typeof bins === "string") {
      if (!binRules.includes(bins))
        throw new DTypeError(
          `${WHO}: bins ${JSON.stringify(bins)} - wanted a number, edges, or one of ${binRules.join(", ")}`,
        );
      const [low, high] = range ?? [-Infinity, Infinity];
      return edgesBy(
        bins,
        values.filter((value) => value >= low && value <= high),
        range,
      );
    }
    if (Array.isArray(bins)) {
      const edges = Array.from(bins as readonly number[], Number);
      if (edges.length < 2 || !edges.every((edge, i) => i === 0 || edge > edges[i - 1]!))
        // i > 0
        throw new RangeError(`${WHO}: edges ${edges.join(", ")} - wanted two or more that rise`);
      return { edges, chosenBy: "given edges" };
    }
    const count = adjustable(bins as Adjustable);
    if (!(count >= 1 && count <= 10_000))
      throw new RangeError(`${WHO}: ${count} bins - wanted a number from 1 to 10000`);
    const [low, high] = range ?? spanOf(values.toSorted());
    return { edges: equalEdges(low, high, Math.round(count)), chosenBy: "given number" };
  }

  override toJSON(): FigureJson {
    const { title, height, x, share = false } = this.#options;
    const { edges, spreads } = this.#spreads();
    const unit = share ? "share of values" : "values";
    const tints = seriesColors(spreads.map(({ name }) => name));
    const ofBins = (spread: Spread) =>
      spread.counted.counts.map((count) =>
        toJson(share ? count / Math.max(1, spread.total) : count),
      );
    const data =
      spreads.length === 1
        ? spreads.map((spread) => bars(edges, ofBins(spread)))
        : spreads.map((spread, rank) => steps(edges, ofBins(spread), spread.name, tints, rank));
    return {
      data,
      layout: {
        ...plane({
          title,
          height,
          x,
          y: this.#options.y ?? unit,
          xAxis: { range: [toJson(edges[0] ?? 0), toJson(edges.at(-1) ?? 1)] },
          yAxis: { rangemode: "tozero" },
          annotations: spreads.length === 1 ? [] : [legend(spreads, tints)],
          right: 0,
        }),
        bargap: 0,
      },
    };
  }

  override describe(): string {
    const { title } = this.#options;
    const { edges, chosenBy, spreads } = this.#spreads();
    const [first = 0, second = 0] = edges;
    const width = chosenBy === "given edges" ? "" : ` of width ${formatNumber(second - first)}`;
    const said = spreads.map((spread) => tell(spread, edges, spreads.length === 1));
    return `${title === undefined ? "" : `${title}: `}histogram, ${counted(edges.length - 1, "bin")}${width} (${chosenBy}); ${said.join("; ")}`;
  }
}

/** One series: bars that touch. */
function bars(edges: readonly number[], heights: readonly (number | null)[]): Json {
  return {
    type: "bar",
    x: edges.slice(1).map((edge, i) => toJson((edge + edges[i]!) / 2)), // one entry more than bins
    width: edges.slice(1).map((edge, i) => toJson(edge - edges[i]!)),
    y: heights,
    text: names(edges),
    textposition: "none",
    marker: { color: colors.train, line: { width: 0.5, color: colors.rule } },
    hovertemplate: "%{text}: %{y}<extra></extra>",
  };
}

/** One of several: an outline that the others are seen through. */
function steps(
  edges: readonly number[],
  heights: readonly (number | null)[],
  name: string,
  tints: readonly string[],
  rank: number,
): Json {
  const color = tints[rank] ?? colors.ink;
  return {
    type: "scatter",
    mode: "lines",
    name,
    // The last bin ends where it falls to nothing.
    x: edges.map(toJson),
    y: [...heights, 0],
    text: [...names(edges), ""],
    line: { color, width: 2, shape: "hv", dash: dashes[rank % dashes.length] },
    fill: "tozeroy",
    fillcolor: `${color}22`,
    hovertemplate: "%{text}: %{y}<extra></extra>",
  };
}

function names(edges: readonly number[]): readonly string[] {
  const [first = 0, second = 1] = edges;
  const size = Math.max(Math.abs(first), Math.abs(edges.at(-1) ?? 1));
  // As many digits as tell two edges apart.
  const apart = Math.ceil(Math.log10(size / (second - first))) + 2;
  const digits = Number.isFinite(apart) ? Math.min(15, Math.max(4, apart)) : 4;
  return edges
    .slice(1)
    .map((edge, i) => `${formatNumber(edges[i] ?? edge, digits)} to ${formatNumber(edge, digits)}`);
}

/** How lines of a legend look beside the lines they name. */
const strokes = ["━━", "╍╍", "┉┉", "━╍", "━ ━"] as const;

function legend(spreads: readonly Spread[], tints: readonly string[]): Json {
  const words = spreads.map(
    ({ name }, rank) =>
      `<span style="color:${tints[rank] ?? colors.ink}">${strokes[rank % strokes.length]} ${escapeText(name)}</span>`,
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

function tell({ name, total, odd, counted }: Spread, edges: readonly number[], isAlone: boolean) {
  const { counts, below, above } = counted;
  const most = Math.max(0, ...counts);
  const at = counts.indexOf(most);
  const peak =
    total === 0 ? "" : `, most (${most}) from ${names(edges.slice(at, at + 2))[0] ?? ""}`;
  const outside = [
    ...(below > 0 ? [`${below} below`] : []),
    ...(above > 0 ? [`${above} above`] : []),
    ...(odd > 0 ? [`${odd} not finite`] : []),
  ];
  const left = outside.length === 0 ? "" : `, ${outside.join(", ")}`;
  return `${isAlone ? "" : `${name} `}${total} ${total === 1 ? "value" : "values"}${peak}${left}`;
}

/** @throws TypeError for what is no list of numbers. */
function finite(values: Values, name: string) {
  if (!isColumn(values))
    throw new DTypeError(`${WHO}: "${name}" is no list of numbers - wanted an array or a tensor`);
  const all = isTensor(values) ? values.data : readColumn(values, `${WHO}: "${name}"`);
  const kept = new Float64Array(all.length);
  let count = 0;
  for (let i = 0; i < all.length; i++) {
    const value = all[i]!; // i is below the length
    if (Number.isFinite(value)) kept[count++] = value;
  }
  return { values: kept.subarray(0, count), odd: all.length - count };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * How values are spread: numbers in a list or a tensor of any shape, or several by name in the same
 * bins. The text of the figure names the rule that chose the bins.
 *
 * @throws RangeError for bins, edges or a range that cannot be; DTypeError for what is no list.
 * @example
 * plot.histogram(net.parameters()[0], { x: "weight" });
 * plot.histogram({ train: trainLosses, test: testLosses }, { bins: "scott", share: true });
 */
export function histogram(
  values: Values | Readonly<Record<string, Values>>,
  options: HistogramOptions = {},
): Histogram {
  return new Histogram(values, options);
}
