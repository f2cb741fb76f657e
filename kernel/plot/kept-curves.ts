/** Curves of earlier runs at the same place of a notebook: the last one as a ghost, and what was pinned. */
import type { KnobValue, Pin } from "../protocol.ts";
import type { Json } from "./figure.ts";
import type { EndLabel } from "./labels.ts";
import { formatKnob, toJson } from "./numbers.ts";
import { classColor, colors, dashes } from "./palette.ts";
import { SeededCurve } from "./seeds.ts";
import type { Polyline } from "./series.ts";

/** More pins than this would hide what is drawn now. */
const MOST_PINS = 8;
/** More of a label than this would leave no room for curves. */
const MOST_LETTERS = 40;

export interface NamedCurve {
  readonly name: string;
  readonly curve: SeededCurve;
}

/** All curves of one run, as they were. */
export interface KeptCurves {
  readonly label: string;
  readonly curves: readonly NamedCurve[];
}

export class KeptRuns {
  #ghost: KeptCurves | null = null;
  #pins: KeptCurves[];
  /** Under which label the curves that are drawn now were pinned last. */
  pinned: string | null = null;
  /** How many figures there have been at this place. */
  runs = 0;
  /** What the figure that is drawn now would leave. */
  leave: (() => readonly NamedCurve[]) | null = null;

  /** `pins`: of kernels before this one. */
  constructor(pins: readonly Pin[]) {
    this.#pins = pins.map(({ label, curves }) => ({ label, curves: curves.map(again) }));
  }

  /** Another figure begins at this place: what the one before has drawn becomes the ghost. */
  begin(leave: () => readonly NamedCurve[]): void {
    const curves = this.leave?.() ?? [];
    if (curves.some(({ curve }) => curve.count > 1)) this.#ghost = { label: "last run", curves };
    this.leave = leave;
    this.pinned = null;
    this.runs += 1;
  }

  /** A second pin of one label takes the place of the first. */
  pin(label: string): void {
    const curves = this.leave?.() ?? [];
    if (curves.length === 0) return;
    this.#pins = [...this.#pins.filter((pin) => pin.label !== label), { label, curves }];
    this.pinned = label;
    if (this.#pins.length > MOST_PINS) this.#pins.shift();
  }

  clear(): void {
    this.#ghost = null;
    this.#pins = [];
    this.pinned = null;
  }

  get labels(): readonly string[] {
    return this.#pins.map(({ label }) => label);
  }

  /** Each line with its colour, as smooth as what is drawn now; the ghost first, so that it lies behind. */
  drawn(weight: number, most: number): readonly KeptLine[] {
    const of = ({ label, curves }: KeptCurves, color: string, opacity: number) =>
      curves.map(({ name, curve }, rank) => ({
        line: curve.draw(weight, most).front,
        color,
        opacity,
        name: curves.length === 1 ? label : `${name}, ${label}`,
        label: rank === 0 ? label : null,
        dash: dashes[rank % dashes.length]!, // in range: modulo the length
      }));
    return [
      ...(this.#ghost === null ? [] : of(this.#ghost, colors.faint, 1)),
      // The first two class colours look like training and validation.
      ...this.#pins.flatMap((pin, rank) => of(pin, classColor(rank + 2), 0.85)),
    ];
  }
}

/** A curve as its record has it. */
function again({ name, x, y }: Pin["curves"][number]): NamedCurve {
  const curve = new SeededCurve(false);
  x.forEach((at, i) => curve.push(at, [y[i] ?? Number.NaN]));
  return { name, curve };
}

export interface KeptLine {
  readonly name: string;
  readonly line: Polyline;
  readonly color: string;
  readonly opacity: number;
  readonly dash: string;
  /** Written at its end; null where another line of the same run says it. */
  readonly label: string | null;
}

export function keptTraces(lines: readonly KeptLine[]): readonly Json[] {
  return lines.map(({ name, line, color, opacity, dash }) => ({
    type: "scatter",
    mode: "lines",
    name,
    x: line.x.map(toJson),
    y: line.y.map(toJson),
    opacity,
    line: { color, width: 1.5, dash },
    hovertemplate: "%{y:.4~g}",
  }));
}

/** `isInside` tells where there is something to write a label at. */
export function keptLabels(
  lines: readonly KeptLine[],
  isInside: (y: number) => boolean,
): readonly EndLabel[] {
  return lines.flatMap(({ line, color, label }): EndLabel[] => {
    const end = line.y.findLastIndex(isInside);
    if (label === null || end === -1) return [];
    const [x, y] = [line.x[end]!, line.y[end]!]; // end is a position of the line
    const tint = color === colors.faint ? colors.muted : color;
    return [{ name: label, value: null, color: tint, x, y }];
  });
}

/** What a run was made with, from the knobs that it read: "lr 0.1, width 32". */
export function settingsLabel(settings: ReadonlyMap<string, KnobValue>): string {
  const all = Array.from(settings, ([label, value]) => `${label} ${formatKnob(value)}`).join(", ");
  return all.length > MOST_LETTERS ? `${all.slice(0, MOST_LETTERS - 1)}…` : all;
}
