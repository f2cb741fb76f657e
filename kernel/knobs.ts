/**
 * Knobs as they cross a boundary: what a page needs to draw one, the values one can have, and the
 * number that stands for a value in shared memory. How one is made is in `inputs/`, who turns it in
 * `hosts/` and `run/`.
 */
import { isCount, isNumber, isRecord, isText, isTexts } from "./plain-data.ts";

declare const brand: unique symbol;
/** Names a knob: the same cell and label give the same id again, so values survive a re-run. */
export type KnobId = string & { readonly [brand]: "KnobId" };

/** A knob to render: {@link KnobView}. */
export const KNOB_MIME = "application/vnd.descent.knob+json";

/** What a reader can set: a number, whether a toggle is on, a text or the name of an option. */
export type KnobValue = number | string | boolean;

/** The longest text of a knob, in UTF-16 units: it lives in shared memory. */
export const TEXT_UNITS = 2_000;

interface Named {
  readonly id: KnobId;
  /** Where its value lives in the control block; texts and numbers are counted apart. */
  readonly slot: number;
  readonly label: string;
}

export interface SliderView extends Named {
  readonly kind: "slider";
  readonly min: number;
  readonly max: number;
  /** Distance of two neighbouring values; with `log`, ignored. */
  readonly step: number;
  readonly log: boolean;
  readonly value: number;
}

export interface NumberView extends Named {
  readonly kind: "number";
  /** Null: no bound. */
  readonly min: number | null;
  readonly max: number | null;
  /** Distance of two neighbouring values, counted from `min` or 0; null: any number. */
  readonly step: number | null;
  readonly value: number;
}

export interface ToggleView extends Named {
  readonly kind: "toggle";
  readonly value: boolean;
}

export interface SelectView extends Named {
  readonly kind: "select";
  /** The names of the options, each once. */
  readonly options: readonly string[];
  readonly value: string;
}

export interface TextView extends Named {
  readonly kind: "text";
  readonly placeholder: string;
  readonly value: string;
}

export interface ButtonView extends Named {
  readonly kind: "button";
  /** A press is answered by a function of the cell. */
  readonly answers: boolean;
  /** How often it was pressed. */
  readonly value: number;
}

/** What the page needs to draw a knob. */
export type KnobView = SliderView | NumberView | ToggleView | SelectView | TextView | ButtonView;

/** A knob before the kernel has given it a place. */
export type KnobSpec = Without<KnobView, "id" | "slot">;

type Without<View, Keys extends keyof View> = View extends unknown ? Omit<View, Keys> : never;

/**
 * The number that stands for `value` in the knob's slot, kept inside its range; null when such a
 * knob cannot have it. A text has no number.
 */
export function toSlot(spec: KnobSpec, value: KnobValue): number | null {
  switch (spec.kind) {
    case "slider":
    case "number": {
      // A diverged model has no place on a knob.
      if (typeof value !== "number" || Number.isNaN(value)) return null;
      const kept = Math.min(spec.max ?? Infinity, Math.max(spec.min ?? -Infinity, value));
      return Number.isFinite(kept) ? kept : null;
    }
    case "toggle":
      return typeof value === "boolean" ? Number(value) : null;
    case "select": {
      const place = spec.options.findIndex((option) => option === value);
      return place < 0 ? null : place;
    }
    case "button":
      return isCount(value) ? value : null;
    case "text":
      return null;
    default:
      return spec satisfies never;
  }
}

/** The value that a slot's number stands for. */
export function fromSlot(spec: KnobSpec, stored: number): KnobValue {
  if (spec.kind === "toggle") return stored !== 0;
  if (spec.kind === "select") return spec.options[stored] ?? spec.value;
  return spec.kind === "text" ? spec.value : stored;
}

/** What a knob makes of a value that it was given when it had other bounds or options; null: nothing. */
export function fitted(spec: KnobSpec, value: KnobValue): KnobValue | null {
  if (spec.kind === "text") return typeof value === "string" ? value : null;
  const stored = toSlot(spec, value);
  return stored === null ? null : fromSlot(spec, stored);
}

/** Whether what is kept as a reader's value can be one. */
export function isKnobValue(value: unknown): value is KnobValue {
  return isNumber(value) || typeof value === "boolean" || isText(value);
}

/** A knob's view from a bundle of a kernel or a file, with only the fields named here; null when it is not one. */
export function parseKnobView(view: unknown): KnobView | null {
  if (!isRecord(view) || !isText(view.id) || !isCount(view.slot) || !isText(view.label))
    return null;
  const named = { id: view.id as KnobId, slot: view.slot, label: view.label };
  switch (view.kind) {
    case "slider": {
      const { min, max, step, log, value } = view;
      if (!isNumber(min) || !isNumber(max) || !isNumber(step) || !isNumber(value)) return null;
      if (typeof log !== "boolean" || !(min < max) || !(step > 0) || (log && min <= 0)) return null;
      return { ...named, kind: "slider", min, max, step, log, value };
    }
    case "number": {
      const { min, max, step, value } = view;
      if (!isBound(min) || !isBound(max) || !isBound(step) || !isNumber(value)) return null;
      if ((min !== null && max !== null && min > max) || (step !== null && step <= 0)) return null;
      return { ...named, kind: "number", min, max, step, value };
    }
    case "toggle": {
      const { value } = view;
      return typeof value === "boolean" ? { ...named, kind: "toggle", value } : null;
    }
    case "select": {
      const { options, value } = view;
      if (!isTexts(options) || !isText(value) || !options.includes(value)) return null;
      return { ...named, kind: "select", options, value };
    }
    case "text": {
      const { placeholder, value } = view;
      if (!isText(placeholder) || !isText(value) || value.length > TEXT_UNITS) return null;
      return { ...named, kind: "text", placeholder, value };
    }
    case "button": {
      const { answers, value } = view;
      if (typeof answers !== "boolean" || !isCount(value)) return null;
      return { ...named, kind: "button", answers, value };
    }
    default:
      return null;
  }
}

function isBound(value: unknown): value is number | null {
  return value === null || isNumber(value);
}
