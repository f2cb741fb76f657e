/**
 * Every message that crosses between the page (or the command line) and a kernel.
 *
 * The kernel runs code nobody has read, so whatever it sends is `unknown` until a parser below has
 * accepted it: plain data, no functions, no proxies. Requests go the other way and are trusted.
 */
import {
  type Budget,
  type Fields,
  isCount,
  isJson,
  isNumber,
  isRecord,
  isText,
  isTexts,
} from "./plain-data.ts";
import type { Engine } from "./tensor/backends/engine.ts";

export type { Engine };

declare const brand: unique symbol;
/** The id of a cell: 1 to 64 characters of `[a-zA-Z0-9-_]`, as in nbformat 4.5. */
export type CellId = string & { readonly [brand]: "CellId" };
/** One execution of one cell. Runs of a session are numbered 1, 2, 3, ... and never reused. */
export type RunId = number & { readonly [brand]: "RunId" };
/** Names a display that can be updated after it was shown. Unique within one kernel. */
export type DisplayId = string & { readonly [brand]: "DisplayId" };
/** Names a knob: the same cell and label give the same id again, so values survive a re-run. */
export type KnobId = string & { readonly [brand]: "KnobId" };

/** One value in several representations, keyed by MIME type, as in Jupyter. Values are JSON. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A knob to render: {@link KnobView}. */
export const KNOB_MIME = "application/vnd.descent.knob+json";
/** A saved file to offer for download: {@link FileView}. */
export const FILE_MIME = "application/vnd.descent.file+json";
/** A figure: `{ data, layout, config? }` of plotly.js. */
export const FIGURE_MIME = "application/vnd.plotly.v1+json";

/** What the page needs to draw a slider. `slot` is where its value lives in the control block. */
export interface KnobView {
  readonly id: KnobId;
  readonly slot: number;
  readonly kind: "slider";
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Distance of two neighbouring values; with `log`, ignored. */
  readonly step: number;
  readonly log: boolean;
  readonly value: number;
}

/** What the page needs to show a download chip. */
export interface FileView {
  readonly name: string;
  readonly sizeBytes: number;
}

// ---------------------------------------------------------------- host -> kernel

/** A compiled cell, ready to run. */
export interface Program {
  readonly cell: CellId;
  readonly run: RunId;
  /** An async function expression of the kernel's cell interface, ending in a `sourceURL` comment. */
  readonly code: string;
  /** The `[n]` of this run. */
  readonly executionCount: number;
  /** Values the reader gave to knobs of this cell in an earlier run or session. */
  readonly knobs: Readonly<Record<KnobId, number>>;
}

/** How one run ended, and what it touched: enough to decide what is stale and what is light. */
export interface RunReport {
  readonly status: "ok" | "error" | "interrupted";
  readonly durationMs: number;
  /** Top-level names this run assigned. */
  readonly wrote: readonly string[];
  /** Knobs whose value was read at least once. */
  readonly readKnobs: readonly KnobId[];
  /** It called `backward()` or an optimiser's `step()`. */
  readonly trained: boolean;
  /** It drew from the seeded generator. */
  readonly drew: boolean;
}

/** What a host may ask of a kernel. Called over comlink by the host; replies are parsed. */
export interface KernelApi {
  /** Runs one program to its end. Never rejects for an error of the cell: that is an event. */
  run(program: Program): Promise<RunReport>;
  /** Hands over the bytes of a bundled data set, so that `data.load(name)` can be synchronous. */
  provideData(name: string, bytes: Uint8Array): Promise<void>;
  /** Answers a `read-file` event. `null`: there is no such file. */
  answerRead(request: number, bytes: Uint8Array | null): Promise<void>;
}

// ---------------------------------------------------------------- kernel -> host

/** A stack frame inside a cell's compiled code: 1-based line and column of the generated text. */
export interface RawFrame {
  readonly function: string | null;
  readonly cell: CellId;
  readonly run: RunId;
  readonly line: number;
  readonly column: number;
}

/** An error as the kernel saw it. Positions are mapped to the cell's own text by the host. */
export interface RawError {
  readonly kind: "runtime" | "interrupted" | "internal";
  readonly name: string;
  readonly message: string;
  readonly hint?: string;
  readonly frames: readonly RawFrame[];
  /** The chain of `cause`, outermost first. */
  readonly causes: readonly { readonly name: string; readonly message: string }[];
}

/** A mistake that runs, as the engine saw it: told once a run and rule, under the cell. */
export interface RawMistake {
  /** Names the rule, so that a reader can silence it: `zero-grad`. */
  readonly rule: string;
  /** What was seen, and what to do: a sentence each. */
  readonly text: string;
  readonly fix: string;
  /** The line to look at, innermost first; none when no cell's code was running. */
  readonly frames: readonly RawFrame[];
}

/** What a cell puts out. `cell` and `run` are the batch's business: see {@link EventBatch}. */
export type OutputEvent =
  | { readonly kind: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly kind: "display";
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      readonly display?: DisplayId;
    }
  | {
      readonly kind: "update";
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      readonly display: DisplayId;
    }
  | { readonly kind: "result"; readonly data: MimeBundle; readonly metadata: MimeBundle }
  | { readonly kind: "error"; readonly error: RawError }
  | { readonly kind: "mistake"; readonly mistake: RawMistake }
  /** Empties the cell's outputs; with `wait`, only when the next output arrives. */
  | { readonly kind: "clear"; readonly wait: boolean }
  /** The cell's bar. `total` is null when the loop has no known end. */
  | {
      readonly kind: "progress";
      readonly done: number;
      readonly total: number | null;
      readonly perSecond: number;
    };

/** Files of the notebook, which only the host can reach. */
export type FileEvent =
  | { readonly kind: "write-file"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: "read-file"; readonly request: number; readonly name: string };

export interface KernelEvent {
  readonly cell: CellId;
  readonly run: RunId;
  readonly event: OutputEvent | FileEvent;
}

/** Events of one flush. A kernel has at most two batches under way that the host has not rendered. */
export interface EventBatch {
  /** 1, 2, 3, ...: what `acknowledge` answers. */
  readonly batch: number;
  readonly events: readonly KernelEvent[];
}

// ---------------------------------------------------------------- host side, after mapping

/** A place in a cell's own text: 1-based line and column, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Frame extends Position {
  readonly function: string | null;
  readonly cell: CellId;
}

/** An error as people see it: compile errors and mapped run-time errors alike. */
export interface CellError {
  readonly kind: "syntax" | RawError["kind"];
  readonly name: string;
  readonly message: string;
  readonly hint?: string;
  /** Innermost first. For a syntax error, the one place it points at. */
  readonly frames: readonly Frame[];
  /** How many UTF-16 units the first frame's culprit spans, when known. */
  readonly length?: number;
  readonly causes: readonly { readonly name: string; readonly message: string }[];
}

/** A {@link RawMistake} as people see it, with the line to look at when that is known. */
export interface Mistake extends Pick<RawMistake, "rule" | "text" | "fix"> {
  readonly frame: Frame | null;
}

// ---------------------------------------------------------------- parsers

/** The most events one batch may have, and the most characters and items of all its values. */
const MAX_EVENTS = 5_000;
const MAX_SIZE = 128 * 1024 * 1024;
const CELL_ID = /^[a-zA-Z0-9-_]{1,64}$/;
const RULE = /^[a-z][a-z-]{0,39}$/;
const FILE_NAME = /^[\p{L}\p{N}_][\p{L}\p{N} ._-]{0,99}$/u;

export interface ParsedBatch {
  readonly batch: EventBatch;
  /** How many of its events were not as this file says and are left out. */
  readonly malformed: number;
}

/** A batch as a kernel sent it; null when not even its number can be read. */
export function parseBatch(message: unknown): ParsedBatch | null {
  if (!isRecord(message) || !isCount(message.batch) || !Array.isArray(message.events)) return null;
  const budget: Budget = { left: MAX_SIZE };
  const sent = message.events.slice(0, MAX_EVENTS) as unknown[];
  const events = sent.map((event) => parseEvent(event, budget)).filter((event) => event !== null);
  return {
    batch: { batch: message.batch, events },
    malformed: message.events.length - events.length,
  };
}

const backends: readonly unknown[] = [
  "wasm relaxed",
  "wasm plain",
  "reference",
] satisfies Engine["backend"][];

/** What a kernel says of the engine in it; null for anything else. */
export function parseEngine(sent: unknown): Engine | null {
  if (!isRecord(sent)) return null;
  const { backend, threads } = sent;
  if (!backends.includes(backend) || !isCount(threads) || threads < 1) return null;
  return { backend: backend as Engine["backend"], threads };
}

/** A run's report as a kernel sent it; null when it is not one. */
export function parseRunReport(report: unknown): RunReport | null {
  if (!isRecord(report)) return null;
  const { status, durationMs, wrote, readKnobs, trained, drew } = report;
  if (status !== "ok" && status !== "error" && status !== "interrupted") return null;
  if (!isNumber(durationMs) || !isTexts(wrote) || !isTexts(readKnobs)) return null;
  if (typeof trained !== "boolean" || typeof drew !== "boolean") return null;
  return { status, durationMs, wrote, readKnobs: readKnobs as readonly KnobId[], trained, drew };
}

/** A knob's view from a display's bundle; null when it is not one. */
export function parseKnobView(view: unknown): KnobView | null {
  if (!isRecord(view)) return null;
  const { id, slot, kind, label, min, max, step, log, value } = view;
  if (!isText(id) || !isCount(slot) || kind !== "slider" || !isText(label)) return null;
  if (!isNumber(min) || !isNumber(max) || !isNumber(step) || !isNumber(value)) return null;
  if (typeof log !== "boolean") return null;
  return { id: id as KnobId, slot, kind, label, min, max, step, log, value };
}

/** A file's view from a display's bundle; null when it is not one. */
export function parseFileView(view: unknown): FileView | null {
  if (!isRecord(view) || !isFileName(view.name) || !isCount(view.sizeBytes)) return null;
  return { name: view.name, sizeBytes: view.sizeBytes };
}

function parseEvent(sent: unknown, budget: Budget): KernelEvent | null {
  if (!isRecord(sent) || !isCellId(sent.cell) || !isCount(sent.run)) return null;
  if (!isRecord(sent.event)) return null;
  const event = parseOutput(sent.event, budget);
  return event === null ? null : { cell: sent.cell, run: sent.run as RunId, event };
}

function parseOutput(sent: Fields, budget: Budget): OutputEvent | FileEvent | null {
  switch (sent.kind) {
    case "stream": {
      const { name, text } = sent;
      if (name !== "stdout" && name !== "stderr") return null;
      return typeof text === "string" && isJson(text, budget)
        ? { kind: "stream", name, text }
        : null;
    }
    case "display":
    case "update":
    case "result":
      return parseShown(sent.kind, sent, budget);
    case "error": {
      const error = parseError(sent.error);
      return error === null ? null : { kind: "error", error };
    }
    case "mistake": {
      const mistake = parseMistake(sent.mistake);
      return mistake === null ? null : { kind: "mistake", mistake };
    }
    case "clear":
      return typeof sent.wait === "boolean" ? { kind: "clear", wait: sent.wait } : null;
    case "progress": {
      const { done, total, perSecond } = sent;
      if (!isNumber(done) || !isNumber(perSecond)) return null;
      return total === null || isNumber(total)
        ? { kind: "progress", done, total, perSecond }
        : null;
    }
    case "write-file": {
      const { name, bytes } = sent;
      if (!isFileName(name) || !(bytes instanceof Uint8Array)) return null;
      budget.left -= bytes.byteLength;
      return budget.left >= 0 ? { kind: "write-file", name, bytes } : null;
    }
    case "read-file": {
      const { name, request } = sent;
      return isFileName(name) && isCount(request) ? { kind: "read-file", request, name } : null;
    }
    default:
      return null;
  }
}

function parseShown(
  kind: "display" | "update" | "result",
  { data, metadata, display }: Fields,
  budget: Budget,
): OutputEvent | null {
  if (!isBundle(data, budget) || !isBundle(metadata, budget)) return null;
  if (kind === "result") return { kind, data, metadata };
  if (kind === "display" && display === undefined) return { kind, data, metadata };
  return isText(display) ? { kind, data, metadata, display: display as DisplayId } : null;
}

function parseError(sent: unknown): RawError | null {
  if (!isRecord(sent)) return null;
  const { kind, name, message, hint, frames, causes } = sent;
  if (kind !== "runtime" && kind !== "interrupted" && kind !== "internal") return null;
  if (!isText(name) || !isText(message) || !(hint === undefined || isText(hint))) return null;
  const places = parseFrames(frames);
  if (places === null || !Array.isArray(causes) || causes.length > 100) return null;
  const parsed = { kind, name, message, frames: places, causes: [] as Cause[] } as const;
  for (const cause of causes as unknown[]) {
    if (!isRecord(cause) || !isText(cause.name) || !isText(cause.message)) return null;
    parsed.causes.push({ name: cause.name, message: cause.message });
  }
  return hint === undefined ? parsed : { ...parsed, hint };
}

function parseMistake(sent: unknown): RawMistake | null {
  if (!isRecord(sent)) return null;
  const { rule, text, fix } = sent;
  const frames = parseFrames(sent.frames);
  if (typeof rule !== "string" || !RULE.test(rule) || !isText(text) || !isText(fix)) return null;
  return frames === null ? null : { rule, text, fix, frames };
}

function parseFrames(sent: unknown): RawFrame[] | null {
  if (!Array.isArray(sent) || sent.length > 100) return null;
  const frames: RawFrame[] = [];
  for (const frame of sent as unknown[]) {
    if (!isRecord(frame) || !isCellId(frame.cell) || !isCount(frame.run)) return null;
    const { line, column, function: of } = frame;
    if (!isCount(line) || !isCount(column) || !(of === null || isText(of))) return null;
    frames.push({ function: of, cell: frame.cell, run: frame.run as RunId, line, column });
  }
  return frames;
}

type Cause = RawError["causes"][number];
function isBundle(value: unknown, budget: Budget): value is MimeBundle {
  return isRecord(value) && Object.keys(value).length <= 32 && isJson(value, budget);
}

function isCellId(value: unknown): value is CellId {
  return typeof value === "string" && CELL_ID.test(value);
}

function isFileName(value: unknown): value is string {
  return typeof value === "string" && FILE_NAME.test(value);
}
