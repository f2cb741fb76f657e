/**
 * One stream of text under a cell: stdout or stderr. Follows what moves a terminal's cursor in
 * its line, and keeps the head and the tail of a text that grows too long.
 */
import type { Omitted } from "../../kernel/protocol.ts";
import type { Metadata } from "./document.ts";
import { type Cursor, movesCursor, writeOver } from "./terminal-line.ts";

export interface StreamOutput {
  readonly kind: "stream";
  readonly name: "stdout" | "stderr";
  /** What is kept, control characters applied. */
  readonly text: string;
  /** Where in the last line the next character goes; without it, at its end. */
  readonly cursor?: Cursor;
  /** Set once text was left out at `at`, an offset into `text`. */
  readonly omitted?: Omitted;
  /** Fields a file had beside these, kept for the way out. */
  readonly foreign?: Metadata;
}

/** Kept of a long stream, in UTF-16 units. Cut only at `LIMIT`, so that cutting stays rare. */
const HEAD = 100_000;
const TAIL = 200_000;
const LIMIT = 500_000;

/** What moves the cursor is shorter than this, in UTF-16 units. */
const SEQUENCE_PART = 16;

/** The stream with more text at its end, of which `gap` says what was left out before it came. */
export function appendText(stream: StreamOutput, text: string, gap?: Omitted): StreamOutput {
  if (gap !== undefined) {
    const before = closed(appendText(stream, text.slice(0, gap.at)));
    const lost = { ...gap, at: before.omitted.at };
    return appendText({ ...before, omitted: add(before.omitted, lost) }, text.slice(gap.at));
  }
  // A sequence may have been cut in two.
  const plain =
    stream.cursor === undefined && !movesCursor(stream.text.slice(-SEQUENCE_PART) + text);
  const { kind, name, omitted } = stream;
  const written = plain ? { text: stream.text + text } : overwrite(stream, text);
  return shorten({ kind, name, ...written, ...(omitted ? { omitted } : {}) });
}

/** Where text was left out, a line that says so; else the text itself. */
export function printStream({ text, omitted }: Pick<StreamOutput, "text" | "omitted">): string {
  if (omitted === undefined) return text;
  return `${text.slice(0, omitted.at)}${omittedLine(omitted)}\n${text.slice(omitted.at)}`;
}

/** "[... 1,200 lines (34,000 characters) left out ...]" */
export function omittedLine({ lines, characters }: Omitted): string {
  return `[... ${spell(lines)} lines (${spell(characters)} characters) left out ...]`;
}

/** The stream cut where its gap is, or where one begins: what follows is lost too. */
function closed(stream: StreamOutput): StreamOutput & { readonly omitted: Omitted } {
  const { kind, name, text, omitted } = stream;
  const at = omitted?.at ?? cutAfterLine(text, Math.min(text.length, HEAD));
  const left = text.slice(at);
  const gap = { at, lines: countLines(left), characters: left.length };
  return { kind, name, text: text.slice(0, at), omitted: omitted ? add(omitted, gap) : gap };
}

function add(gap: Omitted, more: Omitted): Omitted {
  const { at } = gap;
  return { at, lines: gap.lines + more.lines, characters: gap.characters + more.characters };
}

function spell(count: number): string {
  return count.toLocaleString("en-US");
}

/** Of the lines above, the end that says in which colours the next one begins. */
const ABOVE = 2_000;

/** Writes `text` at the cursor. */
function overwrite({ text, cursor }: StreamOutput, added: string) {
  const lineStart = text.lastIndexOf("\n") + 1;
  const above = text.slice(Math.max(0, lineStart - ABOVE), lineStart);
  const written = writeOver(above, text.slice(lineStart), added, cursor);
  return { ...written, text: text.slice(0, lineStart) + written.text };
}

function shorten(stream: StreamOutput): StreamOutput {
  const { text } = stream;
  if (text.length <= LIMIT) return stream;
  const at = stream.omitted?.at ?? cutAfterLine(text, HEAD);
  const resume = Math.max(at, cutAfterLine(text, text.length - TAIL));
  const left = text.slice(at, resume);
  const gap = { at, lines: countLines(left), characters: left.length };
  return {
    ...stream,
    text: text.slice(0, at) + text.slice(resume),
    omitted: stream.omitted ? add(stream.omitted, gap) : gap,
  };
}

/** The offset after the line that ends at or before `offset`, or `offset` in a line without end. */
function cutAfterLine(text: string, offset: number): number {
  const end = text.lastIndexOf("\n", offset - 1) + 1;
  if (end > offset - 10_000 && end > 0) return end;
  const high = text.charCodeAt(offset - 1);
  return high >= 0xd800 && high < 0xdc00 ? offset - 1 : offset;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
