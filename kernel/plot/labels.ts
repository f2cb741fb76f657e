/** Names of lines written at their ends instead of in a legend, moved apart where they would meet. */
import { escapeText, type Json } from "./figure.ts";
import { toJson } from "./numbers.ts";
import type { Scale } from "./ticks.ts";

const LINE_HEIGHT = 15;
const CHARACTER_WIDTH = 7.6;

export interface EndLabel {
  readonly name: string;
  /** Written under the name; null for a name alone. */
  readonly value: string | null;
  readonly color: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Annotations for the labels, and the right margin they need in px. `heightPx` is the height of the
 * drawing, which the labels share.
 */
export function endLabels(
  labels: readonly EndLabel[],
  xScale: Scale,
  yScale: Scale,
  heightPx: number,
): { readonly annotations: readonly Json[]; readonly margin: number } {
  const texts = labels.map(({ name, value }) => [
    ...wrapped(name),
    ...(value === null ? [] : [value]),
  ]);
  const wanted = labels.map((label) => yScale.place(label.y) * heightPx);
  const lines = texts.reduce((most, text) => Math.max(most, text.length), 1);
  const gap = lines === 1 ? LINE_HEIGHT : lines * LINE_HEIGHT + 4;
  const placed = spread(wanted, Math.min(gap, heightPx / labels.length), heightPx);
  const annotations = labels.map((label, index) => ({
    text: texts[index]!.map(escapeText).join("<br>"), // same length
    // Rounded as ends of axes are: plotly hides what lies a hair outside.
    x: toJson(xScale.coordinate(label.x)),
    y: toJson(yScale.coordinate(label.y)),
    xanchor: "left",
    yanchor: "middle",
    xshift: 6,
    yshift: Math.round(placed[index]! - wanted[index]!), // same length
    showarrow: false,
    align: "left",
    font: { color: label.color },
  }));
  const longest = Math.max(0, ...texts.flat().map(sizeOf));
  return { annotations, margin: Math.round(longest * CHARACTER_WIDTH) + 16 };
}

/**
 * Places at least `gap` apart and as near to the wanted ones as that allows, in the same order,
 * between 0 and `length` if they fit.
 */
export function spread(wanted: readonly number[], gap: number, length: number): readonly number[] {
  const order = wanted.map((_, index) => index).toSorted((a, b) => at(wanted, a) - at(wanted, b));
  // Groups of labels that touch, each held at the mean of what its members want.
  const groups: { members: number[]; center: number }[] = [];
  const half = (members: readonly number[]) => ((members.length - 1) * gap) / 2;
  const settle = (members: readonly number[]) => {
    const mean = members.reduce((sum, index) => sum + at(wanted, index), 0) / members.length;
    return Math.max(half(members), Math.min(length - half(members), mean));
  };
  for (const index of order) {
    let group = { members: [index], center: settle([index]) };
    let below = groups.at(-1);
    while (
      below !== undefined &&
      below.center + half(below.members) + gap > group.center - half(group.members)
    ) {
      groups.pop();
      const members = [...below.members, ...group.members];
      group = { members, center: settle(members) };
      below = groups.at(-1);
    }
    groups.push(group);
  }
  const places = wanted.slice();
  for (const { members, center } of groups) {
    members.forEach((index, rank) => {
      places[index] = center - half(members) + rank * gap;
    });
  }
  return places;
}

/** Letters in a line of a label: on a phone the drawing needs the room. */
const LETTERS = 14;

/** A name in at most three short lines, broken between words where it can be. */
function wrapped(name: string): readonly string[] {
  if (sizeOf(name) <= LETTERS + 2) return [name];
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && sizeOf(last) + 1 + sizeOf(word) <= LETTERS) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  const kept = lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]} …`] : lines;
  return kept.map((line) =>
    sizeOf(line) > LETTERS + 4 ? `${[...line].slice(0, LETTERS + 3).join("")}…` : line,
  );
}

function at(values: readonly number[], index: number): number {
  return values[index]!; // callers index with positions of the same array
}

function sizeOf(text: string): number {
  return [...text].length;
}
