/** `plot.drawing`: a figure of one's own, as plotly's JSON and a sentence, drawn anew at `update()`. */
import { kindOf } from "../tensor/errors.ts";
import { Figure, type FigureJson } from "./figure.ts";

/** What a drawing shows, and what it says to who cannot see it. */
export interface DrawingParts extends FigureJson {
  readonly words: string;
}

export class Drawing extends Figure {
  readonly #draw: () => DrawingParts;

  constructor(draw: () => DrawingParts) {
    super();
    if (typeof draw !== "function")
      throw new TypeError(
        `plot.drawing: ${kindOf(draw)} - wanted a function that gives { data, layout, words }`,
      );
    this.#draw = draw;
    this.appear();
  }

  /** Draws again: the function is asked anew, at most once a frame. Cheap to call every step. */
  update(): void {
    this.redraw();
  }

  #parts(): DrawingParts {
    const parts: Partial<DrawingParts> | null = this.#draw();
    const { data, layout, words } = parts ?? {};
    if (!Array.isArray(data) || typeof layout !== "object" || typeof words !== "string")
      throw new TypeError(
        "plot.drawing: the function gave something else - wanted { data: [...], layout: {...}, words }",
      );
    return { data, layout, words };
  }

  override toJSON(): FigureJson {
    const { data, layout } = this.#parts();
    return { data, layout };
  }

  /** Its author's business: shapes and words alone may be a drawing. */
  protected override blank(): null {
    return null;
  }

  override describe(): string {
    return this.#parts().words;
  }
}

/**
 * A figure that no other function draws: `draw` gives plotly's traces and layout, and the `words` that
 * tell it to who cannot see it. Colours of `plot` follow the theme.
 *
 * @throws TypeError when `draw` is no function, or gives something else.
 * @example
 * const bar = plot.drawing(() => ({
 *   data: [{ type: "bar", x: ["a"], y: [3] }],
 *   layout: { height: 200 },
 *   words: "one bar, 3 high",
 * }));
 * String(bar) // <Figure: one bar, 3 high>
 */
export function drawing(draw: () => DrawingParts): Drawing {
  return new Drawing(draw);
}
