/** What an error card says, decided without a page: the sentence, the place, the way there. */
import type { CellError, CellId, Frame } from "../../kernel/protocol.ts";

/** One line of a cell with the failing part between `before` and `after`. */
export interface Excerpt {
  readonly line: number;
  readonly before: string;
  readonly culprit: string;
  readonly after: string;
}

export interface FrameView {
  readonly cell: CellId;
  readonly line: number;
  readonly column: number;
  /** "in loss, cell [3], line 4". */
  readonly text: string;
}

export interface ErrorView {
  /** Not a mistake of the reader: drawn quietly. */
  readonly isStop: boolean;
  /** What the check of an exercise says: about the answer, and nothing is wrong with a program. */
  readonly isVerdict: boolean;
  /** "RangeError", or what to call it for people. */
  readonly title: string;
  readonly sentence: string;
  readonly excerpt: Excerpt | null;
  readonly hint: string | null;
  readonly causes: readonly string[];
  readonly frames: readonly FrameView[];
}

export interface CellLookup {
  sourceOf(cell: CellId): string | null;
  nameOf(cell: CellId): string | null;
}

export function viewError(error: CellError, cells: CellLookup): ErrorView {
  const isVerdict = error.kind === "runtime" && error.name === "CheckError";
  // The line that did not hold is the check's own, and often gives the answer away.
  const frames = isVerdict ? [] : error.frames;
  const [first] = frames;
  const lines = first === undefined ? null : cells.sourceOf(first.cell)?.split(/\r\n|\r|\n/);
  const line = error.text ?? lines?.[(first?.line ?? 0) - 1];
  return {
    isStop: error.kind === "interrupted",
    isVerdict,
    title: titleOf(error),
    sentence: sentenceOf(error, first),
    excerpt:
      first === undefined || line === undefined
        ? null
        : excerptOf(line, first, error.length ?? null),
    hint: error.hint ?? null,
    causes: error.causes.map(({ name, message }) => `${name}: ${message}`),
    frames: frames.map((frame) => viewFrame(frame, cells)),
  };
}

/** The card as text, for the clipboard. */
export function printError(view: ErrorView): string {
  const { excerpt } = view;
  return [
    `${view.title}: ${view.sentence}`,
    ...(excerpt === null
      ? []
      : [
          `${excerpt.line} | ${excerpt.before}${excerpt.culprit}${excerpt.after}`,
          `${" ".repeat(String(excerpt.line).length)} | ${" ".repeat(excerpt.before.length)}${"^".repeat(Math.max(1, excerpt.culprit.length))}`,
        ]),
    ...(view.hint === null ? [] : [`Hint: ${view.hint}`]),
    ...view.causes.map((cause) => `Caused by ${cause}`),
    ...view.frames.map((frame) => `  ${frame.text}`),
  ].join("\n");
}

function titleOf(error: CellError): string {
  if (error.kind === "interrupted") return "Stopped";
  if (error.kind === "internal") return "A fault of Descent";
  if (error.kind === "syntax") return "Syntax";
  if (error.name === "CheckError") return "Not right yet";
  return error.name;
}

function sentenceOf(error: CellError, first: Frame | undefined): string {
  if (error.kind === "interrupted" && first !== undefined) return `Stopped at line ${first.line}.`;
  return error.message === "" ? "It was thrown without a message." : error.message;
}

function viewFrame({ cell, line, column, function: name }: Frame, cells: CellLookup): FrameView {
  const cellName = cells.nameOf(cell);
  const where = `${cellName === null ? "a deleted cell" : `cell ${cellName}`}, line ${line}`;
  return { cell, line, column, text: name === null ? where : `in ${name}, ${where}` };
}

/** What of `text`, the line of a frame, is marked. `length` counts from the frame's column. */
export function excerptOf(text: string, frame: Frame, length: number | null): Excerpt {
  const start = Math.min(Math.max(0, frame.column - 1), text.length);
  const end = Math.min(text.length, start + (length ?? wordLength(text.slice(start))));
  const indent = /^\s*/.exec(text)?.[0].length ?? 0;
  const from = Math.min(indent, start);
  return {
    line: frame.line,
    before: text.slice(from, start),
    culprit: text.slice(start, end),
    after: text.slice(end),
  };
}

/** The name, dotted path or number at the start of `text`; else one character. */
function wordLength(text: string): number {
  const word = /^(?:new\s+)?[\p{L}\p{N}_$]+(?:\??\.[\p{L}\p{N}_$]+)*/u.exec(text);
  return Math.max(1, word?.[0].length ?? 1);
}
