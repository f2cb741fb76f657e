/**
 * The house template: figures in the page's fonts on its own paper, light and dark. Figures carry
 * light colours; on a dark page each that has a meaning is swapped for its dark twin.
 */
import {
  classHues,
  darkOf,
  divergingDark,
  diverging,
  hues,
  sequential,
  sequentialDark,
} from "../../kernel/plot/palette.ts";
import type { FigureJson, JsonObject } from "./figure-filter.ts";

export type Theme = "light" | "dark";

/** The page's faces: figures do not inherit CSS variables. */
export interface Fonts {
  readonly sans: string;
}

/** Room around a figure that sets none, in px. */
export const MARGINS = { t: 36, r: 24, b: 40, l: 56 } as const;
export const HEIGHT = 300;
/** Below this width, in px, an axis has room for a few numbers only. */
const NARROW = 480;

/** What a figure stands on. */
export function paperOf(theme: Theme): string {
  return hues.paper[theme];
}

/** A template for `layout.template` of a figure `widthPx` wide. */
export function houseTemplate(theme: Theme, { sans }: Fonts, widthPx: number): JsonObject {
  const ink = hues.ink[theme];
  const muted = hues.muted[theme];
  const rule = hues.rule[theme];
  const text = { family: sans, size: 12, color: muted };
  const axis = {
    gridcolor: rule,
    gridwidth: 1,
    linecolor: rule,
    zeroline: false,
    zerolinecolor: hues.faint[theme],
    ticks: "outside",
    ticklen: 4,
    tickcolor: rule,
    tickfont: text,
    title: { font: text, standoff: 8 },
    automargin: false,
    tickangle: 0,
    nticks: 7,
    exponentformat: "e",
    // 200,000 rather than 0.2 times a power; more has no room beside an axis.
    minexponent: 6,
    separatethousands: true,
  };
  const space = { ...axis, ticks: "", backgroundcolor: "rgba(0,0,0,0)", showbackground: false };
  return {
    layout: {
      font: text,
      title: {
        font: { family: sans, size: 14, color: ink, weight: 600 },
        x: 0,
        xref: "paper",
        xanchor: "left",
        y: 1,
        yref: "container",
        yanchor: "top",
        pad: { t: 6 },
      },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      colorway: classHues.map((hue) => hue[theme]),
      colorscale: {
        sequential: theme === "dark" ? sequentialDark : sequential,
        diverging: theme === "dark" ? divergingDark : diverging,
      },
      margin: MARGINS,
      showlegend: false,
      hovermode: "closest",
      hoverlabel: {
        bgcolor: theme === "dark" ? "#2f2e2a" : "#ffffff",
        bordercolor: rule,
        font: { family: sans, size: 12, color: ink },
      },
      modebar: { bgcolor: hues.paper[theme], color: hues.muted[theme], activecolor: ink },
      xaxis: {
        ...axis,
        showgrid: false,
        nticks: widthPx < NARROW ? 4 : 9,
        minexponent: 7,
        spikethickness: 1,
        spikecolor: hues.faint[theme],
        spikedash: "solid",
      },
      yaxis: { ...axis, ticks: "", ticklabelstandoff: 4 },
      scene: { xaxis: space, yaxis: space, zaxis: space, bgcolor: "rgba(0,0,0,0)" },
      annotationdefaults: { font: text },
    },
    data: {
      heatmap: [{ colorbar: bar(text) }],
      contour: [{ colorbar: bar(text) }],
      surface: [{ colorbar: bar(text) }],
      scatter: [{ marker: { colorbar: bar(text) } }],
      bar: [{ marker: { line: { width: 0 } } }],
    },
  };
}

function bar(text: JsonObject): JsonObject {
  const title = { font: text };
  return { thickness: 10, outlinewidth: 0, tickfont: text, title, ticks: "", len: 0.9 };
}

/** The figure's JSON with its meaningful colours as `theme` has them. Light is as it came. */
export function inTheme<Value>(value: Value, theme: Theme): Value {
  return theme === "light" ? value : (darkened(value) as Value);
}

function darkened(value: unknown): unknown {
  if (typeof value === "string") {
    return value.includes("#")
      ? value.replaceAll(/#[0-9a-f]{6}(?=[0-9a-f]{2}\b|\b)/gi, darkOf)
      : value;
  }
  if (Array.isArray(value)) {
    // Columns of numbers are long and have no colours; a colour scale's stop is a number and a text.
    return typeof value.at(-1) === "number" || value.at(-1) === null ? value : value.map(darkened);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, darkened(held)]));
}

/**
 * The height of a figure in a column of this width, both in px. A picture's values are square: in a
 * column too narrow for them it is less high than it asks for, rather than empty below.
 */
const TALLEST = 4_000;

export function heightOf({ data, layout }: FigureJson, widthPx: number): number {
  const wanted = layout["height"];
  const height = typeof wanted === "number" && wanted > 0 ? Math.min(wanted, TALLEST) : HEIGHT;
  const isPicture = fieldOf(layout["yaxis"], "scaleanchor") === "x";
  const rows = data[0]?.["z"];
  if (!isPicture || !Array.isArray(rows) || !Array.isArray(rows[0]) || widthPx === 0) return height;
  const square = (rows.length * innerWidth(layout, widthPx)) / Math.max(1, rows[0].length);
  return Math.min(height, Math.ceil(square) + marginOf(layout, "t") + marginOf(layout, "b"));
}

/** The room on one side of a drawing, in px. */
export function marginOf(layout: JsonObject, side: keyof typeof MARGINS): number {
  const px = fieldOf(layout["margin"], side);
  return typeof px === "number" ? px : MARGINS[side];
}

/** The width of the drawing itself, in px. */
export function innerWidth(layout: JsonObject, widthPx: number): number {
  return widthPx - marginOf(layout, "l") - marginOf(layout, "r");
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
