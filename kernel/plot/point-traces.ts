/** Points of a projection as plotly traces: flat, where a short label stands in its dot, and in space. */
import type { Matrix } from "./columns.ts";
import { escapeText, type Json } from "./figure.ts";
import type { PointGroup } from "./groups.ts";
import { toJson } from "./numbers.ts";

/** More points than this are drawn small. */
const MANY = 300;

export interface LabelStyle {
  readonly isLabelled: boolean;
  /** Labels of one or two characters stand in place of the dot. */
  readonly isShort: boolean;
}

function coordinates(group: PointGroup, points: Matrix, k: number): readonly (number | null)[] {
  return group.indices.map((index) => toJson(points.data[index * points.columns + k]!)); // in range
}

export function flatTrace(
  group: PointGroup,
  points: Matrix,
  texts: readonly string[],
  style: LabelStyle,
): Json {
  const inDot = style.isLabelled && style.isShort;
  return {
    type: "scatter",
    mode: style.isLabelled ? "markers+text" : "markers",
    name: group.name,
    x: coordinates(group, points, 0),
    y: coordinates(group, points, 1),
    text: group.indices.map((index) => escapeText(texts[index]!)), // one a point
    hoverinfo: "text",
    textposition: inDot ? "middle center" : "top center",
    ...(style.isLabelled ? { textfont: { color: group.tint, size: inDot ? 13 : 11 } } : {}),
    marker: {
      ...group.marker,
      size: inDot ? 24 : points.rows > MANY ? 4 : 7,
      opacity: inDot ? 0.16 : 0.85,
      line: { width: 0 },
    },
    cliponaxis: false,
  };
}

export function spaceTrace(
  group: PointGroup,
  points: Matrix,
  texts: readonly string[],
  style: LabelStyle,
): Json {
  return {
    type: "scatter3d",
    mode: style.isLabelled ? "markers+text" : "markers",
    name: group.name,
    x: coordinates(group, points, 0),
    y: coordinates(group, points, 1),
    z: coordinates(group, points, 2),
    text: group.indices.map((index) => escapeText(texts[index]!)), // one a point
    hoverinfo: "text",
    textposition: "top center",
    ...(style.isLabelled ? { textfont: { color: group.tint, size: 13 } } : {}),
    marker: { ...group.marker, size: points.rows > MANY ? 2.5 : 4, line: { width: 0 } },
  };
}
