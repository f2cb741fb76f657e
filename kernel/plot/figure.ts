/**
 * What every figure is: JSON for plotly.js, shown where it was made, drawn again in place. A figure
 * never touches a page: it answers `render` when the kernel is about to send a frame.
 */
import { FIGURE_MIME, FIGURE_PARTS_MIME, type FigureParts, type MimeBundle } from "../protocol.ts";
import { type LiveDisplay, surface } from "../run/surface.ts";
import { blankWords, saying } from "./blank.ts";
import { colors } from "./palette.ts";
import { checkNumber } from "../tensor/options.ts";

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

/** Options of figures with an x and a y axis. */
export interface PlaneOptions extends FigureOptions {
  /** In px; 300 unless told. */
  readonly height?: number;
}

/** Figures that are shown together. */
export interface Arrangement {
  /** A figure's bundle with what it has from the others. */
  dress(figure: Shown, bundle: MimeBundle): MimeBundle;
}

/**
 * Something shown where it was made and drawn again in place: a figure, a table, a sound.
 * `Symbol.for("Jupyter.display")` tells that it is shown already.
 */
export abstract class Shown {
  #display: LiveDisplay | null = null;
  #arrangement: Arrangement | null = null;
  /** The first drawing, as long as it may have to be shown again: its tensors may be gone by then. */
  #drawn: MimeBundle | null = null;

  /** Shows it under the running cell. Called once, when everything it draws is there. */
  protected appear(): void {
    const bundle = () => {
      const own = this.#drawn ?? this.toBundle();
      this.#drawn = this.#display === null ? own : null;
      return this.#arrangement?.dress(this, own) ?? own;
    };
    queueMicrotask(() => {
      if (this.#arrangement === null) this.#drawn = null;
    });
    this.#display = surface().show(bundle, {
      position: () => this.position(),
      look: (position) => this.look(position),
    });
  }

  /** Where it stands in its cell's loop, for a reader who comes back to this moment; null: nowhere. */
  protected position(): number | null {
    return null;
  }

  /**
   * The weights are those of a recorded step, where {@link position} gave this; null: the newest. A
   * figure with an `update()` draws them.
   */
  protected look(_position: number | null): void {
    if ("update" in this && typeof this.update === "function") this.update();
  }

  /** Asks for a new drawing at the next frame. Cheap: call it as often as you like. */
  protected redraw(): void {
    this.#drawn = null;
    this.#display?.invalidate();
  }

  /** @internal Has it drawn among others from now on, and drawn again. */
  arrange(arrangement: Arrangement): void {
    this.#arrangement = arrangement;
    if (this.#drawn !== null) arrangement.dress(this, this.#drawn);
    this.#display?.invalidate();
  }

  /** All its forms, as it stands. */
  abstract toBundle(): MimeBundle;

  /** One sentence for who cannot see it. */
  abstract describe(): string;

  toString(): string {
    return `<Figure: ${this.describe()}>`;
  }

  /** Shown where it was made: as a cell's result there is nothing to add. */
  [Symbol.for("Jupyter.display")](): MimeBundle {
    return {};
  }
}

/** One figure that plotly.js draws. Made by the functions of `plot`. */
export abstract class Figure extends Shown {
  /** The figure as it stands. */
  abstract toJSON(): FigureJson;

  /** Controls and sentences that the page draws with the figure; null when there are none. */
  protected parts(): FigureParts | null {
    return null;
  }

  /** What stands in its middle when nothing else does. */
  protected blank(figure: FigureJson): string | null {
    return blankWords(figure);
  }

  override toBundle(): MimeBundle {
    const figure = this.toJSON();
    const parts = this.parts();
    const words = this.blank(figure);
    return {
      [FIGURE_MIME]: words === null ? figure : saying(words, figure, colors.muted),
      ...(parts === null ? {} : { [FIGURE_PARTS_MIME]: parts }),
      "text/plain": this.toString(),
    };
  }
}

/** Height of one line of words above a figure, in px. */
const WORDS = 22;
/** Of a figure that says none, and of what stands below its drawing, in px. */
const HEIGHT = 300;
const BELOW = 40;

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
  /** Of the whole figure, in px. */
  readonly height?: number | undefined;
}

/** The height of the drawing itself, which is what labels and marks share, in px. */
export function drawingHeight(options: {
  readonly title?: string;
  readonly y?: string;
  readonly height?: number;
}): number {
  return (options.height ?? HEIGHT) - above(options.title, options.y) - BELOW;
}

function above(title: string | undefined, y: string | undefined): number {
  return 14 + WORDS * (Number(title !== undefined) + Number(y !== undefined));
}

/** @throws TypeError, RangeError for a height that no figure can have. */
export function checkHeight(who: string, height: number | undefined): void {
  if (height !== undefined) checkNumber(who, "height", height, 120, 2000);
}

/** A layout with the title above, the name of y over its axis and that of x under it. */
export function plane({ title, x, y, xAxis, yAxis, annotations, right, height }: Plane): Json {
  return {
    ...(height === undefined ? {} : { height }),
    ...(title === undefined ? {} : { title: { text: escapeText(title) } }),
    xaxis: { ...(x === undefined ? {} : { title: { text: escapeText(x) } }), ...xAxis },
    yaxis: yAxis,
    annotations: [...(y === undefined ? [] : [wordsAbove(y)]), ...annotations],
    margin: { t: above(title, y), r: Math.max(24, right) },
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
  // A number is as good a title as its digits.
  return String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
