/** How a knob's value and its place on the slider belong together, on a linear and on a log scale. */
import { formatNumber, groupThousands, readNumbers } from "./knob-number.ts";

export interface KnobScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly log: boolean;
}

/** Places a log slider has: fine enough that neighbours differ by less than a hundredth. */
const LOG_PLACES = 1000;

/** The `<input type=range>` that carries the knob: its own min, max and step. */
export function track({ min, max, step, log }: KnobScale): {
  readonly min: number;
  readonly max: number;
  readonly step: number;
} {
  return log ? { min: 0, max: LOG_PLACES, step: 1 } : { min, max, step };
}

/** Where on the track a value lies. */
export function toTrack(scale: KnobScale, value: number): number {
  if (!scale.log) return value;
  const share = Math.log(value / scale.min) / Math.log(scale.max / scale.min);
  return Math.round(share * LOG_PLACES);
}

/** The value at a place of the track: ends exact, between them three digits on a log scale. */
export function fromTrack(scale: KnobScale, place: number): number {
  if (!scale.log) return clamp(scale, roundToStep(scale, place));
  if (place <= 0) return scale.min;
  if (place >= LOG_PLACES) return scale.max;
  const value = scale.min * (scale.max / scale.min) ** (place / LOG_PLACES);
  return clamp(scale, Number(value.toPrecision(3)));
}

/** What a person typed, if it is a number: kept inside the range, not forced onto the steps. */
export function parseTyped(scale: KnobScale, text: string): number | null {
  const readings = readNumbers(text);
  const value = readings.find((each) => clamp(scale, each) === each) ?? readings[0];
  return value === undefined ? null : clamp(scale, value);
}

/** As many digits as the steps have, never an endless fraction; thousands grouped. */
export function formatValue(scale: KnobScale, value: number): string {
  if (scale.log) {
    const text = String(Number(value.toPrecision(3)));
    return text.includes("e") ? Number(value.toPrecision(3)).toExponential() : groupThousands(text);
  }
  const onStep = Math.abs(roundToStep(scale, value) - value) < scale.step * 1e-6;
  if (onStep) return groupThousands(value.toFixed(decimals(scale.step)));
  return formatNumber(Number(value.toPrecision(6)));
}

function clamp({ min, max }: KnobScale, value: number): number {
  return Math.min(max, Math.max(min, value));
}

/** The nearest value that is a whole number of steps above `min`, without floating-point dust. */
function roundToStep({ min, step }: KnobScale, value: number): number {
  const rounded = min + Math.round((value - min) / step) * step;
  const digits = Math.max(decimals(step), decimals(min));
  return Number(rounded.toFixed(Math.min(digits, 20)));
}

function decimals(step: number): number {
  const [mantissa = "", exponent = "0"] = step.toExponential().split("e");
  const fraction = mantissa.split(".")[1]?.length ?? 0;
  return Math.min(20, Math.max(0, fraction - Number(exponent)));
}
