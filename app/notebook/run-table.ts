/** Runs as a table: its columns are what the runs have, its cells plain values; and as CSV and JSON. */
import type { Training } from "../../kernel/training.ts";
import type { TrainingRun } from "./training-runs.ts";

export type Value = number | string | boolean | null;

export interface Column {
  /** `knob lr`, `loss`: names the column in a file. */
  readonly id: string;
  readonly title: string;
  readonly kind: "text" | "number" | "time" | "duration";
  readonly of: (run: TrainingRun) => Value;
}

const fixed: readonly Column[] = [
  { id: "run", title: "Run", kind: "number", of: ({ number }) => number },
  { id: "started", title: "Started", kind: "time", of: ({ startedMs }) => startedMs },
  { id: "duration", title: "Took", kind: "duration", of: ({ training }) => training.durationMs },
  { id: "status", title: "Ended", kind: "text", of: ({ status }) => statusWords[status] },
  { id: "steps", title: "Steps", kind: "number", of: ({ training }) => training.steps },
  { id: "seed", title: "Seed", kind: "number", of: ({ training }) => training.seed },
];

const statusWords = {
  running: "running",
  ok: "ok",
  error: "error",
  interrupted: "stopped",
  killed: "lost",
} as const satisfies Record<TrainingRun["status"], string>;

const last: readonly Column[] = [
  { id: "optimizer", title: "Optimiser", kind: "text", of: ({ training }) => learnersOf(training) },
  { id: "schedule", title: "Schedule", kind: "text", of: ({ training }) => schedulesOf(training) },
  { id: "model", title: "Model", kind: "text", of: ({ training }) => modelsOf(training) },
  {
    id: "parameters",
    title: "Parameters",
    kind: "number",
    of: ({ training }) => parametersOf(training),
  },
  { id: "start", title: "Began", kind: "text", of: ({ training }) => startWords[training.start] },
];

const startWords = {
  run: "",
  "same start": "from the same start",
  "new seed": "with a new seed",
  step: "from a recorded step",
} as const satisfies Record<Training["start"], string>;

const note: Column = { id: "note", title: "Note", kind: "text", of: (run) => run.note };

/** Columns of all runs together: those in which no run has anything are left out. */
export function columnsOf(runs: readonly TrainingRun[]): readonly Column[] {
  const curves = new Set(
    runs.flatMap(({ training }) => curvesOf(training).map(({ name }) => name)),
  );
  const knobs = new Set(runs.flatMap(({ training }) => training.knobs.map(({ label }) => label)));
  const all: readonly Column[] = [
    ...fixed,
    ...Array.from(curves, metricColumn),
    ...Array.from(knobs, knobColumn),
    ...last,
  ];
  const filled = all.filter(({ of }) => runs.some((run) => of(run) !== null && of(run) !== ""));
  return [...filled, note];
}

/** The newest value of a curve: the last one that is a number. */
function metricColumn(name: string): Column {
  const of = ({ training }: TrainingRun) => {
    const curve = curvesOf(training).find((each) => each.name === name);
    return curve?.y.findLast((value) => Number.isFinite(value)) ?? null;
  };
  return { id: name, title: name, kind: "number", of };
}

function knobColumn(label: string): Column {
  const of = ({ training }: TrainingRun) =>
    training.knobs.find((knob) => knob.label === label)?.value ?? null;
  return { id: `knob ${label}`, title: label, kind: "number", of };
}

/** All curves of a run, each name once. */
export function curvesOf({ figures }: Training) {
  const curves = figures.flatMap((figure) => figure.curves);
  return curves.filter(({ name }, i) => curves.findIndex((each) => each.name === name) === i);
}

/** `Adam lr 0.01, betas 0.9, 0.999` */
function learnersOf({ learners }: Training): string {
  return learners
    .map(({ kind, settings }) => `${kind} ${settingWords(settings)}`.trim())
    .join("; ");
}

function schedulesOf({ learners }: Training): string {
  const all = learners.flatMap(({ schedules }) => schedules);
  return all.map(({ kind, settings }) => `${kind} ${settingWords(settings)}`.trim()).join("; ");
}

/** What is off, as a weight decay of 0, is not worth a word. */
function settingWords(settings: Readonly<Record<string, unknown>>): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== 0 && value !== false)
    .map(
      ([name, value]) =>
        `${name} ${typeof value === "number" ? Number(value.toPrecision(4)) : String(value)}`,
    )
    .join(", ");
}

function modelsOf({ learners }: Training): string {
  const names = learners.flatMap(({ models }) =>
    models.map(({ name, text }) => name || headOf(text)),
  );
  return [...new Set(names)].join(", ");
}

function headOf(text: string): string {
  return text.split(/[(\n]/, 1)[0] ?? "";
}

function parametersOf({ learners }: Training): number | null {
  const sizes = learners.flatMap(({ models }) => models.map(({ parameters }) => parameters));
  // A part of a network that has a name of its own is in the network.
  return sizes.length === 0 ? null : Math.max(...sizes);
}

/** Sorted by a column; what has no value comes last, whichever way. */
export function sorted(
  runs: readonly TrainingRun[],
  { of }: Column,
  direction: "up" | "down",
): readonly TrainingRun[] {
  const sign = direction === "up" ? 1 : -1;
  return runs.toSorted((a, b) => {
    const [left, right] = [of(a), of(b)];
    if (isNothing(left) || isNothing(right))
      return Number(isNothing(left)) - Number(isNothing(right));
    if (typeof left === "number" && typeof right === "number") return sign * (left - right);
    return sign * String(left).localeCompare(String(right), "en", { numeric: true });
  });
}

function isNothing(value: Value): boolean {
  return value === null || value === "" || Number.isNaN(value);
}

/** A line for each run, numbers unrounded, times as ISO 8601, durations in milliseconds. */
export function printCsv(runs: readonly TrainingRun[]): string {
  const columns = columnsOf(runs);
  const head = columns.map(({ id }) => quoted(id));
  const lines = runs.map((run) => columns.map((column) => quoted(written(column, run))));
  return [head, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

function written({ kind, of }: Column, run: TrainingRun): string {
  const value = of(run);
  if (value === null) return "";
  return kind === "time" && typeof value === "number"
    ? new Date(value).toISOString()
    : String(value);
}

/** RFC 4180; a sign that a spreadsheet would take for a formula is no beginning of ours. */
function quoted(text: string): string {
  const safe = /^[=+@\t]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Everything that is known of the runs, curves included; what is no number is null. */
export function printJson(runs: readonly TrainingRun[]): string {
  return `${JSON.stringify(runs.map(recordOf), null, 1)}\n`;
}

function recordOf(run: TrainingRun) {
  const { durationMs, steps, seed, start, knobs, learners, figures } = run.training;
  const { number, cell, startedMs, status, note, source } = run;
  const started = new Date(startedMs).toISOString();
  return {
    run: number,
    cell,
    started,
    durationMs,
    status,
    start,
    seed,
    steps,
    note,
    knobs,
    learners,
    figures,
    source,
  };
}
