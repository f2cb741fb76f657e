/** Names under a drawing, as of bars: side by side, smaller, upright, and only then fewer of them. */
import { type FigureJson, isObject, type JsonObject } from "./figure-filter.ts";
import { innerWidth } from "./figure-theme.ts";

/** Of the face of axes at its full size, in px: the size, a letter's width, the air between two names. */
const SIZE = 12;
const LETTER = 6.6;
const AIR = 3;
/** Sizes that names may be written in, in px: side by side, and upright. */
const FLAT = [SIZE, 10, 9];
const UPRIGHT = [SIZE - 1, 9];
/** Steps between the numbers that are left where not all have room. */
const ROUND = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** The layout with the names of its x axis written as a figure of this width has room for them. */
export function fitNames({ data, layout }: FigureJson, widthPx: number): JsonObject {
  const axis = layout["xaxis"];
  if (!isObject(axis) || axis["type"] !== "category" || widthPx === 0) return layout;
  const names = namesOf(data);
  if (names.length === 0) return layout;
  const [from, to] = Array.isArray(axis["domain"]) ? axis["domain"].map(Number) : [0, 1];
  const slot = (innerWidth(layout, widthPx) * ((to ?? 1) - (from ?? 0))) / names.length;
  return { ...layout, xaxis: { ...axis, ...written(names, slot) } };
}

/** `slot`: px for each name. */
function written(names: readonly string[], slot: number): JsonObject {
  const isFlat = (size: number, every = 1) => {
    const widths = names.map((name) => (sizeOf(name) * LETTER * size) / SIZE + AIR);
    return widths.every((width, i) => {
      const next = widths[i + every];
      return i % every !== 0 || next === undefined || (width + next) / 2 <= slot * every;
    });
  };
  const flat = FLAT.find((size) => isFlat(size));
  if (flat !== undefined) return style(flat, 0, 1);
  const upright = UPRIGHT.find((size) => size <= slot);
  if (upright !== undefined) return style(upright, -90, 1);
  const every = Math.ceil(9 / slot);
  if (!names.every((name) => /^-?\d+$/.test(name))) return style(9, -90, every);
  // Numbers tell which ones are left out between them.
  return style(SIZE, 0, ROUND.find((step) => step >= every && isFlat(SIZE, step)) ?? names.length);
}

function style(size: number, tickangle: number, dtick: number): JsonObject {
  return { tickangle, dtick, tickfont: { size }, automargin: true };
}

/** As they stand on the axis: each once, in the order of its first coming. Other axes have their own. */
function namesOf(data: FigureJson["data"]): readonly string[] {
  const all = new Set<string>();
  for (const { x, xaxis = "x" } of data) {
    if (!Array.isArray(x) || xaxis !== "x") continue;
    for (const name of x) all.add(String(name));
  }
  return [...all];
}

/** Letters, without the marks that keep names apart which are spelt alike. */
function sizeOf(name: string): number {
  const read = name.replaceAll(/&[#\w]+;/g, " ").replaceAll("\u200b", "");
  return [...read].length;
}
