/** `plot.live`: curves that grow while a loop runs. Pushing is cheap; drawing is once a frame. */
import { lastKnobChange } from "../inputs/changes.ts";
import { type Adjustable, adjustable, type Scalar, scalar } from "./columns.ts";
import { Figure, type FigureJson, type FigureOptions, plane, type Json } from "./figure.ts";
import { type EndLabel, endLabels } from "./labels.ts";
import { KnobMarks } from "./marks.ts";
import { formatNumber, toJson } from "./numbers.ts";
import { colors, seriesColors } from "./palette.ts";
import { type Polyline, Series } from "./series.ts";
import { extentOf, joinExtents, linearScale, logScale } from "./ticks.ts";

export interface LiveOptions extends FigureOptions {
  /** Name of the y axis, as "loss". */
  readonly y?: string;
  /** Name of the x axis; "step" unless told. */
  readonly x?: string;
  /** Logarithmic y axis. Values of zero and below leave a gap. */
  readonly log?: boolean;
  /** 0 (off) to below 1: a running mean in front, the values themselves faint behind. */
  readonly smooth?: Adjustable;
}

/** Curves by name, drawn while they grow. */
export class LiveCurve extends Figure {
  readonly #options: LiveOptions;
  readonly #series = new Map<string, Series>();
  readonly #marks = new KnobMarks(lastKnobChange());
  #step = 0;

  constructor(options: LiveOptions) {
    super();
    this.#options = options;
    this.appear();
  }

  /**
   * Adds one point to each named curve, at `step` or one after the last. A curve may be pushed
   * seldomer than others. NaN and infinities leave a gap and are named in the figure.
   *
   *     curve.push({ train: loss });
   *     curve.push({ train: loss, validation: accuracy(net, test) }, epoch);
   */
  push(values: Readonly<Record<string, Scalar>>, step?: number): void {
    const at = step ?? this.#step;
    this.#step = at + 1;
    for (const name in values) {
      let series = this.#series.get(name);
      if (series === undefined) {
        series = new Series();
        this.#series.set(name, series);
      }
      series.push(at, scalar(values[name]!, `plot.live: "${name}"`)); // a key of values
    }
    this.#marks.note(lastKnobChange(), at);
    this.redraw();
  }

  /** Empties the figure: every curve, every mark. */
  clear(): void {
    this.#series.clear();
    this.#marks.clear();
    this.#step = 0;
    this.redraw();
  }

  override toJSON(): FigureJson {
    const { title, x = "step", y, log = false, smooth } = this.#options;
    const names = [...this.#series.keys()];
    const all = [...this.#series.values()];
    const lines = all.map((series) => series.line());
    const weight = smooth === undefined ? 0 : Math.min(0.999, Math.max(0, adjustable(smooth)));
    const fronts = weight === 0 ? lines : all.map((series) => series.smoothed(weight));

    const yExtent = joinExtents(lines.map((line) => extentOf(line.y, log)));
    const yScale = log ? logScale(yExtent) : linearScale(yExtent);
    const xScale = linearScale(joinExtents(lines.map((line) => extentOf(line.x))), 0);
    const tints = seriesColors(names);
    const front = (line: Polyline, index: number) =>
      trace(line, names[index] ?? "", { color: tints[index], width: 2 }, 1);
    const behind = (line: Polyline, index: number) =>
      trace(line, names[index] ?? "", { color: tints[index], width: 1 }, 0.3);
    const labels = ends(names, tints, weight === 0 ? all : null, fronts, log);
    const { annotations, margin } = endLabels(labels, yScale);
    const marks = this.#marks.draw(xScale);
    return {
      data: [...(weight === 0 ? [] : lines.map(behind)), ...fronts.map(front)],
      layout: {
        ...plane({
          title,
          x,
          y,
          xAxis: xScale.axis,
          yAxis: yScale.axis,
          annotations: [...annotations, ...marks.annotations, ...this.#gapNotes()],
          right: margin,
        }),
        shapes: marks.shapes,
        uirevision: "live",
      },
    };
  }

  /** Where a curve first was not a number: that is never a detail. */
  #gapNotes(): readonly Json[] {
    const broken = [...this.#series]
      .filter(([, series]) => !Number.isNaN(series.firstGapX))
      .map(([name, series]) => `${name} is not a number from step ${series.firstGapX}`);
    if (broken.length === 0) return [];
    return [
      {
        text: broken.join("<br>"),
        xref: "paper",
        yref: "paper",
        x: 0.5,
        y: 1,
        yanchor: "top",
        showarrow: false,
        font: { color: colors.validation },
      },
    ];
  }

  override describe(): string {
    const what = this.#options.title ?? this.#options.y ?? "live curves";
    const ends = [...this.#series].map(
      ([name, { last }]) => `${name} ${formatNumber(last.y)} at step ${formatNumber(last.x, 7)}`,
    );
    return ends.length === 0 ? `${what}, nothing yet` : `${what}: ${ends.join(", ")}`;
  }
}

/** Curves that are drawn while a loop runs: {@link LiveCurve.push} adds points. */
export function live(options: LiveOptions = {}): LiveCurve {
  return new LiveCurve(options);
}

function trace(line: Polyline, name: string, pen: Json, opacity: number): Json {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: line.x.map(toJson),
    y: line.y.map(toJson),
    line: pen,
    opacity,
  };
}

/** The last drawable point of each line, with its name and newest value: the mean's, if smoothed. */
function ends(
  names: readonly string[],
  tints: readonly string[],
  all: readonly Series[] | null,
  lines: readonly Polyline[],
  log: boolean,
): readonly EndLabel[] {
  return names.flatMap((name, index) => {
    const line = lines[index]!; // one line and one series for each name
    const end = line.y.findLastIndex((value) => Number.isFinite(value) && (!log || value > 0));
    if (end === -1) return [];
    const newest = all === null ? line.y[end]! : all[index]!.last.y;
    return [
      {
        name,
        value: formatNumber(newest),
        color: tints[index] ?? colors.ink,
        x: line.x[end]!, // end is a position of the line
        y: line.y[end]!,
      },
    ];
  });
}
