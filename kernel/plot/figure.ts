/**
 * What every figure is: JSON for plotly.js, shown where it was made, drawn again in place. A figure
 * never touches a page: it answers `render` when the kernel is about to send a frame.
 */
import { FIGURE_MIME, type MimeBundle } from "../protocol.ts";
import { type LiveDisplay, surface } from "../run/surface.ts";
import { colors } from "./palette.ts";

/** `{ data, layout }` of plotly.js: plain JSON, arrays of numbers and nulls. */
export interface FigureJson {
  readonly data: readonly Json[];
  readonly layout: Json;
}

/** A piece of plotly JSON. */
export interface Json {
  readonly [key: string]: unknown;
}

/** Options every figure takes. */
export interface FigureOptions {
  /** One line above the figure. */
  readonly title?: string;
}

/** One figure. Made by the functions of `plot`; `Symbol.for("Jupyter.display")` tells it is shown already. */
export abstract class Figure {
  #display: LiveDisplay | null = null;

  /** Shows the figure under the running cell. Called once, when everything it draws is there. */
  protected appear(): void {
    this.#display = surface().show(() => this.toBundle());
  }

  /** Asks for a new drawing at the next frame. Cheap: call it as often as you like. */
  protected redraw(): void {
    this.#display?.invalidate();
  }

  /** The figure as it stands. */
  abstract toJSON(): FigureJson;

  /** One sentence for who cannot see it. */
  abstract describe(): string;

  toBundle(): MimeBundle {
    return { [FIGURE_MIME]: this.toJSON(), "text/plain": this.toString() };
  }

  toString(): string {
    return `<Figure: ${this.describe()}>`;
  }

  /** Shown where it was made: as a cell's result there is nothing to add. */
  [Symbol.for("Jupyter.display")](): MimeBundle {
    return {};
  }
}

/** Height of one line of words above a figure, in px. */
const WORDS = 22;

/** What a figure with two axes draws besides its traces. */
export interface Plane {
  readonly title: string | undefined;
  /** Names of the axes. */
  readonly x: string | undefined;
  readonly y: string | undefined;
  /** What else plotly should know of the axes: ranges, ticks. */
  readonly xAxis: Json;
  readonly yAxis: Json;
  readonly annotations: readonly Json[];
  /** Room on the right that labels need, in px. */
  readonly right: number;
}

/** A layout with the title above, the name of y over its axis and that of x under it. */
export function plane({ title, x, y, xAxis, yAxis, annotations, right }: Plane): Json {
  const lines = Number(title !== undefined) + Number(y !== undefined);
  return {
    ...(title === undefined ? {} : { title: { text: escapeText(title) } }),
    xaxis: { ...(x === undefined ? {} : { title: { text: escapeText(x) } }), ...xAxis },
    yaxis: yAxis,
    annotations: [...(y === undefined ? [] : [wordsAbove(y)]), ...annotations],
    margin: { t: 14 + WORDS * lines, r: Math.max(24, right) },
  };
}

/** Words above the figure's left edge: a note, or the name of the y axis, upright, so that nobody has to turn their head. */
export function wordsAbove(text: string): Json {
  return {
    text: escapeText(text),
    xref: "paper",
    yref: "paper",
    x: 0,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
    yshift: 6,
    showarrow: false,
    font: { color: colors.muted },
  };
}

/** Plotly reads a little HTML in its texts; names of series and classes are not meant as such. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
