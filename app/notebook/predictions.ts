/**
 * Predictions: a cell tagged `predict` is one constant, the reader's guess, with what it may be in a
 * comment. The guess is kept in the text itself, so that it is in the file and other cells can show
 * it beside the result.
 *
 *     const slowest = "?"; // "low", "high" or "shift"
 *     const rightGuess: number | "?" = "?"; // of a hundred, from 50
 */
import type { CellId } from "../../kernel/protocol.ts";
import { type Cell, type Notebook, tagsOf } from "./document.ts";
import { type Runtime, runtimeOf } from "./runtime.ts";

export interface Prediction {
  /** The constant that other cells read. */
  readonly name: string;
  readonly kind: "choice" | "number" | "text";
  /** The guess as it stands; null where none has been made. */
  readonly guess: string | number | null;
  /** What there is to choose from; empty unless it is a choice. */
  readonly options: readonly string[];
  /** What the number counts: "of a hundred"; "" where nothing is said. */
  readonly unit: string;
  /** The number on which the first press of a button lands: 0 unless the comment ends in "from 50". */
  readonly start: number;
}

/** What a guess is until somebody makes it. */
const OPEN = "?";
/** The type of a number that may be open. */
const OPEN_NUMBER = ': number | "?"';
const GUESS =
  /^const (\w+)(: [^=]+?)? = ("(?:[^"\\]|\\.)*"|-?(?:\d[\d_]*)?\.?\d+(?:e-?\d+)?);(?:[ \t]*\/\/[ \t]*(.*))?$/;
/** Where the buttons begin, at the end of a number's comment. */
const START = /(?:, |^)from (-?[\d.]+(?:e-?\d+)?)$/;

/** Reads a predict cell's text; null for a text of another form, which is shown as code. */
export function parsePrediction(source: string): Prediction | null {
  const [, name = "", type = "", literal = "", comment = ""] = GUESS.exec(source.trim()) ?? [];
  if (literal === "") return null;
  const said = comment.trim();
  const text = literal.startsWith('"') ? textIn(literal) : Number(literal.replaceAll("_", ""));
  if (text === null) return null;
  const guess = text === OPEN ? null : text;
  if (typeof guess === "number" || (guess === null && type === OPEN_NUMBER)) {
    const [whole = "", start = "0"] = START.exec(said) ?? [];
    const unit = said.slice(0, said.length - whole.length);
    return { name, kind: "number", guess, options: [], unit, start: Number(start) };
  }
  const options = Array.from(said.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, option = ""]) => option);
  const isChoice = options.length > 1;
  return {
    name,
    kind: isChoice ? "choice" : "text",
    guess,
    options: isChoice ? options : [],
    unit: isChoice ? "" : said,
    start: 0,
  };
}

/**
 * The text with this guess in it; null takes the guess away.
 * @throws RangeError for a text that `parsePrediction` cannot read
 */
export function withGuess(source: string, guess: string | number | null): string {
  const text = source.trim();
  const [, name = "", type = "", literal = ""] = GUESS.exec(text) ?? [];
  if (name === "") throw new RangeError(`prediction: "${text}" - wanted const name = value;`);
  const rest = text.slice(`const ${name}${type} = ${literal}`.length);
  const wasNumber = !literal.startsWith('"');
  const now = guess === null && wasNumber ? OPEN_NUMBER : type;
  return `const ${name}${now} = ${JSON.stringify(guess ?? OPEN)}${rest}`;
}

/** The cell without the guess that was made in it; any other cell as it is. */
export function withoutGuess(cell: Cell): Cell {
  if (!isPrediction(cell) || parsePrediction(cell.source) === null) return cell;
  return { ...cell, source: withGuess(cell.source, null) };
}

export function isPrediction(cell: Cell): boolean {
  return cell.type === "code" && tagsOf(cell).includes("predict");
}

/**
 * The predictions above a cell that the kernel does not know as they stand. They take no time and the
 * cells below name them, so they run first.
 */
export function guessesBefore(
  notebook: Notebook,
  runtime: Runtime,
  first: CellId,
): readonly Cell[] {
  const end = notebook.cells.findIndex(({ id }) => id === first);
  return notebook.cells
    .slice(0, Math.max(0, end))
    .filter(
      (cell) =>
        isPrediction(cell) &&
        parsePrediction(cell.source) !== null &&
        runtimeOf(runtime, cell.id).record?.source !== cell.source,
    );
}

function textIn(literal: string): string | null {
  try {
    return String(JSON.parse(literal));
  } catch {
    // Escapes that only TypeScript knows: shown as code.
    return null;
  }
}
