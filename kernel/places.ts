/**
 * Places in cells, and what is told of them: errors, mistakes that run, where a run is paused. The
 * kernel knows places of generated text; the host maps them to the cells' own.
 */
import { type CellId, isCellId, type RunId } from "./ids.ts";
import { type Budget, isCount, isRecord, isText } from "./plain-data.ts";
import { parseVariables, type Variable } from "./variables.ts";

// ---------------------------------------------------------------- as the kernel saw it

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

/** Where a paused run is held, and what the notebook's names hold there. */
export interface RawPause {
  readonly frames: readonly RawFrame[];
  readonly variables: readonly Variable[];
}

// ---------------------------------------------------------------- as people see it

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
  /** The line of the first frame as it ran: the cell may say something else by now. */
  readonly text?: string;
  readonly causes: readonly { readonly name: string; readonly message: string }[];
}

/** A {@link RawMistake} as people see it, with the line to look at when that is known. */
export interface Mistake extends Pick<RawMistake, "rule" | "text" | "fix"> {
  readonly frame: Frame | null;
}

/** A {@link RawPause} with the line it is at, when that is known. */
export interface Pause {
  readonly frame: Frame | null;
  readonly variables: readonly Variable[];
}

// ---------------------------------------------------------------- parsers

const RULE = /^[a-z][a-z-]{0,39}$/;

export function parseError(sent: unknown): RawError | null {
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

export function parseMistake(sent: unknown): RawMistake | null {
  if (!isRecord(sent)) return null;
  const { rule, text, fix } = sent;
  const frames = parseFrames(sent.frames);
  if (typeof rule !== "string" || !RULE.test(rule) || !isText(text) || !isText(fix)) return null;
  return frames === null ? null : { rule, text, fix, frames };
}

export function parsePause(sent: unknown, budget: Budget): RawPause | null {
  if (!isRecord(sent)) return null;
  const frames = parseFrames(sent.frames);
  const variables = parseVariables(sent.variables, budget);
  return frames === null || variables === null ? null : { frames, variables };
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
