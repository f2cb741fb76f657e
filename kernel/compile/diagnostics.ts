/** What esbuild, acorn and our own analysis object to, as errors that point into the cell. */
import type { Message, TransformFailure } from "esbuild";
import type { CellError, CellId, Frame, Position } from "../protocol.ts";
import type { Problem } from "./analyze.ts";
import { mapPosition } from "./sourcemap.ts";

/** esbuild's first error; it rarely finds more in one pass. */
export function fromEsbuild(failure: TransformFailure, cell: CellId): CellError {
  const first = failure.errors[0];
  if (first === undefined) return syntaxError(failure.message, cell, null, 0);
  const { location } = first;
  if (location === null) return syntaxError(sentence(first), cell, null, 0, hintFor(first));
  const start = utf16Column(location.lineText, location.column);
  const end = utf16Column(location.lineText, location.column + location.length);
  const place = { line: location.line, column: start + 1 };
  return syntaxError(sentence(first), cell, place, end - start, hintFor(first));
}

/** A problem found in the stripped text `code`, whose map leads to the cell. */
export function fromProblem(problem: Problem, code: string, map: string, cell: CellId): CellError {
  const place = positionOf(code, problem.at);
  const mapped = mapPosition(map, place.line, place.column);
  return syntaxError(problem.message, cell, mapped, problem.length, problem.hint);
}

/** What acorn, which reads esbuild's output, refuses: rules that esbuild does not know of. */
export function fromAcorn(error: unknown, code: string, map: string, cell: CellId): CellError {
  if (!(error instanceof SyntaxError) || !("pos" in error) || typeof error.pos !== "number") {
    throw error;
  }
  const place = positionOf(code, error.pos);
  const message = error.message
    .replace(/ \(\d+:\d+\)$/, "")
    .replace(/^Not enough stack space to parse input$/, TOO_DEEP);
  return syntaxError(message, cell, mapPosition(map, place.line, place.column), 0);
}

/** A cell whose tree is deeper than the stack. Null for any other error. */
export function fromOverflow(error: unknown, cell: CellId): CellError | null {
  if (!(error instanceof RangeError)) return null;
  return syntaxError(TOO_DEEP, cell, null, 0, "Give the inner parts names of their own");
}

const TOO_DEEP = "Brackets or operators nest too deeply to be compiled";

function syntaxError(
  message: string,
  cell: CellId,
  place: Position | null,
  length: number,
  hint?: string,
): CellError {
  const frames: Frame[] = place === null ? [] : [{ function: null, cell, ...place }];
  return {
    kind: "syntax",
    name: "SyntaxError",
    message,
    ...(hint === undefined ? {} : { hint }),
    frames,
    ...(length > 0 ? { length } : {}),
    causes: [],
  };
}

/** esbuild counts UTF-8 bytes. Both columns are 0-based. */
export function utf16Column(line: string, byteColumn: number): number {
  let bytes = 0;
  let column = 0;
  for (const character of line) {
    if (bytes >= byteColumn) break;
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    column += character.length;
  }
  return column;
}

function positionOf(text: string, offset: number): Position {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return { line: text.slice(0, offset).split("\n").length, column: offset - lineStart + 1 };
}

/** esbuild's words, with the parts that speak of files and formats in a notebook's terms. */
function sentence({ text }: Message): string {
  if (isReturn(text)) {
    return "return: a cell is not a function, so there is nothing to return from";
  }
  return text
    .replace(/:$/, "")
    .replace(/^Syntax error "/, 'Unexpected "')
    .replace(/ in an ECMAScript module$/, " in a cell")
    .replace("end of file", "end of the cell");
}

function isReturn(text: string): boolean {
  return text.startsWith("Top-level return cannot be used");
}

/** For the slips that learners make most; the message itself already says what was found. */
function hintFor({ text, location, notes }: Message): string | undefined {
  if (/^Unexpected end of file|but found end of file/.test(text)) {
    return "Something before this is unfinished: a bracket, brace or quote, or an operator";
  }
  if (isReturn(text)) return "End the cell with the value itself to show it";
  if (/^Unterminated (string|template|regular expression)/.test(text)) {
    return "Close it with the same mark it opens with";
  }
  const declared = /^The symbol "(.+)" has already been declared/.exec(text);
  if (declared) {
    const line = notes[0]?.location?.line;
    const where = line === undefined ? "above" : `in line ${line}`;
    return `${declared[1]} is declared ${where}: leave out one of them, or assign with ${declared[1]} = ...`;
  }
  if (text === 'Expected ";" but found ":"' && location?.lineText.trimStart().startsWith("{")) {
    return "To show an object, put it in parentheses: ({ a: 1 })";
  }
  if (text.startsWith('"await" can only be used inside an "async" function')) {
    return "Write async before the function; a cell itself may await";
  }
  if (/^Expected "[)\]}]" but found/.test(text)) return "A bracket before this is not closed";
  if (/^Unexpected "[“”‘’]"/.test(text)) return "Use straight quotes: \" or '";
  if (text.startsWith('Expected ";" but found')) {
    return "A line break, an operator or a semicolon is missing before this";
  }
  return undefined;
}
