/** A figure's title in as many lines as its column needs: plotly would cut it at the edge. */
import { isObject, type JsonObject } from "./figure-filter.ts";
import { MARGINS } from "./figure-theme.ts";

/** Of the title's face, in px: a letter's width, which is seldom more, and a line's height. */
const LETTER = 7.6;
const LINE = 18;
const EDGE = 8;
/** Of the title's face; plotly moves a title of several lines up by these shares of it. */
const FACE = 14;
const RISE = { line: 1.3, once: 0.35 };
const PAD = 6;

export interface FittedTitle {
  readonly layout: JsonObject;
  /** How much higher the figure gets, in px, so that its drawing stays as high. */
  readonly extraPx: number;
}

/** Breaks the title between words. One that fits, or has tags of its own, stays as it is. */
export function fitTitle(layout: JsonObject, widthPx: number): FittedTitle {
  const title = layout["title"];
  const text = isObject(title) ? title["text"] : title;
  const margin = isObject(layout["margin"]) ? layout["margin"] : {};
  const numberOr = (value: unknown, other: number) => (typeof value === "number" ? value : other);
  const room = widthPx - numberOr(margin["l"], MARGINS.l) - EDGE;
  if (typeof text !== "string" || text.includes("<") || widthPx === 0 || room <= 0)
    return { layout, extraPx: 0 };
  const lines = broken(text, Math.max(8, Math.floor(room / LETTER)));
  if (lines.length < 2) return { layout, extraPx: 0 };
  const extraPx = (lines.length - 1) * LINE;
  const t = numberOr(margin["t"], MARGINS.t) + extraPx;
  const rise = (RISE.line * (lines.length - 1) + RISE.once) * FACE;
  const pad = { t: Math.round(PAD + rise) };
  const fitted = { ...(isObject(title) ? title : {}), text: lines.join("<br>"), pad };
  return { layout: { ...layout, title: fitted, margin: { ...margin, t } }, extraPx };
}

function broken(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
