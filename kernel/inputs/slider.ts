/** `ui.slider`: a number in the reader's hand, live also inside a busy loop. */
import { type KnobHandle, surface } from "../run/surface.ts";
import { noteKnobChange } from "./changes.ts";

export interface SliderOptions {
  readonly min: number;
  readonly max: number;
  /** Distance of two neighbouring values. Unless told, a round number near a 200th of the way. With `log` there is none. */
  readonly step?: number;
  /** Where it starts, between `min` and `max`; the middle unless told. A reader's value survives a re-run. */
  readonly value?: number;
  /** Equal ways on the slider are equal factors; `min` must be above 0. */
  readonly log?: boolean;
}

/** A slider under its cell. Goes wherever a live number goes: `optim.SGD(parameters, { lr })`. */
export class Slider {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Distance of two neighbouring places; null on a log scale. */
  readonly #grid: number | null;
  readonly #handle: KnobHandle;
  /** Null until the constructor's own read, which is no move. */
  #last: number | null = null;

  constructor(label: string, options: SliderOptions) {
    // Forgotten options are refused as a range that is missing.
    const { min, max, step, value, log = false } = options ?? {};
    checkRange(label, min, max, log);
    checkStep(label, step, max - min);
    const grid = step ?? roundStep((max - min) / 200);
    const middle = min + Math.round((max - min) / 2 / grid) * grid;
    const start = value ?? (log ? Math.sqrt(min * max) : Number(middle.toPrecision(12)));
    if (!(start >= min && start <= max)) {
      throw new RangeError(
        `ui.slider: the value of "${label}" must lie between min ${min} and max ${max}, got ${start}`,
      );
    }
    this.label = label;
    this.min = min;
    this.max = max;
    this.#grid = log ? null : grid;
    this.#handle = surface().knob({
      kind: "slider",
      label,
      min,
      max,
      step: grid,
      log,
      value: start,
    });
    this.#last = this.#handle.peek();
  }

  /** The value at this moment. */
  get value(): number {
    const value = Math.min(this.max, Math.max(this.min, this.#handle.read()));
    if (this.#last !== null && value !== this.#last) noteKnobChange(this.label, value);
    this.#last = value;
    return value;
  }

  /** Turns the knob from a program, as training does: to the nearest place it has. */
  set value(value: number) {
    const { min } = this;
    const near = (grid: number) => min + Math.round((value - min) / grid) * grid;
    this.#handle.turn(this.#grid === null ? value : Number(near(this.#grid).toPrecision(12)));
    this.#last = this.#handle.peek();
  }

  /** So that arithmetic works: `2 * lr`. */
  valueOf(): number {
    return this.value;
  }

  toString(): string {
    return String(this.value);
  }

  /** Shown where it was made: as a cell's result there is nothing to add. */
  [Symbol.for("Jupyter.display")](): Record<string, never> {
    return {};
  }
}

/**
 * A slider under the running cell, at the reader's last value if there is one.
 *
 *     const lr = ui.slider("learning rate", { min: 1e-4, max: 1, value: 0.01, log: true });
 *
 * @throws RangeError when the range, step or start makes no sense, with both values.
 */
export function slider(label: string, options: SliderOptions): Slider {
  return new Slider(label, options);
}

function checkRange(label: string, min: number, max: number, log: boolean): void {
  if (!Number.isFinite(min) || !Number.isFinite(max) || min >= max) {
    throw new RangeError(
      `ui.slider: "${label}" needs min below max, both finite, got min ${min} and max ${max}`,
    );
  }
  if (log && min <= 0) {
    throw new RangeError(
      `ui.slider: a log scale has no zero, so min of "${label}" must be above 0, got ${min}`,
    );
  }
}

function checkStep(label: string, step: number | undefined, length: number): void {
  if (step === undefined || (step > 0 && step <= length)) return;
  throw new RangeError(
    `ui.slider: the step of "${label}" must be above 0 and at most max - min, ${length}, got ${step}`,
  );
}

/** The nearest of 1, 2, 5 times a power of ten that is not above `size`. */
export function roundStep(size: number): number {
  const exponent = Math.floor(Math.log10(size));
  const factor = [5, 2, 1].find((candidate) => candidate * 10 ** exponent <= size * 1.000001) ?? 1;
  return Number(`${factor}e${exponent}`);
}
