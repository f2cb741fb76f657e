/**
 * What stands above a drawing, in as many lines as its column needs: the title, the names of classes on
 * the right, and the name of the y axis or a note on the left. In one line where there is room for both
 * beside the buttons that come with the pointer.
 */
import { isObject, type JsonObject } from "./figure-filter.ts";
import { innerWidth, marginOf } from "./figure-theme.ts";
import { type FittedTitle, fitTitle } from "./figure-title.ts";

/** Of the face above a drawing, in px: a letter's width, a line's height, the air between two texts. */
const LETTER = 6.3;
const LINE = 16;
const AIR = 16;
/** What the buttons take, in px. */
const BUTTONS = 150;
/** What the kernel puts between the names of a legend. */
const BETWEEN = "&nbsp;&nbsp; ";

/** The layout with its head fitted into a figure of this width; one that fits stays as it is. */
export function fitHead(layout: JsonObject, widthPx: number): FittedTitle {
  const titled = fitTitle(layout, widthPx);
  const { annotations } = titled.layout;
  if (!Array.isArray(annotations) || widthPx === 0) return titled;
  const room = innerWidth(titled.layout, widthPx);
  const words = annotations.find((each) => standsAbove(each, 0)) as JsonObject | undefined;
  const legend = annotations.find((each) => standsAbove(each, 1)) as JsonObject | undefined;
  const [ofWords, ofLegend] = [textOf(words), textOf(legend)];
  const before = ofWords === "" ? 0 : Math.round(sizeOf(ofWords)) + AIR;
  if (room <= 0 || (ofLegend === "" && before <= room + AIR)) return titled;
  if (before + sizeOf(ofLegend) <= room - (ofLegend === "" ? 0 : BUTTONS)) {
    const beside = { x: 0, xanchor: "left", xshift: before };
    const placed = annotations.map((each: unknown) =>
      each === legend ? { ...legend, ...beside } : each,
    );
    return { ...titled, layout: { ...titled.layout, annotations: placed } };
  }
  const wordLines = ofWords === "" ? [] : broken(ofWords, " ", room);
  const legendLines = ofLegend === "" ? [] : broken(ofLegend, BETWEEN, room);
  // The kernel left room for one line.
  const extraPx = Math.max(0, wordLines.length + legendLines.length - 1) * LINE;
  const fitted = annotations.map((each: unknown) => {
    if (each === words) return { ...words, text: wordLines.join("<br>"), align: "left" };
    if (each !== legend) return each;
    const yshift = 6 + wordLines.length * LINE;
    const text = legendLines.join("<br>");
    return { ...legend, text, x: 0, xanchor: "left", align: "left", yshift };
  });
  return {
    layout: {
      ...titled.layout,
      annotations: fitted,
      margin: { ...(titled.layout["margin"] as object), t: marginOf(titled.layout, "t") + extraPx },
    },
    extraPx: titled.extraPx + extraPx,
  };
}

/** A text above the upper left (0) or the upper right corner (1) of a drawing. */
function standsAbove(annotation: unknown, x: 0 | 1): boolean {
  if (!isObject(annotation)) return false;
  const { xref, yref, y, yanchor, text } = annotation;
  return (
    xref === "paper" &&
    yref === "paper" &&
    annotation["x"] === x &&
    y === 1 &&
    yanchor === "bottom" &&
    typeof text === "string"
  );
}

function textOf(annotation: JsonObject | undefined): string {
  return typeof annotation?.["text"] === "string" ? annotation["text"] : "";
}

/** In px, about: tags take no room, and what stands for a letter is one. */
function sizeOf(text: string): number {
  const read = text.replaceAll(/<[^>]*>/g, "").replaceAll(/&[#\w]+;/g, " ");
  return [...read].length * LETTER;
}

/** Lines of parts that fit into `room` px; a part that does not has a line of its own. */
function broken(text: string, between: string, room: number): readonly string[] {
  const lines: string[] = [];
  for (const part of text.split(between)) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : `${last}${between}${part}`;
    if (last !== undefined && sizeOf(joined) <= room) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines;
}
