/**
 * What a kernel tells of a run that trains, as it crosses a boundary: settings, seed, optimisers,
 * curves. Who collects it is in `run/trainings.ts`, who keeps it in the app.
 */
import { isKnobValue, type KnobId, type KnobValue, TEXT_UNITS } from "./knobs.ts";
import { type Fields, isCount, isNumber, isRecord, isText } from "./plain-data.ts";
import type { LearnerDescription, ModelDescription, Told } from "./tensor/optim/description.ts";

/** A line of a figure. `y` may hold NaN and infinities, where it broke off. */
export interface RecordedCurve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** What a figure of a run was pushed. */
export interface RecordedFigure {
  /** The figure's place in the notebook: the same in every run of its cell. */
  readonly place: string;
  readonly name: string;
  readonly curves: readonly RecordedCurve[];
  /** Under which label the reader pinned these curves; null: not. */
  readonly pin: string | null;
  /** All labels that are pinned at this place now, those of earlier runs among them. */
  readonly pins: readonly string[];
}

/** A knob as a run has read it last. */
export interface KnobSetting {
  readonly id: KnobId;
  readonly label: string;
  readonly value: KnobValue;
}

/** How a run began: as it stands in the cell, once more, with another seed, or up to a recorded step. */
export type Start = "run" | "same start" | "new seed" | "step";

export interface Training {
  /** The run that trains: a press of a button has a number of its own. */
  readonly id: number;
  readonly status: "running" | "ok" | "error" | "interrupted";
  readonly start: Start;
  readonly durationMs: number;
  /** Steps of optimisers. */
  readonly steps: number;
  /** What `manualSeed` was last given in this run; null: it was not called. */
  readonly seed: number | null;
  readonly knobs: readonly KnobSetting[];
  readonly learners: readonly LearnerDescription[];
  /** Names whose tensors it changed, as far as it has come. */
  readonly wrote: readonly string[];
  readonly figures: readonly RecordedFigure[];
}

/** Curves that the reader has pinned at a place, for a kernel that does not know them. */
export interface Pin {
  readonly place: string;
  readonly label: string;
  readonly curves: readonly RecordedCurve[];
}

/** Turns of a run that trained and can be looked at again, counted from 0, upwards. */
export interface StepsRecorded {
  readonly steps: readonly number[];
  /** The one that figures and weights are at; null: the newest. */
  readonly shown: number | null;
}

/** What a kernel tells of a run that trains, each in place of what it told before. */
export type TrainingEvent =
  | { readonly kind: "training"; readonly training: Training }
  /** What can be looked at again. */
  | { readonly kind: "recorded"; readonly recorded: StepsRecorded };

/** How a run begins and how fast it goes. */
export interface RunManner {
  /** "run" unless told. */
  readonly start?: Start;
  /** Of a start at a recorded step: which. */
  readonly step?: number;
  /** Turns of its loop a second at the most; without it, as many as there can be. */
  readonly pace?: number;
}

/** Runs of a notebook that trained, as far as figures draw them. */
export interface Past {
  /** The number of the next of them. */
  readonly nextRun: number;
  /** What is pinned in figures of the cell. */
  readonly pins: readonly Pin[];
}

/** More than these are not from a kernel of ours. */
export const MOST_FIGURES = 16;
export const MOST_CURVES = 32;
const MOST_POINTS = 2_000;
const MOST_KNOBS = 512;
const MOST_STEPS = 1_000;
const MOST_LEARNERS = 16;
/** Names that a run wrote. */
export const MOST_NAMES = 1_000;
/** The longest name of anything. */
export const MOST_NAME = 200;
const MOST_TEXT = 4_000;

const starts: readonly unknown[] = ["run", "same start", "new seed", "step"] satisfies Start[];
const statuses: readonly unknown[] = [
  "running",
  "ok",
  "error",
  "interrupted",
] satisfies Training["status"][];

export function parseTrainingEvent(sent: Fields): TrainingEvent | null {
  if (sent.kind === "recorded") {
    const recorded = parseRecorded(sent.recorded);
    return recorded === null ? null : { kind: "recorded", recorded };
  }
  const training = parseTraining(sent.training);
  return training === null ? null : { kind: "training", training };
}

/** What a kernel, or the storage, says of a run that trains; null when that cannot be read. */
export function parseTraining(sent: unknown): Training | null {
  if (!isRecord(sent)) return null;
  const { id, status, start, durationMs, steps, seed } = sent;
  if (!isCount(id) || !statuses.includes(status) || !starts.includes(start)) return null;
  if (!isNumber(durationMs) || !isCount(steps) || !(seed === null || isNumber(seed))) return null;
  const knobs = listOf(sent.knobs, MOST_KNOBS, parseKnob);
  const learners = listOf(sent.learners, MOST_LEARNERS, parseLearner);
  const figures = listOf(sent.figures, MOST_FIGURES, parseFigure);
  const wrote = listOf(sent.wrote, MOST_NAMES, (name) => (isName(name) ? name : null));
  if (knobs === null || learners === null || figures === null || wrote === null) return null;
  return {
    id,
    status: status as Training["status"],
    start: start as Start,
    durationMs,
    steps,
    seed,
    knobs,
    learners,
    wrote,
    figures,
  };
}

function parseRecorded(sent: unknown): StepsRecorded | null {
  if (!isRecord(sent)) return null;
  const { shown } = sent;
  const steps = listOf(sent.steps, MOST_STEPS, (step) => (isCount(step) ? step : null));
  return steps !== null && (shown === null || isCount(shown)) ? { steps, shown } : null;
}

function parseKnob(sent: unknown): KnobSetting | null {
  if (!isRecord(sent) || !isName(sent.id) || !isName(sent.label)) return null;
  const { value } = sent;
  if (typeof value === "string" && value.length > TEXT_UNITS) return null;
  return isKnobValue(value) ? { id: sent.id as KnobId, label: sent.label, value } : null;
}

function parseLearner(sent: unknown): LearnerDescription | null {
  if (!isRecord(sent) || !isName(sent.kind)) return null;
  const settings = parseSettings(sent.settings);
  const schedules = listOf(sent.schedules, MOST_LEARNERS, (each) => {
    if (!isRecord(each) || !isName(each.kind)) return null;
    const own = parseSettings(each.settings);
    return own === null ? null : { kind: each.kind, settings: own };
  });
  const models = listOf(sent.models, MOST_LEARNERS, parseModel);
  if (settings === null || schedules === null || models === null) return null;
  return { kind: sent.kind, settings, schedules, models };
}

function parseModel(sent: unknown): ModelDescription | null {
  if (!isRecord(sent) || !isCount(sent.parameters)) return null;
  const { name, text, parameters } = sent;
  return isName(name) && isText(text) && text.length <= MOST_TEXT
    ? { name, text, parameters }
    : null;
}

function parseSettings(sent: unknown): Readonly<Record<string, Told>> | null {
  if (!isRecord(sent)) return null;
  const entries = Object.entries(sent);
  if (entries.length > 64 || !entries.every(([name]) => isName(name) && name !== "__proto__"))
    return null;
  return entries.every(([, value]) => isTold(value)) ? (sent as Record<string, Told>) : null;
}

function isTold(value: unknown): value is Told {
  return typeof value === "number" || typeof value === "boolean" || isName(value);
}

function parseFigure(sent: unknown): RecordedFigure | null {
  if (!isRecord(sent) || !isName(sent.place) || !isName(sent.name)) return null;
  const { place, name, pin } = sent;
  const pins = listOf(sent.pins, MOST_CURVES, (label) => (isName(label) ? label : null));
  if (!(pin === null || isName(pin)) || pins === null) return null;
  const curves = listOf(sent.curves, MOST_CURVES, parseCurve);
  return curves === null ? null : { place, name, curves, pin, pins };
}

function parseCurve(sent: unknown): RecordedCurve | null {
  if (!isRecord(sent) || !isName(sent.name)) return null;
  const { name, x, y } = sent;
  return isNumbers(x) && isNumbers(y) && x.length === y.length ? { name, x, y } : null;
}

/** NaN and infinities among them. */
function isNumbers(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || value.length > MOST_POINTS) return false;
  return Array.from(value).every((each) => typeof each === "number");
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.length <= MOST_NAME;
}

/** All of a list, each parsed; null when one of them is not as it should be, or there are too many. */
function listOf<T>(sent: unknown, most: number, parse: (each: unknown) => T | null): T[] | null {
  if (!Array.isArray(sent) || sent.length > most) return null;
  const parsed = Array.from(sent as unknown[], parse);
  return parsed.includes(null) ? null : (parsed as T[]);
}
