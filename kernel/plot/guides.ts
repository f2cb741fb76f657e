/** Marks of the author in a figure with two axes: a line across, a line upright, a point, each with its words. */
import { type Adjustable, adjustable } from "./columns.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { escapeText, type Json } from "./figure.ts";
import { colors } from "./palette.ts";
import type { Scale } from "./ticks.ts";
import { toJson } from "./numbers.ts";

/** A place to look at: a line across at `y`, an upright line at `x`, or a point where both are given. */
export interface Mark {
  readonly x?: Adjustable;
  readonly y?: Adjustable;
  readonly label?: string;
}

export interface DrawnMarks {
  readonly data: readonly Json[];
  readonly shapes: readonly Json[];
  readonly annotations: readonly Json[];
}

/** @throws TypeError for a mark that names no place. */
export function drawMarks(
  marks: readonly Mark[],
  xScale: Scale,
  yScale: Scale,
  who: string,
): DrawnMarks {
  const data: Json[] = [];
  const shapes: Json[] = [];
  const annotations: Json[] = [];
  if (!Array.isArray(marks))
    throw new DTypeError(`${who}: ${kindOf(marks)} for the marks - wanted a list, [{ y: 0.1 }]`);
  for (const mark of marks) {
    const x = mark.x === undefined ? null : adjustable(mark.x);
    const y = mark.y === undefined ? null : adjustable(mark.y);
    if (x === null && y === null)
      throw new TypeError(`${who}: a mark has neither x nor y - wanted one of them, or both`);
    if (x !== null && y !== null) data.push(point(x, y, mark.label ?? ""));
    else shapes.push(rule(x, y));
    if (
      mark.label !== undefined &&
      (x === null || isInside(xScale, x)) &&
      (y === null || isInside(yScale, y))
    )
      annotations.push(words(mark.label, x, y, xScale, yScale));
  }
  return { data, shapes, annotations };
}

function isInside(scale: Scale, value: number): boolean {
  const place = scale.place(value);
  return place >= 0 && place <= 1;
}

function point(x: number, y: number, label: string): Json {
  return {
    type: "scatter",
    mode: "markers",
    name: label,
    x: [toJson(x)],
    y: [toJson(y)],
    marker: { size: 9, color: colors.ink, symbol: "diamond" },
    hovertemplate: "%{x:.4~g}, %{y:.4~g}",
  };
}

function rule(x: number | null, y: number | null): Json {
  const upright = x !== null;
  const at = toJson(x ?? y ?? 0);
  const line = { color: colors.muted, width: 1.5, dash: "4px,3px" };
  const layer = "between";
  return upright
    ? { type: "line", xref: "x", yref: "paper", x0: at, x1: at, y0: 0, y1: 1, layer, line }
    : {
        type: "line",
        xref: "paper",
        yref: "y",
        x0: 0,
        x1: 1,
        y0: at,
        y1: at,
        layer,
        line,
      };
}

/** Beside its mark, on the side where there is room. */
function words(
  label: string,
  x: number | null,
  y: number | null,
  xScale: Scale,
  yScale: Scale,
): Json {
  const isRight = x !== null && xScale.place(x) > 0.6;
  const isPoint = x !== null && y !== null;
  return {
    text: escapeText(label),
    ...(x === null ? { xref: "paper", x: 0 } : { x: toJson(xScale.coordinate(x)) }),
    ...(y === null ? { yref: "paper", y: 0 } : { y: toJson(yScale.coordinate(y)) }),
    xanchor: isRight ? "right" : "left",
    yanchor: isPoint ? "middle" : "bottom",
    xshift: isRight ? -5 : isPoint ? 9 : 4,
    yshift: isPoint ? 0 : 1,
    showarrow: false,
    font: { color: colors.muted, size: 11 },
  };
}
