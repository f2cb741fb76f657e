/** `plot.sweep`: one metric against one or two settings that were swept, several seeds of each as a band. */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import { type Band, type BandKind, bandTrace } from "./bands.ts";
import { type Scalar, scalar } from "./columns.ts";
import { lineLabels, lineTrace, type NamedLine } from "./curves.ts";
import {
  checkHeight,
  drawingHeight,
  escapeText,
  Figure,
  type FigureJson,
  plane,
  type PlaneOptions,
} from "./figure.ts";
import { drawMarks, type Mark } from "./guides.ts";
import { formatNumber, toJson } from "./numbers.ts";
import { classColor, colors, sequential } from "./palette.ts";
import { plotlySymbol, symbolOf } from "./symbols.ts";
import { hasLogX, hasLogY, type LogAxes, type Scale, scaleOf } from "./ticks.ts";

/** A setting's value, or a seed. */
export type SweepValue = number | string | boolean;

/** One trained model: its settings and what was measured of it, by name. */
export type SweepRow = Readonly<Record<string, SweepValue | { item(): number }>>;

export interface SweepOptions extends PlaneOptions {
  /** The setting along the axis, as "lr". */
  readonly x: string;
  /** The metric, as "accuracy". */
  readonly y: string;
  /** A second setting: a line for each of its values, or the other axis of a map. */
  readonly by?: string;
  /** Lines, or, of two settings, a map of means; "lines" unless told. */
  readonly form?: "lines" | "map";
  /** Logarithmic axes: `true` or "y", "x", or "xy" for both. */
  readonly log?: LogAxes;
  /** Around the mean of seeds: from lowest to highest ("range"), or one standard deviation ("std"). */
  readonly band?: BandKind;
  readonly marks?: readonly Mark[];
}

const who = "plot.sweep";
const optionNames = [
  "title",
  "height",
  "x",
  "y",
  "by",
  "form",
  "log",
  "band",
  "marks",
] satisfies (keyof SweepOptions)[];

/** What was measured at one place of a sweep, once for each seed. */
interface Group {
  readonly x: SweepValue;
  readonly by: SweepValue;
  readonly values: readonly number[];
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export class Sweep extends Figure {
  readonly #options: SweepOptions;
  readonly #rows: { readonly x: SweepValue; readonly by: SweepValue; readonly y: number }[] = [];

  constructor(options: SweepOptions) {
    super();
    checkOptions(who, options, optionNames);
    checkHeight(who, options.height);
    for (const name of ["x", "y"] as const)
      if (typeof options[name] !== "string")
        throw new DTypeError(
          `${who}: ${kindOf(options[name])} for ${name} - wanted the name of ${name === "x" ? "a setting" : "a metric"}`,
        );
    if (options.form === "map" && options.by === undefined)
      throw new RangeError(`${who}: a map of one setting - wanted a second one as by`);
    this.#options = options;
    this.appear();
  }

  /**
   * Adds what was measured: `sweep.push({ lr, width, seed, accuracy })`. What has the same settings is
   * another seed of them; names that the figure does not draw are left out.
   * @throws DTypeError for a row without the settings or the metric.
   */
  push(row: SweepRow): void {
    const given: unknown = row;
    if (typeof given !== "object" || given === null)
      throw new DTypeError(
        `${who}: ${kindOf(given)} to push - wanted settings and a metric by name`,
      );
    const { x, y, by } = this.#options;
    const setting = (name: string): SweepValue => {
      const value: unknown = row[name];
      if (typeof value === "number" || typeof value === "string" || typeof value === "boolean")
        return value;
      throw new DTypeError(
        `${who}: ${value === undefined ? "no" : kindOf(value)} "${name}" in a row of ${Object.keys(row).join(", ")} - wanted a number or a text`,
      );
    };
    const metric = row[y];
    if (metric === undefined) setting(y);
    this.#rows.push({
      x: setting(x),
      by: by === undefined ? "" : setting(by),
      y: scalar(metric as Scalar, `${who}: "${y}"`),
    });
    this.redraw();
  }

  /** Places of the sweep in order, texts in the order in which they were first seen. */
  #groups(): readonly Group[] {
    const places = new Map<string, { x: SweepValue; by: SweepValue; values: number[] }>();
    for (const { x, by, y } of this.#rows) {
      const key = JSON.stringify([by, x]);
      const known = places.get(key);
      if (known === undefined) places.set(key, { x, by, values: [y] });
      else known.values.push(y);
    }
    const kind = this.#options.band ?? "range";
    return [...places.values()].map((place) => ({ ...place, ...spreadOf(place.values, kind) }));
  }

  override toJSON(): FigureJson {
    const groups = this.#groups();
    return this.#options.form === "map" ? this.#mapJson(groups) : this.#linesJson(groups);
  }

  #linesJson(groups: readonly Group[]): FigureJson {
    const { title, x, y, by, log, height, marks = [] } = this.#options;
    const axis = axisOf(
      groups.map((group) => group.x),
      hasLogX(log),
    );
    const lines = inOrder(groups.map((group) => group.by)).map((value): SweptLine => {
      const own = groups
        .filter((group) => group.by === value)
        .toSorted((a, b) => axis.at(a.x) - axis.at(b.x));
      const places = own.map((group) => axis.at(group.x));
      const mean = { x: places, y: own.map((group) => group.mean) };
      const band = { mean, low: own.map((g) => g.low), high: own.map((g) => g.high) };
      const name = by === undefined ? "" : `${by} ${told(value)}`;
      return { ...mean, name, around: band, own, isSeeded: own.some((g) => g.values.length > 1) };
    });
    const tint = (rank: number) => (by === undefined ? colors.train : classColor(rank));
    const tints = lines.map((_, rank) => tint(rank));
    const reach = groups.flatMap(({ low, high }) => [low, high]);
    const yScale = scaleOf([reach], hasLogY(log), 0.06);
    const xScale = axis.scale;
    const labels = lineLabels(lines, tints, xScale, yScale, drawingHeight({ ...this.#options, y }));
    const guides = drawMarks(marks, xScale, yScale, who);
    return {
      data: [
        ...lines.flatMap(({ around, isSeeded }, rank) =>
          isSeeded ? [bandTrace(around, tint(rank))] : [],
        ),
        ...lines.map((line, rank) => ({
          ...lineTrace(line, line.name === "" ? y : line.name, tint(rank), rank),
          mode: "lines+markers",
          marker: { size: 7, color: tint(rank), symbol: plotlySymbol(symbolOf(undefined, rank)) },
        })),
        ...guides.data,
      ],
      layout: {
        ...plane({
          title,
          x,
          y,
          xAxis: { ...xScale.axis, ...axis.ticks },
          yAxis: yScale.axis,
          annotations: [...labels.annotations, ...guides.annotations],
          right: labels.margin,
          height,
        }),
        shapes: guides.shapes,
        hovermode: "x",
        uirevision: "sweep",
      },
    };
  }

  #mapJson(groups: readonly Group[]): FigureJson {
    const { title, x, y, by = "", height } = this.#options;
    const [across, up] = [
      inOrder(groups.map((each) => each.x)),
      inOrder(groups.map((each) => each.by)),
    ];
    const found = (column: SweepValue, row: SweepValue) =>
      groups.find((group) => group.x === column && group.by === row);
    const means = up.map((row) => across.map((column) => found(column, row)?.mean ?? NaN));
    const axis = (values: readonly SweepValue[]) => ({
      tickmode: "array",
      tickvals: values.map((_, i) => i),
      ticktext: values.map((value) => escapeText(told(value))),
      range: [-0.5, values.length - 0.5],
      showgrid: false,
      ticks: "",
    });
    return {
      data: [
        {
          type: "heatmap",
          name: y,
          z: means.map((row) => row.map(toJson)),
          text: means.map((row) =>
            row.map((mean) => (Number.isFinite(mean) ? formatNumber(mean) : "")),
          ),
          texttemplate: "%{text}",
          colorscale: sequential,
          colorbar: { title: { text: escapeText(y), side: "top" } },
          xgap: 2,
          ygap: 2,
          hovertemplate: "%{text}<extra></extra>",
        },
      ],
      layout: {
        ...plane({
          title,
          x,
          y: by,
          xAxis: axis(across),
          yAxis: axis(up),
          annotations: [],
          right: 64,
          height,
        }),
        uirevision: "sweep",
      },
    };
  }

  override describe(): string {
    const { title, x, y, by } = this.#options;
    const groups = this.#groups();
    const what = `${title === undefined ? "" : `${title}: `}${y} over ${x}${by === undefined ? "" : ` and ${by}`}`;
    if (groups.length === 0) return `${what}, nothing yet`;
    const at = (group: Group) =>
      `${formatNumber(group.mean)} at ${x} ${told(group.x)}${by === undefined ? "" : `, ${by} ${told(group.by)}`}`;
    const finite = groups.filter(({ mean }) => Number.isFinite(mean));
    const sorted = finite.toSorted((a, b) => a.mean - b.mean);
    const [lowest, highest] = [sorted[0], sorted.at(-1)];
    const seeds = Math.max(...groups.map(({ values }) => values.length));
    return [
      `${what}, ${groups.length} ${groups.length === 1 ? "setting" : "settings"}`,
      seeds > 1 ? `up to ${seeds} seeds each` : "",
      highest === undefined ? "" : `highest ${at(highest)}`,
      lowest === undefined || lowest === highest ? "" : `lowest ${at(lowest)}`,
    ]
      .filter((each) => each !== "")
      .join("; ");
  }
}

interface SweptLine extends NamedLine {
  readonly around: Band;
  readonly own: readonly Group[];
  readonly isSeeded: boolean;
}

function spreadOf(values: readonly number[], kind: BandKind) {
  const finite = values.filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  if (finite.length === 0) return { mean: NaN, low: NaN, high: NaN };
  if (kind === "range") return { mean, low: least, high: most };
  const deviation = Math.sqrt(
    finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length,
  );
  return { mean, low: Math.max(least, mean - deviation), high: mean + deviation };
}

/** Each value once: numbers by size, anything else as first seen. */
function inOrder(values: readonly SweepValue[]): readonly SweepValue[] {
  const each = [...new Set(values)];
  return each.every((value) => typeof value === "number") ? each.toSorted((a, b) => a - b) : each;
}

function told(value: SweepValue): string {
  return typeof value === "number" ? formatNumber(value, 4) : String(value);
}

interface SettingAxis {
  readonly scale: Scale;
  /** Where a value stands; what is no number stands at its place in the order. */
  at(value: SweepValue): number;
  readonly ticks: Readonly<Record<string, unknown>>;
}

function axisOf(values: readonly SweepValue[], isLog: boolean): SettingAxis {
  const each = inOrder(values);
  if (each.every((value) => typeof value === "number"))
    return { scale: scaleOf([each], isLog, 0.04), at: Number, ticks: {} };
  const places = new Map(each.map((value, i) => [value, i]));
  return {
    scale: scaleOf([places.values()], false, 0.08),
    at: (value) => places.get(value) ?? NaN,
    ticks: {
      tickmode: "array",
      tickvals: [...places.values()],
      ticktext: each.map((value) => escapeText(told(value))),
    },
  };
}

/**
 * A metric against a setting, one row for each model that was trained: several seeds of one setting
 * are drawn as their mean with a band, a second setting as more lines or as a map.
 *
 * @throws DTypeError for names that are none, RangeError for a map of one setting.
 * @example
 * const sweep = plot.sweep({ x: "lr", y: "loss", by: "width", log: "xy" });
 * for (const width of [8, 32])
 *   for (const lr of [0.01, 0.1, 1])
 *     for (const seed of [1, 2, 3]) sweep.push({ width, lr, seed, loss: lr + seed / width });
 * String(sweep) // <Figure: loss over lr and width, 6 settings; up to 3 seeds each; highest 1.25 at lr 1, width 8; lowest 0.0725 at lr 0.01, width 32>
 */
export function sweep(options: SweepOptions): Sweep {
  return new Sweep(options);
}
