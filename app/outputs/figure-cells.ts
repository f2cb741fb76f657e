/** Numbers in the cells of a heat map: all of them where each has room, else none. */
import type { JsonObject } from "./figure-filter.ts";
import { MARGINS } from "./figure-theme.ts";

/** In px: of a figure in a cell, the air around them, and what a colour bar takes. */
const DIGIT = 6.6;
const AIR = 6;
const BAR = 72;

/** Plotly would shrink numbers without room until nobody can read them. */
export function fitCellTexts(
  data: readonly JsonObject[],
  layout: JsonObject,
  widthPx: number,
): readonly JsonObject[] {
  const { margin } = layout;
  const left: unknown =
    typeof margin === "object" && margin !== null ? Reflect.get(margin, "l") : 0;
  const inner = widthPx - (typeof left === "number" ? left : MARGINS.l) - MARGINS.r - BAR;
  return data.map((trace) => {
    const { type, text, texttemplate, ...rest } = trace;
    if (type !== "heatmap" || texttemplate === undefined || !isRows(text)) return trace;
    const longest = text
      .flat()
      .reduce<number>((most, each) => Math.max(most, String(each).length), 0);
    const each = inner / Math.max(1, text[0]?.length ?? 1);
    if (each >= longest * DIGIT + AIR) return { ...trace, textfont: { size: 11 } };
    return { type, ...rest };
  });
}

function isRows(text: unknown): text is readonly (readonly unknown[])[] {
  return Array.isArray(text) && text.every((row) => Array.isArray(row));
}
