/** A place on a figure that the reader's hand sets and cells read: two knobs in one. */
import { noteKnobChange } from "../inputs/changes.ts";
import { roundStep } from "../inputs/slider.ts";
import type { FigurePoint } from "../protocol.ts";
import type { FigureControl, FigurePlace } from "../run/surface.ts";
import { formatNumber } from "./numbers.ts";
import type { Place } from "./path.ts";
import type { Region, Span } from "./region.ts";

/** The place at this moment, also inside a busy loop. */
export interface StartPoint {
  readonly value: Place;
}

export class HeldPoint implements StartPoint {
  readonly #x: FigureControl<number>;
  readonly #y: FigureControl<number>;
  #seen: string;

  /** @throws RangeError for a place outside what the figure shows. */
  constructor(place: FigurePlace, [x, y]: Place, region: Region, who: string) {
    for (const [name, at, [low, high]] of [
      ["x", x, region.x],
      ["y", y, region.y],
    ] as const)
      if (!(at >= low && at <= high))
        throw new RangeError(
          `${who}: a start at ${name} = ${at} - wanted one that is shown, from ${low} to ${high}`,
        );
    const knob = (name: string, value: number, [min, max]: Span) => {
      const step = roundStep((max - min) / 200);
      const label = `start ${name}`;
      return place.knob({ kind: "slider", label, min, max, step, log: false, value });
    };
    this.#x = knob("x", x, region.x);
    this.#y = knob("y", y, region.y);
    this.#seen = this.#told();
  }

  /** Reading it makes a light cell follow the hand, as any knob does. */
  get value(): Place {
    const place: Place = [this.#x.read(), this.#y.read()];
    const told = this.#told();
    if (told !== this.#seen) noteKnobChange("start", told);
    this.#seen = told;
    return place;
  }

  /** For the page; null where the kernel has no room for more knobs. */
  view(): FigurePoint | null {
    const [x, y] = [this.#x.view(), this.#y.view()];
    return x?.kind === "slider" && y?.kind === "slider" ? { x, y } : null;
  }

  #told(): string {
    return [this.#x, this.#y].map((knob) => formatNumber(knob.peek())).join(", ");
  }
}
