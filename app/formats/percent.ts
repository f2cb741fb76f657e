/**
 * Notebooks as TypeScript files: the percent format of Jupytext, made for people and for diffs. It
 * has no room for outputs, attachments and metadata whose key is not a word. `print(parse(text))` is
 * `text` for files in our style: a front matter whose first key is the title and whose last are `cdn`,
 * `packages` and `silenced`, one empty line between cells, a line break at the end.
 * https://jupytext.readthedocs.io/en/latest/formats-scripts.html
 */
import type { CellId } from "../../kernel/protocol.ts";
import { isCellId, type Cell, type Notebook } from "../notebook/document.ts";
import { isCellLine, parseCellLine, printCellLine } from "./cell-line.ts";
import { FormatError } from "./format-error.ts";
import { parseFrontMatter, printFrontMatter } from "./front-matter.ts";

/**
 * Reads a percent file. A cell without an id gets `cell-N` by its place, so that reading a file
 * twice gives the same notebook. Text before the first cell line is a code cell of its own.
 * @throws FormatError with the line, for a broken cell line or an id used twice
 */
export function parsePercent(text: string): { readonly notebook: Notebook } {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const { metadata, end } = parseFrontMatter(lines);
  const blocks = splitBlocks(lines, end);
  const opened = blocks.map(({ head, lineNumber }) =>
    head === null ? { type: "code" as const, metadata: {} } : parseCellLine(head, lineNumber),
  );
  const firstLine = new Map<string, number>();
  opened.forEach(({ id }, index) => {
    if (id === undefined) return;
    const lineNumber = blocks[index]?.lineNumber ?? 0;
    const before = firstLine.get(id);
    if (before !== undefined) {
      throw new FormatError(`percent: id "${id}" is that of line ${before} already`, lineNumber);
    }
    if (!isCellId(id)) {
      throw new FormatError(
        `percent: id "${id}" - wanted 1 to 64 letters, digits, "-" and "_"`,
        lineNumber,
      );
    }
    firstLine.set(id, lineNumber);
  });
  const cells = blocks.map(({ body }, index): Cell => {
    // `opened` has one entry for each block.
    const { type, id, metadata: said } = opened[index] as (typeof opened)[number];
    return {
      id: (id ?? placeId(index, firstLine)) as CellId,
      type,
      source: type === "code" ? unescape(body).join("\n") : uncomment(body).join("\n"),
      metadata: said,
    };
  });
  return { notebook: { cells, metadata } };
}

/** The text of a percent file. Ends in a line break. */
export function printPercent(notebook: Notebook): string {
  const explicit = new Set(
    notebook.cells.filter((cell, index) => cell.id !== `cell-${index + 1}`).map(({ id }) => id),
  );
  const cells = notebook.cells.map(({ id, type, source, metadata }) => {
    const line = printCellLine({ type, metadata, ...(explicit.has(id) ? { id } : {}) });
    if (source === "") return line;
    const body = source.split("\n");
    return [line, ...(type === "code" ? escape(body) : comment(body))].join("\n");
  });
  const front = printFrontMatter(notebook.metadata);
  const parts = front === "" ? cells : [front, ...cells];
  return parts.length === 0 ? "" : `${parts.join("\n\n")}\n`;
}

interface Block {
  /** The cell line; `null` for text before the first. */
  readonly head: string | null;
  readonly lineNumber: number;
  readonly body: readonly string[];
}

function splitBlocks(lines: readonly string[], start: number): readonly Block[] {
  const heads = lines.flatMap((line, index) => (index >= start && isCellLine(line) ? [index] : []));
  const before = lines.slice(start, heads[0] ?? lines.length);
  const blocks: Block[] = heads.map((head, index) => {
    const last = index === heads.length - 1;
    const body = lines.slice(head + 1, heads[index + 1] ?? lines.length);
    // The empty line between two cells belongs to neither.
    if (!last && body.at(-1) === "") body.pop();
    return { head: lines[head] ?? null, lineNumber: head + 1, body };
  });
  if (before.some((line) => line.trim() !== "")) {
    const from = before.findIndex((line) => line.trim() !== "");
    const to = before.findLastIndex((line) => line.trim() !== "");
    blocks.unshift({ head: null, lineNumber: start + 1, body: before.slice(from, to + 1) });
  }
  return blocks;
}

/** `cell-3` for the third cell, unless another cell bears that name. */
function placeId(index: number, taken: ReadonlyMap<string, unknown>): string {
  let id = `cell-${index + 1}`;
  while (taken.has(id)) id += "x";
  return id;
}

/** A line of a cell that would read as a cell line carries a backslash, and those before it another. */
const LOOKS_LIKE_CELL = /^(\/\/ \\*)%%(?=[ \t]|$)/;
const ESCAPED = /^(\/\/ \\*)\\%%(?=[ \t]|$)/;

function escape(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(LOOKS_LIKE_CELL, "$1\\%%"));
}

function unescape(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(ESCAPED, "$1%%"));
}

function comment(lines: readonly string[]): string[] {
  return escape(lines.map((line) => (line === "" ? "//" : `// ${line}`)));
}

/** Lines that are no comments stand as they are: the file was not written by us. */
function uncomment(lines: readonly string[]): string[] {
  return unescape(lines).map((line) => line.replace(/^\/\/ ?/, ""));
}
