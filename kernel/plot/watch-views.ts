/** The drawings of a network's health: lines, bars, and one strip of histograms for each layer. */
import { namesAxis } from "./names.ts";
import { lineColors, lineLabels, lineTraces, type NamedLine } from "./curves.ts";
import {
  drawingHeight,
  escapeText,
  type FigureJson,
  type Json,
  plane,
  wordsAbove,
} from "./figure.ts";
import { drawMarks, type Mark } from "./guides.ts";
import type { Health } from "./health.ts";
import { USUAL_RATIO } from "./health-notes.ts";
import type { Histograms } from "./histogram.ts";
import { formatDecade, toJson } from "./numbers.ts";
import { colors, sequential } from "./palette.ts";
import { logScale, extentOf, scaleOf } from "./ticks.ts";

export interface ViewOptions {
  readonly title?: string;
  readonly height?: number;
  /** The step that the reader looks back at. */
  readonly looked?: number | undefined;
}

/** How large updates are beside the weights, over steps; the guide is where they usually are. */
export function updatesView(health: Health, options: ViewOptions): FigureJson {
  const lines: NamedLine[] = health.layers.flatMap(({ name, looks }) => {
    const known = looks.filter(({ ratio }) => ratio !== null);
    if (known.length === 0) return [];
    return [{ name, x: known.map(({ step }) => step), y: known.map(({ ratio }) => ratio ?? NaN) }];
  });
  const y = "update / weights, in length";
  const tints = lineColors(lines);
  const xScale = scaleOf(
    lines.map((line) => line.x),
    false,
    0,
  );
  const yScale = scaleOf([...lines.map((line) => line.y), [USUAL_RATIO]], true, 0.1);
  const { annotations, margin } = lineLabels(
    lines,
    tints,
    xScale,
    yScale,
    drawingHeight({ ...options, y }),
  );
  const marks = [{ y: USUAL_RATIO, label: "usual" }, ...looked(options)];
  const guide = drawMarks(marks, xScale, yScale, "plot.watch");
  return {
    data: [...lineTraces(lines, tints), ...guide.data],
    layout: {
      ...plane({
        title: options.title,
        x: "step",
        y,
        xAxis: { ...xScale.axis, unifiedhovertitle: { text: "step %{x}" } },
        yAxis: yScale.axis,
        annotations: [...annotations, ...guide.annotations],
        right: margin,
        height: options.height,
      }),
      shapes: guide.shapes,
      hovermode: "x unified",
      uirevision: "updates",
    },
  };
}

/** How large slopes are from the first layer to the last: at the first look, and at the newest. */
export function flowView(health: Health, options: ViewOptions): FigureJson {
  const layers = health.layers.filter(({ looks }) => looks.some(({ slope }) => slope !== null));
  const known = layers.map(({ looks }) => looks.filter(({ slope }) => slope !== null));
  const sizes = (which: 0 | -1) => known.map((looks) => looks.at(which)?.slope ?? NaN);
  const [first, now] = [sizes(0), sizes(-1)];
  const step = known[0]?.at(-1)?.step ?? 0;
  const names = layers.map(({ name }) => escapeText(name));
  const yScale = logScale(extentOf([...first, ...now], true), 0.1);
  const line = (
    name: string,
    y: readonly number[],
    color: string,
    width: number,
    symbol: string,
  ) => ({
    type: "scatter",
    mode: "lines+markers",
    name,
    x: names,
    y: y.map(toJson),
    line: { color, width },
    marker: { color, size: 8, symbol },
    hovertemplate: "%{y:.3~g}",
  });
  return {
    data: [
      line("first look", first, colors.muted, 1.5, "square"),
      line(`step ${step}`, now, colors.train, 2, "circle"),
    ],
    layout: {
      ...plane({
        title: options.title,
        x: "layer, from the input to the output",
        y: `size of the slopes, now ● and at the first look ■`,
        xAxis: namesAxis(names),
        yAxis: yScale.axis,
        annotations: [],
        right: 0,
        height: options.height,
      }),
      hovermode: "x unified",
    },
  };
}

/** Which share of units gives nothing but zeros, and which share of values lies at flat ends. */
export function unitsView(health: Health, options: ViewOptions): FigureJson {
  const all = [...health.activations.values()];
  const names = all.map(({ name }) => escapeText(name));
  const bar = (name: string, shares: readonly number[], color: string, pattern: string) => ({
    type: "bar",
    name,
    x: names,
    y: shares.map((share) => toJson(100 * share)),
    marker: { color, pattern: { shape: pattern } },
    hovertemplate: "%{y:.3~g} %",
  });
  return {
    data: [
      bar(
        "dead units",
        all.map(({ dead, units }) => dead / Math.max(1, units)),
        colors.negative,
        "",
      ),
      bar(
        "saturated values",
        all.map(({ saturated }) => saturated ?? 0),
        colors.train,
        "/",
      ),
    ],
    layout: {
      ...plane({
        title: options.title,
        x: undefined,
        y: "%, of units that are dead ■ and of values that are saturated ▨",
        xAxis: namesAxis(names),
        yAxis: { range: [0, 100] },
        annotations: [],
        right: 0,
        height: options.height,
      }),
      bargap: 0.4,
      barmode: "group",
      hovermode: "x unified",
    },
  };
}

/** Where the reader looks back at, among steps. */
function looked({ looked: step }: ViewOptions): readonly Mark[] {
  return step === undefined ? [] : [{ x: step, label: "shown" }];
}

export interface Strip {
  readonly name: string;
  readonly histograms: Histograms;
}

/** Height of one strip, and of what stands above and below all of them, in px. */
const STRIP = 84;
const AROUND = 56;
/** What is left free above a strip for its name, in px. */
const NAME = 20;

/** One strip a layer: steps across, values up, the darker the more. `isPowers`: edges are powers of ten. */
export function stripsView(
  strips: readonly Strip[],
  what: string,
  isPowers: boolean,
  options: ViewOptions,
): FigureJson {
  const { title, height } = options;
  const shown = strips.filter(({ histograms }) => histograms.looks.length > 0);
  const rows = Math.max(1, shown.length);
  const share = 1 / rows;
  const heightPx = height ?? AROUND + STRIP * Math.max(1.5, rows);
  const gap = (NAME * rows) / (heightPx - AROUND);
  const axes = shown.map(({ histograms }, i) => {
    const { low, high } = occupied(histograms);
    const [least, most] = [histograms.edges[low] ?? 0, histograms.edges[high] ?? 1];
    const ticks = isPowers ? decades(least, most) : null;
    return [
      `yaxis${i === 0 ? "" : i + 1}`,
      {
        domain: [1 - (i + 1) * share, 1 - (i + gap) * share],
        range: [toJson(least), toJson(most)],
        nticks: 4,
        showgrid: false,
        ...(ticks === null
          ? {}
          : { tickmode: "array", tickvals: ticks, ticktext: ticks.map(formatDecade) }),
      },
    ] as const;
  });
  const steps = shown.map(({ histograms: { looks } }) => looks.map(({ step }) => step));
  const scale = scaleOf(steps, false, 0);
  const guide = drawMarks(looked(options), scale, scale, "plot.watch");
  return {
    data: shown.map((strip, i) => stripTrace(strip, i, isPowers)),
    layout: {
      ...plane({
        title,
        x: "step",
        y: undefined,
        xAxis: { anchor: `y${shown.length > 1 ? shown.length : ""}`, showgrid: false },
        yAxis: {},
        annotations: [
          ...shown.map(({ name }, i) => ({
            ...wordsAbove(name === "" ? what : `${what}: ${name}`),
            y: 1 - (i + gap) * share,
            yshift: 1,
          })),
          ...guide.annotations,
        ],
        right: 0,
        height: heightPx,
      }),
      shapes: guide.shapes,
      ...Object.fromEntries(axes),
      uirevision: what,
    },
  };
}

function stripTrace({ name, histograms }: Strip, row: number, isPowers: boolean): Json {
  const { looks, edges } = histograms;
  const { low, high } = occupied(histograms);
  const shares = Array.from({ length: high - low }, (_, bin) =>
    looks.map(({ bins, total }) => (bins[low + bin] ?? 0) / Math.max(1, total)),
  );
  // One bin, such as the zeros of a ReLU, must not make all others pale.
  const second = looks.map(({ bins, total }) => (bins.toSorted().at(-2) ?? 0) / Math.max(1, total));
  return {
    type: "heatmap",
    name,
    x: looks.map(({ step }) => step),
    y: shares.map((_, bin) => toJson(((edges[low + bin] ?? 0) + (edges[low + bin + 1] ?? 0)) / 2)),
    z: shares.map((share) => share.map(toJson)),
    zmin: 0,
    zmax: toJson(Math.max(...second) * 1.15 || 1),
    colorscale: sequential,
    showscale: false,
    yaxis: `y${row === 0 ? "" : row + 1}`,
    hovertemplate: `${isPowers ? "10^%{y:.2~f}" : "%{y:.3~g}"} at step %{x}: %{z:.1%}<extra></extra>`,
  };
}

/** The bins between which something was counted. */
function occupied({ looks, edges }: Histograms): { readonly low: number; readonly high: number } {
  const bins = edges.slice(1).map((_, i) => looks.some((look) => look.bins[i] !== 0));
  const low = Math.max(0, bins.indexOf(true));
  return { low, high: Math.max(low + 1, bins.lastIndexOf(true) + 1) };
}

/** At most four whole powers within. */
function decades(low: number, high: number): readonly number[] {
  const all = Array.from(
    { length: Math.max(0, Math.floor(high) - Math.ceil(low) + 1) },
    (_, i) => Math.ceil(low) + i,
  );
  const every = Math.max(1, Math.ceil(all.length / 4));
  return all.filter((each) => each % every === 0);
}
