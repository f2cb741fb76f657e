/** `plot.live`: curves that grow while a loop runs. Pushing is cheap; drawing is once a frame. */
import { lastKnobChange } from "../inputs/changes.ts";
import type { FigureParts, RecordedCurve } from "../protocol.ts";
import { type FigureControl, type RecordHandle, surface } from "../run/surface.ts";
import { checkNumber, checkOptions } from "../tensor/options.ts";
import { type BandKind, bandTrace } from "./bands.ts";
import { type Adjustable, adjustable } from "./columns.ts";
import { lineTrace } from "./curves.ts";
import {
  checkHeight,
  drawingHeight,
  Figure,
  type FigureJson,
  type Json,
  plane,
  type PlaneOptions,
} from "./figure.ts";
import { drawMarks, type Mark } from "./guides.ts";
import {
  type KeptLine,
  keptLabels,
  KeptRuns,
  keptTraces,
  type NamedCurve,
  settingsLabel,
} from "./kept-curves.ts";
import { type EndLabel, endLabels } from "./labels.ts";
import { cross, faint, stretched } from "./live-traces.ts";
import { brokenWords, reachedWords, seedsWords } from "./live-words.ts";
import { KnobMarks } from "./marks.ts";
import { formatNumber } from "./numbers.ts";
import { colors, seriesColors } from "./palette.ts";
import { numbersPushed, type DrawnCurve, type LiveValue, SeededCurve } from "./seeds.ts";
import {
  extentOf,
  hasLogX,
  hasLogY,
  joinExtents,
  type LogAxes,
  type Scale,
  scaleOf,
} from "./ticks.ts";

export interface LiveOptions extends PlaneOptions {
  /** Name of the y axis, as "loss". */
  readonly y?: string;
  /** Name of the x axis; "step" unless told. */
  readonly x?: string;
  /** Logarithmic axes: `true` or "y", "x", or "xy" for both. Values of zero and below leave a gap. */
  readonly log?: LogAxes;
  /**
   * 0 (off) to below 1: a running mean in front, the values themselves faint behind. A number is
   * where the figure's own slider begins; a knob takes the slider's place.
   */
  readonly smooth?: Adjustable;
  /** Places to look at: `{ y: 0.05, label: "goal" }`, `{ x: 100 }`, or a point `{ x: 100, y: 1 }`. */
  readonly marks?: readonly Mark[];
  /** Around the mean of several seeds: from lowest to highest ("range"), or one standard deviation ("std"). */
  readonly band?: BandKind;
}

const optionNames = [
  "title",
  "height",
  "x",
  "y",
  "log",
  "smooth",
  "marks",
  "band",
] satisfies (keyof LiveOptions)[];

/** Points of all curves together, in buckets of two: what a page draws in a few milliseconds. */
const MOST_BUCKETS = 1500;
/** A kept curve is thinner than one that is drawn now. */
const KEPT_BUCKETS = 200;
/** The heaviest running mean. */
const HEAVIEST = 0.999;

/** Curves by name, drawn while they grow. */
export class LiveCurve extends Figure {
  readonly #options: LiveOptions;
  readonly #curves = new Map<string, SeededCurve>();
  readonly #marks = new KnobMarks(lastKnobChange());
  readonly #kept: KeptRuns;
  readonly #run: number;
  readonly #record: RecordHandle;
  readonly #settings: () => string;
  readonly #smooth: FigureControl<number> | null;
  readonly #buttons: readonly {
    readonly control: FigureControl<number>;
    answer(): void;
    seen: number;
  }[];
  #step = 0;
  /** The step that the reader looks back at. */
  #looked: number | null = null;

  constructor(options: LiveOptions) {
    super();
    checkOptions("plot.live", options, optionNames);
    checkHeight("plot.live", options.height);
    this.#options = options;
    const place = surface().place("plot.live");
    this.#settings = () => settingsLabel(place.settings());
    this.#kept = place.memory(() => new KeptRuns(place.pins));
    this.#kept.begin(() => this.#whole());
    this.#run = place.runNumber ?? this.#kept.runs;
    this.#record = place.record(() => ({
      name: options.title ?? options.y ?? "live curves",
      curves: this.#recorded(),
      pin: this.#kept.pinned,
      pins: this.#kept.labels,
    }));
    const { smooth = 0 } = options;
    if (typeof smooth !== "object") checkNumber("plot.live", "smooth", smooth, 0, 1);
    const slider = {
      kind: "slider",
      label: "Smooth",
      min: 0,
      max: 0.99,
      step: 0.01,
      log: false,
    } as const;
    this.#smooth =
      typeof smooth === "number"
        ? place.control({ ...slider, value: Math.min(0.99, Math.max(0, smooth)) })
        : null;
    const button = (label: string, answer: () => void) => {
      const control = place.control({ kind: "button", label, answers: false, value: 0 });
      return { control, answer, seen: control.peek() };
    };
    this.#buttons = [button("Pin", () => this.pin()), button("Clear", () => this.#unpin())];
    this.appear();
  }

  /**
   * Adds one point to each named curve, at `step` or one after the last. A curve may be pushed
   * seldomer than others. A row of numbers is one for each seed. NaN and infinities break a curve off.
   *
   *     curve.push({ train: loss });
   *     curve.push({ train: loss, validation: accuracy(net, test) }, epoch);
   */
  push(values: Readonly<Record<string, LiveValue>>, step?: number): void {
    const pushed = numbersPushed(values);
    const at = step ?? this.#step;
    if (this.#curves.size === 0) this.#marks.begin(lastKnobChange());
    this.#step = at + 1;
    for (const [name, numbers] of pushed) {
      let curve = this.#curves.get(name);
      if (curve === undefined) {
        curve = new SeededCurve(hasLogX(this.#options.log));
        this.#curves.set(name, curve);
      }
      curve.push(at, numbers);
    }
    this.#marks.note(lastKnobChange(), at);
    this.redraw();
  }

  /**
   * Another run of the same curves begins, as with the next seed: steps count from 0 again, and the
   * mean of all runs is drawn with a band around it.
   */
  again(): void {
    for (const curve of this.#curves.values()) curve.again();
    this.#step = 0;
    this.redraw();
  }

  /** Marks this step with a word: `curve.mark("unfrozen")`. */
  mark(label: string): void {
    this.#marks.add(label, Math.max(0, this.#step - 1));
    this.redraw();
  }

  /**
   * Keeps the curves as they are, also when the cell runs again. Unless told, the label is what the
   * knobs stand at that the run has read.
   */
  pin(label?: string): void {
    this.#kept.pin(label ?? (this.#settings() || `run ${this.#run}`));
    this.#record.changed();
    this.redraw();
  }

  /** Empties the figure: every curve, every mark, and what was kept of earlier runs. */
  clear(): void {
    this.#curves.clear();
    this.#marks.clear();
    this.#unpin();
    this.#step = 0;
    this.redraw();
  }

  #unpin(): void {
    this.#kept.clear();
    this.#record.changed();
  }

  /** For the table of runs: of several seeds their mean. */
  #recorded(): readonly RecordedCurve[] {
    return Array.from(this.#curves, ([name, curve]) => ({
      name,
      ...curve.draw(0, KEPT_BUCKETS).front,
    }));
  }

  #weight(): number {
    const { smooth = 0 } = this.#options;
    const wanted = this.#smooth === null ? adjustable(smooth) : this.#smooth.read();
    return Math.min(HEAVIEST, Math.max(0, wanted));
  }

  #drawn(most: number): readonly DrawnCurve[] {
    const weight = this.#weight();
    return Array.from(this.#curves.values(), (curve) =>
      curve.draw(weight, most, this.#options.band),
    );
  }

  /** What is left to the next run. */
  #whole(): readonly NamedCurve[] {
    return Array.from(this.#curves, ([name, curve]) => ({ name, curve: curve.copy() }));
  }

  protected override position(): number {
    return this.#step - 1;
  }

  protected override look(position: number | null): void {
    this.#looked = position;
    this.redraw();
  }

  override toJSON(): FigureJson {
    for (const button of this.#buttons) {
      const presses = button.control.read();
      if (presses > button.seen) button.answer();
      button.seen = presses;
    }
    const { title, x = "step", y, height, marks = [] } = this.#options;
    const names = [...this.#curves.keys()];
    const drawn = this.#drawn(Math.max(60, Math.floor(MOST_BUCKETS / Math.max(1, names.length))));
    const kept = this.#kept.drawn(this.#weight(), KEPT_BUCKETS);
    const [xScale, yScale] = this.#scales(drawn, kept);
    const heightPx = drawingHeight(this.#options);
    const tints = seriesColors(names);
    const tint = (index: number) => tints[index] ?? colors.ink;
    const isInside = (value: number) => yScale.place(value) >= 0 && yScale.place(value) <= 1;
    const ends = [...this.#ends(drawn, tints, yScale), ...keptLabels(kept, isInside)];
    const { annotations, margin } = endLabels(ends, xScale, yScale, heightPx);
    const moves = this.#marks.draw(xScale);
    const looked = this.#looked === null ? [] : [{ x: this.#looked, label: "shown" }];
    const guides = drawMarks([...marks, ...looked], xScale, yScale, "plot.live");
    return {
      data: [
        ...keptTraces(kept),
        ...drawn.flatMap(({ band }, i) => (band === null ? [] : [bandTrace(band, tint(i))])),
        ...drawn.flatMap(({ raw, tip }, i) =>
          [raw, tip].flatMap((line) =>
            line === null ? [] : [faint(line, names[i] ?? "", tint(i))],
          ),
        ),
        ...drawn.map(({ front }, i) => lineTrace(front, names[i] ?? "", tint(i), i)),
        ...Array.from(this.#curves).flatMap(([name, { gap }], i) => cross(name, gap, tint(i))),
        ...guides.data,
      ],
      layout: {
        ...plane({
          title,
          x,
          y,
          xAxis: { ...xScale.axis, unifiedhovertitle: { text: `${x} %{x:,~r}` } },
          yAxis: yScale.axis,
          annotations: [
            ...annotations,
            ...moves.annotations,
            ...guides.annotations,
            ...this.#gapNotes(),
          ],
          right: margin,
          height,
        }),
        shapes: [...moves.shapes, ...guides.shapes],
        hovermode: "x unified",
        uirevision: "live",
      },
    };
  }

  /** Axes of all that is drawn; a ghost that went through the roof must not flatten what is new. */
  #scales(drawn: readonly DrawnCurve[], drawnBefore: readonly KeptLine[]): readonly [Scale, Scale] {
    const { log } = this.#options;
    const [logX, logY] = [hasLogX(log), hasLogY(log)];
    const kept = drawnBefore.map(({ line }) => line);
    const lines = drawn.flatMap(({ front, raw, tip }) =>
      [front, raw, tip].filter((each) => each !== null),
    );
    const bands = drawn.flatMap(({ band }) => (band === null ? [] : [band.low, band.high]));
    const own = joinExtents(
      [...lines.map((line) => line.y), ...bands].map((each) => extentOf(each, logY)),
    );
    const old = joinExtents(kept.map((line) => extentOf(line.y, logY)));
    const xs = [...lines, ...kept].map((line) => line.x);
    return [scaleOf(xs, logX, 0), scaleOf([stretched(own, old, logY)], logY, 0.05)];
  }

  /** The last drawable point of each curve, with its name and newest value: the mean's, if there are several. */
  #ends(
    drawn: readonly DrawnCurve[],
    tints: readonly string[],
    yScale: Scale,
  ): readonly EndLabel[] {
    return Array.from(this.#curves, ([name, curve], index): EndLabel[] => {
      const { front, raw, band } = drawn[index]!; // one for each curve
      const end = front.y.findLastIndex((value) => Number.isFinite(yScale.place(value)));
      if (end === -1) return [];
      const isMean = raw !== null || band !== null;
      // The end is a position of the line; a curve that broke off says so.
      const newest = isMean && Number.isFinite(curve.last.y) ? front.y[end]! : curve.last.y;
      const value = formatNumber(newest);
      return [
        { name, value, color: tints[index] ?? colors.ink, x: front.x[end]!, y: front.y[end]! },
      ];
    }).flat();
  }

  /** Where a curve first was not a number: that is never a detail. */
  #gapNotes(): readonly Json[] {
    const broken = brokenWords(this.#curves);
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

  protected override parts(): FigureParts {
    const all = [this.#smooth, ...this.#buttons.map(({ control }) => control)];
    return { controls: all.flatMap((control) => control?.view() ?? []), notes: [] };
  }

  override describe(): string {
    const { title, y } = this.#options;
    const pins = this.#kept.labels;
    const all = [
      reachedWords(this.#curves).join(", "),
      ...brokenWords(this.#curves),
      seedsWords(this.#curves),
      this.#marks.told.join(", "),
      pins.length === 0 ? "" : `pinned: ${pins.join("; ")}`,
    ].filter((each) => each !== "");
    const what = title ?? y ?? "live curves";
    return all.length === 0 ? `${what}, nothing yet` : `${what}: ${all.join("; ")}`;
  }
}

/**
 * Curves that are drawn while a loop runs: {@link LiveCurve.push} adds points.
 *
 * @throws DTypeError for an option that there is not.
 * @example
 * const curve = plot.live({ y: "loss", log: true });
 * for (const seed of [1, 2, 3]) { ...; curve.push({ loss }); ...; curve.again(); }
 */
export function live(options: LiveOptions = {}): LiveCurve {
  return new LiveCurve(options);
}
