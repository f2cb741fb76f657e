/**
 * Every message that crosses between the page (or the command line) and a kernel.
 *
 * The kernel runs code nobody has read, so whatever it sends is `unknown` until a parser below has
 * accepted it: plain data, no functions, no proxies. Requests go the other way and are trusted.
 */
import { isFileName } from "./file-name.ts";
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
import { parseTrained, type Trained } from "./checkpoint.ts";
import { type CellId, type DisplayId, isCellId, type RunId } from "./ids.ts";
import type { KnobId, KnobValue } from "./knobs.ts";
import {
  parseError,
  parseMistake,
  parsePause,
  type RawError,
  type RawMistake,
  type RawPause,
} from "./places.ts";
import type { Engine } from "./tensor/backends/engine.ts";
import { type Past, parseTrainingEvent, type RunManner, type TrainingEvent } from "./training.ts";

export type { CellId, DisplayId, Engine, KnobId, KnobValue, RawError, RawMistake, RawPause, RunId };
export type { CellError, Frame, Mistake, Pause, Position, RawFrame } from "./places.ts";
export type { Pin, RecordedCurve } from "./training.ts";
export {
  FIGURE_PARTS_MIME,
  type FigureParts,
  type FigurePoint,
  knobsIn,
  parseFigureParts,
} from "./figure-parts.ts";
export { isKnobValue, KNOB_MIME, type KnobView, parseKnobView, TEXT_UNITS } from "./knobs.ts";

/** One value in several representations, keyed by MIME type, as in Jupyter. Values are JSON. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A saved file to offer for download: {@link FileView}. */
export const FILE_MIME = "application/vnd.descent.file+json";
/** A figure: `{ data, layout, config? }` of plotly.js. */
export const FIGURE_MIME = "application/vnd.plotly.v1+json";

/** What the page needs to show a download chip. */
export interface FileView {
  readonly name: string;
  readonly sizeBytes: number;
}

// ---------------------------------------------------------------- host -> kernel

/** A compiled cell, ready to run. */
export interface Program extends RunManner {
  readonly cell: CellId;
  readonly run: RunId;
  /** An async function expression of the kernel's cell interface, ending in a `sourceURL` comment. */
  readonly code: string;
  /** The `[n]` of this run. */
  readonly executionCount: number;
  /** Values the reader gave to knobs of this cell in an earlier run or session. */
  readonly knobs: Readonly<Record<KnobId, KnobValue>>;
  /** What this kernel does not know of runs before it. */
  readonly past?: Past;
}

/** A press of a button that a function of the cell `cell` answers. */
export interface Press {
  readonly cell: CellId;
  /** What Stop means while it is answered. */
  readonly run: RunId;
  readonly knob: KnobId;
  /** How often it has been pressed: the frame, who writes this too, may be later than the call. */
  readonly presses: number;
}

/** How one run ended, and what it touched: enough to decide what is stale and what is light. */
export interface RunReport {
  readonly status: "ok" | "error" | "interrupted";
  readonly durationMs: number;
  /** How much code of this and earlier runs waits to go on: timers, and loops that nobody awaits. */
  readonly left: number;
  /** Top-level names this run assigned, or whose tensors it wrote in place, as training does. */
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
  /** Answers a press while nothing runs; one that a running cell has answered already, by nothing. */
  press(press: Press): Promise<RunReport>;
  /** Hands over the bytes of a bundled data set, so that `data.load(name)` can be synchronous. */
  provideData(name: string, bytes: Uint8Array): Promise<void>;
  /** Answers a `read-file` event. `null`: there is no such file. */
  answerRead(request: number, bytes: Uint8Array | null): Promise<void>;
  /**
   * Takes a checkpoint of an earlier kernel back: at once where it fits, else as optimisers are made.
   * Null forgets what still waits.
   */
  restore(checkpoint: Uint8Array | null): Promise<Restored>;
}

// ---------------------------------------------------------------- kernel -> host

/** How much of a long text was left out, and at which of its UTF-16 units. */
export interface Omitted {
  readonly at: number;
  readonly lines: number;
  readonly characters: number;
}

/** How far a loop is; `total` is null when it has no known end. */
export interface Reached {
  readonly done: number;
  readonly total: number | null;
}

/** What a cell puts out. `cell` and `run` are the batch's business: see {@link EventBatch}. */
export type OutputEvent =
  | {
      readonly kind: "stream";
      readonly name: "stdout" | "stderr";
      readonly text: string;
      readonly omitted?: Omitted;
    }
  /** So many outputs were left out here: the cell made them faster than anybody could look. */
  | { readonly kind: "omitted"; readonly count: number }
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
  /** The cell's bar. `loop` names it to Finish; `total` is null when it has no known end. */
  | {
      readonly kind: "progress";
      readonly loop: number;
      readonly done: number;
      readonly total: number | null;
      readonly perSecond: number;
      /** How far a loop inside it is that takes its time. */
      readonly inner?: Reached;
    }
  /** The run is held, on the reader's wish, or goes on: null. */
  | { readonly kind: "pause"; readonly pause: RawPause | null };

/** Files of the notebook, which only the host can reach. */
export type FileEvent =
  | { readonly kind: "write-file"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: "read-file"; readonly request: number; readonly name: string };

/** What a cell wants of the network, which only the reader can allow. */
export type NetworkEvent =
  /** It asked for this origin, `https://cdn.example`, and was refused. */
  | { readonly kind: "blocked"; readonly origin: string }
  /** An import of `wanted`, as `d3` or `d3@7`, came to this version of the package. */
  | { readonly kind: "package"; readonly wanted: string; readonly version: string };

/** Of a checkpoint: what has come back, and how many optimisers are still to be made. */
export interface Restored {
  readonly trained: readonly Trained[];
  readonly left: number;
}

/** What is no output: the host acts upon it. */
export type HostEvent =
  | FileEvent
  | NetworkEvent
  | TrainingEvent
  | ({ readonly kind: "restored" } & Restored);

export interface KernelEvent {
  readonly cell: CellId;
  readonly run: RunId;
  readonly event: OutputEvent | HostEvent;
}

/** Events of one flush. A kernel has at most two batches under way that the host has not rendered. */
export interface EventBatch {
  /** 1, 2, 3, ...: what `acknowledge` answers. */
  readonly batch: number;
  readonly events: readonly KernelEvent[];
}

// ---------------------------------------------------------------- parsers

/** The most events one batch may have, and the most characters and items of all its values. */
const MAX_EVENTS = 5_000;
const MAX_SIZE = 128 * 1024 * 1024;
const MAX_ITEMS = 1_000_000;
const PACKAGE = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*(?:@[^@/\s]{1,40})?$/i;
const VERSION = /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][\w.+-]{1,64})?$/;

export interface ParsedBatch {
  readonly batch: EventBatch;
  /** How many of its events were not as this file says and are left out. */
  readonly malformed: number;
}

/** A batch as a kernel sent it; null when not even its number can be read. */
export function parseBatch(message: unknown): ParsedBatch | null {
  if (!isRecord(message) || !isCount(message.batch) || !Array.isArray(message.events)) return null;
  const budget: Budget = { left: MAX_SIZE, items: MAX_ITEMS };
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

/** What a kernel says that it restored; null when that cannot be read. */
export function parseRestored(sent: unknown): Restored | null {
  if (!isRecord(sent) || !isCount(sent.left)) return null;
  const trained = parseTrained(sent.trained);
  return trained === null ? null : { trained, left: sent.left };
}

/** A run's report as a kernel sent it; null when it is not one. */
export function parseRunReport(report: unknown): RunReport | null {
  if (!isRecord(report)) return null;
  const { status, durationMs, left, wrote, readKnobs, trained, drew } = report;
  if (status !== "ok" && status !== "error" && status !== "interrupted") return null;
  if (!isNumber(durationMs) || !isCount(left) || !isTexts(wrote) || !isTexts(readKnobs))
    return null;
  if (typeof trained !== "boolean" || typeof drew !== "boolean") return null;
  return {
    status,
    durationMs,
    left,
    wrote,
    readKnobs: readKnobs as readonly KnobId[],
    trained,
    drew,
  };
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

function parseOutput(sent: Fields, budget: Budget): OutputEvent | HostEvent | null {
  switch (sent.kind) {
    case "stream": {
      const { name, text } = sent;
      if (name !== "stdout" && name !== "stderr") return null;
      if (typeof text !== "string" || !isJson(text, budget)) return null;
      if (sent.omitted === undefined) return { kind: "stream", name, text };
      const omitted = parseOmitted(sent.omitted);
      return omitted && omitted.at <= text.length ? { kind: "stream", name, text, omitted } : null;
    }
    case "omitted":
      return isCount(sent.count) ? { kind: "omitted", count: sent.count } : null;
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
      const { loop, done, total, perSecond } = sent;
      if (!isCount(loop) || !isNumber(done) || !isNumber(perSecond)) return null;
      if (total !== null && !isNumber(total)) return null;
      const progress = { kind: "progress", loop, done, total, perSecond } as const;
      if (sent.inner === undefined) return progress;
      const inner = parseReached(sent.inner);
      return inner === null ? null : { ...progress, inner };
    }
    case "pause": {
      const pause = sent.pause === null ? null : parsePause(sent.pause, budget);
      return pause === null && sent.pause !== null ? null : { kind: "pause", pause };
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
    case "restored": {
      const restored = parseRestored(sent);
      return restored === null ? null : { kind: "restored", ...restored };
    }
    case "training":
    case "recorded":
      return parseTrainingEvent(sent);
    case "blocked":
      return isOrigin(sent.origin) ? { kind: "blocked", origin: sent.origin } : null;
    case "package": {
      const { wanted, version } = sent;
      if (typeof wanted !== "string" || wanted.length > 260 || !PACKAGE.test(wanted)) return null;
      return isVersion(version) ? { kind: "package", wanted, version } : null;
    }
    default:
      return null;
  }
}

/** A host on the web with its scheme and port, as browsers write it: `https://cdn.example`. */
export function isOrigin(value: unknown): value is string {
  if (typeof value !== "string" || value.length > 300 || !/^https?:/.test(value)) return false;
  return URL.canParse(value) && new URL(value).origin === value;
}

/** The exact version of a package. */
export function isVersion(value: unknown): value is string {
  return typeof value === "string" && VERSION.test(value);
}

function parseReached(sent: unknown): Reached | null {
  if (!isRecord(sent) || !isNumber(sent.done)) return null;
  const { done, total } = sent;
  return total === null || isNumber(total) ? { done, total } : null;
}

function parseOmitted(sent: unknown): Omitted | null {
  if (!isRecord(sent)) return null;
  const { at, lines, characters } = sent;
  return isCount(at) && isCount(lines) && isCount(characters) ? { at, lines, characters } : null;
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

function isBundle(value: unknown, budget: Budget): value is MimeBundle {
  return isRecord(value) && Object.keys(value).length <= 32 && isJson(value, budget);
}
