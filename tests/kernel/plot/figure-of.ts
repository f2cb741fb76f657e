/** Reads a figure as a page gets it, for tests: what the display at `place` draws now, through JSON. */
import { expect } from "vitest";
import { FIGURE_MIME, FIGURE_PARTS_MIME, type FigureParts } from "../../../kernel/protocol.ts";
import type { FakeSurface } from "../fake-surface.ts";

/** What tests look at of plotly's JSON. */
export interface Trace {
  readonly type: string;
  readonly mode: string;
  readonly name: string;
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  readonly z: readonly (readonly (number | null)[])[];
  readonly text: readonly (readonly string[])[];
  readonly colorscale: readonly (readonly [number, string])[];
  readonly marker: { readonly symbol: string; readonly color: string };
  readonly line: { readonly color: string };
}

export interface ReadFigure {
  readonly data: readonly Trace[];
  readonly layout: {
    readonly title?: { readonly text: string };
    readonly annotations: readonly { readonly text: string }[];
    readonly xaxis: { readonly range: readonly number[]; readonly type?: string };
    readonly yaxis: { readonly range: readonly number[] };
  };
  readonly parts: FigureParts | undefined;
  readonly words: string;
  trace(name: string): Trace;
}

export function figureOf(page: FakeSurface, place = -1): ReadFigure {
  const bundle = page.displays.at(place)?.render() ?? {};
  const json = bundle[FIGURE_MIME];
  const { data, layout } = JSON.parse(JSON.stringify(json)) as Pick<ReadFigure, "data" | "layout">;
  expect({ data, layout }, "a figure is plain JSON").toEqual(json);
  return {
    data,
    layout,
    parts: bundle[FIGURE_PARTS_MIME] as FigureParts | undefined,
    words: String(bundle["text/plain"]),
    trace(name) {
      const found = data.find((trace) => trace.name === name);
      if (found === undefined) throw new Error(`no trace "${name}"`);
      return found;
    },
  };
}
