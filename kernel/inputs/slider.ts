/** `ui.slider`: a number in the reader's hand, live also inside a busy loop. */
import type { KnobView } from "../protocol.ts";
import { surface } from "../run/surface.ts";
import { checkOptions } from "../tensor/options.ts";
import { checkLabel, Knob } from "./knob.ts";

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

type SliderSpec = Omit<KnobView & { kind: "slider" }, "id" | "slot">;

const sliderOptions = ["min", "max", "step", "value", "log"] satisfies (keyof SliderOptions)[];

/** A slider under its cell. Goes wherever a live number goes: `optim.SGD(parameters, { lr })`. */
export class Slider extends Knob<number, number> {
  readonly min: number;
  readonly max: number;
  /** Distance of two neighbouring places; null on a log scale. */
  readonly #grid: number | null;

  constructor(label: string, options: SliderOptions) {
    checkLabel("ui.slider", label);
    // Forgotten options are refused as a range that is missing.
    if (options !== undefined) checkOptions("ui.slider", options, sliderOptions);
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
    const spec = { kind: "slider", label, min, max, step: grid, log, value: start } as const;
    super(label, surface().knob<SliderSpec>(spec));
    this.min = min;
    this.max = max;
    this.#grid = log ? null : grid;
  }

  protected decode(held: number): number {
    return Math.min(this.max, Math.max(this.min, held));
  }

  protected encode(value: number): number {
    const { min } = this;
    const near = (grid: number) => min + Math.round((value - min) / grid) * grid;
    return this.#grid === null ? value : Number(near(this.#grid).toPrecision(12));
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
