/**
 * Predictions: a cell tagged `predict` is one constant, the reader's guess, with what it may be in a
 * comment. The guess is kept in the text itself, so that it is in the file and other cells can show
 * it beside the result.
 *
 *     const slowest = "?"; // "low", "high" or "shift"
 *     const rightGuess = 50; // of a hundred
 */
import type { CellId } from "../../kernel/protocol.ts";
import { type Cell, type Notebook, tagsOf } from "./document.ts";
import { type Runtime, runtimeOf } from "./runtime.ts";

export interface Prediction {
  /** The constant that other cells read. */
  readonly name: string;
  readonly kind: "choice" | "number" | "text";
  /** The guess as it stands; null for a choice or a text that has not been made. */
  readonly guess: string | number | null;
  /** What there is to choose from; empty unless it is a choice. */
  readonly options: readonly string[];
  /** What the number counts: "of a hundred"; "" where nothing is said. */
  readonly unit: string;
}

/** What a text holds until somebody guesses. */
const OPEN = "?";
const GUESS =
  /^(const (\w+)(?:: \w+)? = )("(?:[^"\\]|\\.)*"|-?(?:\d[\d_]*)?\.?\d+(?:e-?\d+)?);(?:[ \t]*\/\/[ \t]*(.*))?$/;

/** Reads a predict cell's text; null for a text of another form, which is shown as code. */
export function parsePrediction(source: string): Prediction | null {
  const [, , name = "", literal = "", comment = ""] = GUESS.exec(source.trim()) ?? [];
  if (literal === "") return null;
  const unit = comment.trim();
  if (!literal.startsWith('"')) {
    const guess = Number(literal.replaceAll("_", ""));
    return { name, kind: "number", guess, options: [], unit };
  }
  const text = textIn(literal);
  if (text === null) return null;
  const options = Array.from(unit.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, option = ""]) => option);
  const isChoice = options.length > 1;
  return {
    name,
    kind: isChoice ? "choice" : "text",
    guess: text === OPEN ? null : text,
    options: isChoice ? options : [],
    unit: isChoice ? "" : unit,
  };
}

/**
 * The text with this guess in it.
 * @throws RangeError for a text that `parsePrediction` cannot read
 */
export function withGuess(source: string, guess: string | number): string {
  const text = source.trim();
  const [, head = "", , literal = ""] = GUESS.exec(text) ?? [];
  if (head === "") throw new RangeError(`prediction: "${text}" - wanted const name = value;`);
  return `${head}${JSON.stringify(guess)}${text.slice(head.length + literal.length)}`;
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
