/** Thin lines in a live figure where the reader's hand moved a knob. */
import type { KnobChange } from "../inputs/changes.ts";
import type { KnobValue } from "../protocol.ts";
import { escapeText, type Json } from "./figure.ts";
import { formatKnob } from "./numbers.ts";
import { colors } from "./palette.ts";
import type { Scale } from "./ticks.ts";

/** Moves of one knob that follow each other faster than this are one gesture. */
const GESTURE_MS = 600;
/** Only the newest marks are drawn: more would hide the curve. */
const MARKS = 12;
/** Share of the axis that a mark's text takes. */
const ROOM = 0.25;

interface Mark {
  readonly label: string;
  value: KnobValue;
  step: number;
  atMs: number;
}

export class KnobMarks {
  readonly #marks: Mark[] = [];
  #seen: KnobChange | null;

  /** Knows of no change before it was made. */
  constructor(seen: KnobChange | null = null) {
    this.#seen = seen;
  }

  /** Knows of this change without marking it: it was made before the curve began. */
  begin(change: KnobChange | null): void {
    this.#seen = change;
  }

  /** Called at every push with the newest change of any knob; null if none ever moved. */
  note(change: KnobChange | null, step: number): void {
    if (change === null || change === this.#seen) return;
    this.#seen = change;
    const last = this.#marks.at(-1);
    if (last?.label === change.label && change.atMs - last.atMs < GESTURE_MS) {
      last.value = change.value;
      last.step = step;
      last.atMs = change.atMs;
      return;
    }
    this.#push({ label: change.label, value: change.value, step, atMs: change.atMs });
  }

  #push(mark: Mark): void {
    this.#marks.push(mark);
    if (this.#marks.length > MARKS) this.#marks.shift();
  }

  /** A mark of the author's own. */
  add(label: string, step: number): void {
    this.#push({ label, value: "", step, atMs: -Infinity });
  }

  /** What was moved where, oldest first. */
  get told(): readonly string[] {
    return this.#marks.map(
      ({ label, value, step }) => `${`${label} ${formatKnob(value)}`.trim()} from step ${step}`,
    );
  }

  clear(): void {
    this.#marks.length = 0;
  }

  /** Texts stand inside the top edge, where there is room for them. */
  draw(xScale: Scale): { readonly shapes: readonly Json[]; readonly annotations: readonly Json[] } {
    return {
      shapes: this.#marks.map((mark) => ({
        type: "line",
        xref: "x",
        yref: "paper",
        x0: mark.step,
        x1: mark.step,
        y0: 0,
        y1: 1,
        layer: "below",
        line: { color: colors.faint, width: 1, dash: "dot" },
      })),
      annotations: this.#withRoom(xScale).map((mark) => ({
        text: escapeText(`${mark.label} ${formatKnob(mark.value)}`.trim()),
        x: xScale.coordinate(mark.step),
        yref: "paper",
        y: 1,
        // To the left where there is no room to the right.
        xanchor: xScale.place(mark.step) > 1 - ROOM ? "right" : "left",
        yanchor: "top",
        xshift: xScale.place(mark.step) > 1 - ROOM ? -3 : 3,
        showarrow: false,
        font: { color: colors.muted, size: 11 },
      })),
    };
  }

  /** The newest marks that are far enough from the next to be named. */
  #withRoom(xScale: Scale): readonly Mark[] {
    const named: Mark[] = [];
    let next = Infinity;
    for (const mark of this.#marks.toReversed()) {
      const place = xScale.place(mark.step);
      if (next - place < ROOM) continue;
      named.push(mark);
      next = place;
    }
    return named;
  }
}
