/** Numbers under a drawing that its author has chosen: as many of them as a narrow column has room for. */
import { isObject, type JsonObject } from "./figure-filter.ts";
import { innerWidth } from "./figure-theme.ts";

/** Of the face of axes, in px: a letter's width, and the air between two numbers. */
const LETTER = 6.6;
const AIR = 6;

/** Every second tick of the x axis, or every third, where all of them would run into each other. */
export function fitTicks(layout: JsonObject, widthPx: number): JsonObject {
  const axis = layout["xaxis"];
  if (!isObject(axis) || axis["tickmode"] !== "array" || widthPx === 0) return layout;
  const { tickvals, ticktext, range } = axis;
  if (!Array.isArray(tickvals) || !Array.isArray(ticktext) || !isRange(range)) return layout;
  const room = innerWidth(layout, widthPx);
  const isLog = axis["type"] === "log";
  const placeOf = (value: unknown) =>
    (((isLog ? Math.log10(Number(value)) : Number(value)) - range[0]) / (range[1] - range[0])) *
    room;
  const places = tickvals.map(placeOf);
  const widths = ticktext.map((text) => String(text).length * LETTER + AIR);
  const collide = (every: number) =>
    places.some((place, i) => {
      const next = i + every;
      if (i % every !== 0 || next >= places.length) return false;
      const apart = Math.abs((places[next] ?? 0) - place);
      return apart < ((widths[i] ?? 0) + (widths[next] ?? 0)) / 2;
    });
  let every = 1;
  while (every < places.length && collide(every)) every += 1;
  if (every === 1) return layout;
  const kept = (list: readonly unknown[]) => list.filter((_, i) => i % every === 0);
  return {
    ...layout,
    xaxis: { ...axis, tickvals: kept(tickvals), ticktext: kept(ticktext) },
  };
}

function isRange(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
}
