/** Pictures side by side as one matrix, with empty lines between them and captions over them. */
import type { Captions } from "./captions.ts";
import { escapeText, type Json } from "./figure.ts";
import { toJson } from "./numbers.ts";

export interface Stack {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Row by row, channel by channel, picture by picture. */
  readonly data: ArrayLike<number>;
  /** Red, green and blue, or one of grey. */
  readonly channels: 1 | 3;
}

/** In px: the column on a phone, a letter of a caption. */
const NARROW = 328;
const LETTER = 7;

/** Ten pictures in a row, or as many as have room for their captions on a phone; four at least. */
export function columnsFor(texts: readonly string[] = []): number {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return Math.min(10, Math.max(4, Math.floor(NARROW / (longest * LETTER + LETTER))));
}

/** The same as colours: each place of a grid as red, green, blue and how opaque it is, 0 to 255. */
export function colored(
  { height, width, data }: Stack,
  places: readonly (readonly number[])[],
  [low, high]: readonly [number, number],
): readonly (readonly (readonly number[])[])[] {
  const area = height * width;
  const level = (value: number) => Math.round((255 * (value - low)) / (high - low));
  const bounded = (value: number) => Math.min(255, Math.max(0, level(value))) || 0;
  return places.map((row) =>
    row.map((place) => {
      if (place < 0) return [0, 0, 0, 0];
      const first = Math.floor(place / area) * 3 * area + (place % area);
      return [...[0, 1, 2].map((k) => bounded(data[first + k * area]!)), 255]; // three channels
    }),
  );
}

/** All pictures in one grid with one empty line between them, two where captions stand. */
export function tile(stack: Stack, across: number, captions: Captions | null) {
  const { count, height, width, data, channels } = stack;
  const down = Math.ceil(count / across);
  const gap = count === 1 ? 0 : Math.max(1, Math.round(width / 8));
  const head = captions === null ? gap : Math.max(2, Math.round(height * 0.32));
  const z: (number | null)[][] = Array.from({ length: down * (height + head) }, () =>
    Array.from({ length: across * width + (across - 1) * gap }, () => null),
  );
  /** Which number of the stack is where; -1: none. */
  const places = z.map((row) => row.map(() => -1));
  const annotations: Json[] = [];
  for (let picture = 0; picture < count; picture++) {
    const top = Math.floor(picture / across) * (height + head) + head;
    const left = (picture % across) * (width + gap);
    for (let i = 0; i < height; i++) {
      // The grid has room for every picture.
      const [row, placed] = [z[top + i]!, places[top + i]!];
      for (let j = 0; j < width; j++) {
        const place = (picture * height + i) * width + j;
        // Of colours the grid has the places alone.
        row[left + j] = channels === 1 ? toJson(data[place]!) : 0; // in range
        placed[left + j] = place;
      }
    }
    const text = captions?.texts[picture];
    const tint = captions?.tints[picture];
    if (text !== undefined && tint !== undefined)
      annotations.push(caption(text, tint, left + (width - 1) / 2, top - 0.5));
  }
  return { z, annotations, places };
}

/** Room for a title above a grid of pictures, and below it, in px. */
const TITLE = 34;
const EDGE = 4;

/** The layout of a grid that is `heightPx` high at most: its values are squares, from its upper left corner on. */
export function gridLayout(
  title: string | undefined,
  heightPx: number,
  annotations: readonly Json[],
): Json {
  const top = title === undefined ? EDGE : TITLE;
  return {
    ...(title === undefined ? {} : { title: { text: escapeText(title) } }),
    height: Math.round(heightPx + top + EDGE),
    annotations,
    xaxis: { visible: false, constrain: "domain", constraintoward: "left" },
    yaxis: {
      visible: false,
      autorange: "reversed",
      scaleanchor: "x",
      constrain: "domain",
      constraintoward: "top",
    },
    margin: { l: 0, r: 0, b: EDGE, t: top },
  };
}

function caption(text: string, color: string, x: number, y: number): Json {
  return {
    text: escapeText(text),
    x,
    y,
    xanchor: "center",
    yanchor: "bottom",
    showarrow: false,
    font: { color, size: 12 },
  };
}
