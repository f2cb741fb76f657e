/** `ui.number`: a number typed or stepped by the reader, with or without bounds. */
import { surface } from "../run/surface.ts";
import { checkOptions } from "../tensor/options.ts";
import { checkLabel, Knob } from "./knob.ts";

export interface NumberOptions {
  /** Where it starts: 0, or the bound nearest to it, unless told. A reader's value survives a re-run. */
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  /** Distance of two neighbouring values, counted from `min`, or from 0 where there is none. */
  readonly step?: number;
}

/** A field for a number under its cell. Goes wherever a live number goes. */
export class NumberBox extends Knob<number, number> {
  readonly min: number;
  readonly max: number;
  readonly #step: number | null;

  constructor(label: string, options: NumberOptions = {}) {
    checkLabel("ui.number", label);
    checkOptions("ui.number", options, ["value", "min", "max", "step"]);
    const { min = -Infinity, max = Infinity, step } = options;
    if (!(min <= max)) {
      throw new RangeError(
        `ui.number: "${label}" needs min at most max, got min ${min} and max ${max}`,
      );
    }
    if (step !== undefined && !(step > 0 && step < Infinity)) {
      throw new RangeError(`ui.number: the step of "${label}" must be above 0, got ${step}`);
    }
    const { value = Math.min(max, Math.max(min, 0)) } = options;
    if (!(value >= min && value <= max) || !Number.isFinite(value)) {
      const bounds = Number.isFinite(min) || Number.isFinite(max) ? ` from ${min} to ${max}` : "";
      throw new RangeError(
        `ui.number: the value of "${label}" must be a finite number${bounds}, got ${String(value)}`,
      );
    }
    super(
      label,
      surface().knob({
        kind: "number",
        label,
        min: Number.isFinite(min) ? min : null,
        max: Number.isFinite(max) ? max : null,
        step: step ?? null,
        value,
      }),
    );
    this.min = min;
    this.max = max;
    this.#step = step ?? null;
  }

  protected decode(held: number): number {
    return Math.min(this.max, Math.max(this.min, held));
  }

  protected encode(value: number): number {
    if (this.#step === null) return value;
    const from = Number.isFinite(this.min) ? this.min : 0;
    return Number((from + Math.round((value - from) / this.#step) * this.#step).toPrecision(12));
  }
}

/**
 * A field for a number under the running cell, at the reader's last value if there is one.
 *
 *     const size = ui.number("batch size", { value: 64, min: 1, step: 1 });
 *
 * @throws TypeError, RangeError when label, bounds, step or start make no sense, with what was given.
 */
export function number(label: string, options?: NumberOptions): NumberBox {
  return new NumberBox(label, options);
}
