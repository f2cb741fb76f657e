/**
 * Where two classes have equal scores: a line through each square of a grid whose corners are not of
 * one class. On an edge between two classes it crosses where their scores would meet on a straight line.
 */
import type { Grid } from "./region.ts";
import { classAt, type Scores } from "./scores.ts";

/** Separate strokes from `x[i], y[i]` to `x[i + 1], y[i + 1]`, each followed by a null. */
export interface Strokes {
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
}

type Place = readonly [x: number, y: number];

/** `scores` are of the grid's places, row by row. */
export function borders(scores: Scores, { xs, ys }: Grid): Strokes {
  const width = xs.length;
  const labels = Int16Array.from({ length: width * ys.length }, (_, i) => classAt(scores, i));
  const { classes, data } = scores;
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  const stroke = (from: Place, to: Place) => {
    x.push(from[0], to[0], null);
    y.push(from[1], to[1], null);
  };
  // Every index below is of a place of the grid.
  const placeOf = (at: number): Place => [xs[at % width]!, ys[Math.floor(at / width)]!];
  const crossing = (a: number, b: number): Place | null => {
    const [one, other] = [labels[a]!, labels[b]!];
    if (one === other || one < 0 || other < 0) return null;
    const lead = (at: number) => data[at * classes + one]! - data[at * classes + other]!;
    const [before, after] = [lead(a), lead(b)];
    const share = before === after ? 0.5 : before / (before - after);
    const [from, to] = [placeOf(a), placeOf(b)];
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  };
  for (let row = 0; row + 1 < ys.length; row++) {
    for (let column = 0; column + 1 < width; column++) {
      const corner = row * width + column;
      const label = labels[corner];
      const [right, above, across] = [corner + 1, corner + width, corner + width + 1];
      if (label === labels[right] && label === labels[above] && label === labels[across]) continue;
      const met = [
        crossing(corner, right),
        crossing(right, across),
        crossing(across, above),
        crossing(above, corner),
      ].filter((place) => place !== null);
      const [first, second] = met;
      if (first === undefined || second === undefined) continue;
      if (met.length === 2) stroke(first, second);
      else {
        // Three classes meet in here, or two cross: the strokes run together in the middle.
        const mean = (axis: 0 | 1) => met.reduce((sum, place) => sum + place[axis], 0) / met.length;
        const middle: Place = [mean(0), mean(1)];
        for (const place of met) stroke(place, middle);
      }
    }
  }
  return { x, y };
}
