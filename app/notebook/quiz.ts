/**
 * Questions with options: a text cell tagged `quiz`. Each question is a paragraph, then a list of
 * options with a box, ticked where the option is right, and after a colon at the end of its line what
 * to say to who chooses it. Read as Markdown it is a list of tasks.
 *
 *     Is the learning rate a parameter?
 *
 *     - [ ] Yes: training never changes it; you do.
 *     - [x] No: it is set before training.
 */
import { type Cell, tagsOf } from "./document.ts";

export interface QuizOption {
  /** Markdown. */
  readonly text: string;
  readonly isRight: boolean;
  /** Markdown; "" where nothing is said. */
  readonly reason: string;
}

export interface QuizQuestion {
  /** Markdown. */
  readonly text: string;
  readonly options: readonly QuizOption[];
}

export interface Quiz {
  /** What stands before the first question: its heading. Markdown. */
  readonly intro: string;
  readonly questions: readonly QuizQuestion[];
}

const OPTION = /^- \[([ x])\] (.+)$/i;

/** Null for a cell that is no quiz, or has no question with a right option: shown as its text. */
export function quizOf(cell: Cell): Quiz | null {
  if (cell.type !== "markdown" || !tagsOf(cell).includes("quiz")) return null;
  const blocks = cell.source.split(/\n[ \t]*\n/).map((block) => block.trim());
  const lists = blocks.map(optionsOf);
  const questions = lists.flatMap((options, i): QuizQuestion[] =>
    options === null ? [] : [{ text: numberless(blocks[i - 1] ?? ""), options }],
  );
  const first = lists.findIndex((options) => options !== null);
  const isWhole = questions.every(({ options }) => options.some(({ isRight }) => isRight));
  if (questions.length === 0 || !isWhole) return null;
  return { intro: blocks.slice(0, Math.max(0, first - 1)).join("\n\n"), questions };
}

function optionsOf(block: string): readonly QuizOption[] | null {
  const options = block.split("\n").map((line): QuizOption | null => {
    const [, box, words = ""] = OPTION.exec(line) ?? [];
    if (box === undefined) return null;
    const [, text = words, reason = ""] = /^(.+?): (.+)$/.exec(words) ?? [];
    return { text, isRight: box !== " ", reason };
  });
  const whole = options.filter((option) => option !== null);
  return whole.length === options.length && whole.length > 1 ? whole : null;
}

/** A question's own number goes: the list of questions counts them. */
function numberless(question: string): string {
  return question.replace(/^\*\*\d+\.\*\* */, "");
}
