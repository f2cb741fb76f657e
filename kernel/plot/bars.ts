/** `plot.bars`: one bar for each name, as probabilities or counts. */
import type { FigureParts } from "../protocol.ts";
import { checkOptions } from "../tensor/options.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { type Column, isColumn, readColumn, sameLength, type Scalar, scalar } from "./columns.ts";
import {
  checkHeight,
  escapeText,
  Figure,
  type FigureJson,
  plane,
  type PlaneOptions,
} from "./figure.ts";
import { apart, namesAxis } from "./names.ts";
import { counted, formatNumber, toJson } from "./numbers.ts";
import { colors } from "./palette.ts";

export interface BarOptions extends PlaneOptions {
  /** Names of the axes. */
  readonly x?: string;
  readonly y?: string;
  /** Names of the bars, when the values are a column; their positions unless told. */
  readonly labels?: readonly string[];
  /** Lowest and highest y; unless told, from 0 to what the bars need. */
  readonly range?: readonly [number, number];
}

const optionNames = ["title", "height", "x", "y", "labels", "range"] satisfies (keyof BarOptions)[];

/** More bars than these are hairs: the first ones are drawn. */
const MOST_BARS = 1000;

/** Values by name, or a column of them. */
export type BarValues = Readonly<Record<string, Scalar>> | Column;

export class BarFigure extends Figure {
  #values: BarValues;
  readonly #options: BarOptions;

  constructor(values: BarValues, options: BarOptions) {
    super();
    checkOptions("plot.bars", options, optionNames);
    checkHeight("plot.bars", options.height);
    this.#values = values;
    this.#options = options;
    this.appear();
  }

  /** Draws again, with other values if they are given. */
  update(values: BarValues = this.#values): void {
    this.#values = values;
    this.redraw();
  }

  #bars(): { readonly names: readonly string[]; readonly heights: readonly number[] } {
    const values = this.#values;
    if (typeof values !== "object" || values === null)
      throw new DTypeError(`plot.bars: ${kindOf(values)} - wanted a column, or values by name`);
    if (!isColumn(values)) {
      const all = Object.entries(values);
      const heights = all.map(([name, value]) => scalar(value, `plot.bars: "${name}"`));
      return { names: all.map(([name]) => name), heights };
    }
    const heights = readColumn(values, "plot.bars");
    const names = this.#options.labels ?? heights.map((_, index) => String(index));
    sameLength("plot.bars", "labels", names.length, "values", heights.length);
    return { names, heights };
  }

  override toJSON(): FigureJson {
    const { title, x, y, range, height } = this.#options;
    const bars = this.#bars();
    const [names, heights] = [bars.names.slice(0, MOST_BARS), bars.heights.slice(0, MOST_BARS)];
    return {
      data: [
        {
          type: "bar",
          x: apart(names),
          y: heights.map(toJson),
          // A hand reads the whole name.
          text: names.map(escapeText),
          textposition: "none",
          // Meaning by sign: what adds is blue, what takes away orange.
          marker: { color: heights.map((h) => (h < 0 ? colors.negative : colors.positive)) },
          hovertemplate: "%{text}: %{y}<extra></extra>",
        },
      ],
      layout: {
        ...plane({
          title,
          height,
          x,
          y,
          xAxis: namesAxis(names),
          yAxis: range === undefined ? { rangemode: "tozero" } : { range: range.map(toJson) },
          annotations: [],
          right: 0,
        }),
        bargap: 0.25,
      },
    };
  }

  protected override parts(): FigureParts | null {
    const { length } = this.#bars().names;
    if (length <= MOST_BARS) return null;
    const [most, all] = [formatNumber(MOST_BARS, 9), formatNumber(length, 9)];
    return {
      controls: [],
      notes: [`The first ${most} of ${all} bars are drawn: plot.line and plot.histogram draw all.`],
    };
  }

  override describe(): string {
    const { names, heights } = this.#bars();
    const said = names
      .slice(0, 5)
      .map((name, index) => `${name} ${formatNumber(heights[index] ?? 0)}`);
    const { title } = this.#options;
    return `${title === undefined ? "" : `${title}: `}${counted(names.length, "bar")}: ${said.join(", ")}${names.length > 5 ? ", ..." : ""}`;
  }
}

/**
 * One bar for each name.
 *
 * @throws RangeError when labels do not match the values; DTypeError for an option that there is not.
 * @example
 * plot.bars({ cat: 0.7, dog: 0.2, fish: 0.1 }, { height: 200 });
 * plot.bars(probabilities, { labels: ["cat", "dog", "fish"] });
 */
export function bars(values: BarValues, options: BarOptions = {}): BarFigure {
  return new BarFigure(values, options);
}
