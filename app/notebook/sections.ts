/**
 * A notebook's sections, and which of them a learner is done with. A section begins with a text cell
 * that has a heading of the first or second level.
 */
import type { CellId } from "../../kernel/protocol.ts";
import { type Cell, type Notebook, tagsOf, titleOf } from "./document.ts";
import { isExercise, isPart } from "./exercises.ts";
import type { Learning } from "./learning.ts";
import { isPrediction } from "./predictions.ts";
import { quizOf } from "./quiz.ts";
import { runsWithAll } from "./roles.ts";

export interface Section {
  /** Its first cell. */
  readonly id: CellId;
  readonly title: string;
  /** Cells that wait for the learner: to run, to guess, to solve, to answer. */
  readonly acts: readonly CellId[];
}

export interface Done {
  readonly learning: Learning;
  /** Whether a cell has ever run, in this kernel or an earlier one. */
  readonly hasRun: (cell: CellId) => boolean;
}

export interface LessonProgress {
  readonly done: number;
  readonly total: number;
}

const HEADING = /^#{1,2} +(.+?) *#*$/m;

export function sectionsOf(notebook: Notebook): readonly Section[] {
  const sections: { id: CellId; title: string; acts: CellId[] }[] = [];
  for (const cell of notebook.cells) {
    const title = headingOf(cell);
    if (title !== null) sections.push({ id: cell.id, title, acts: [] });
    else if (sections.length === 0) {
      sections.push({ id: cell.id, title: titleOf(notebook), acts: [] });
    }
    if (isAct(cell)) sections.at(-1)?.acts.push(cell.id);
  }
  return sections;
}

/** A section with something to do is done when all of it is; one to read, when it has been seen. */
export function isDone({ id, acts }: Section, notebook: Notebook, done: Done): boolean {
  if (acts.length === 0) return done.learning.seen.includes(id);
  return acts.every((act) => {
    const cell = notebook.cells.find((each) => each.id === act);
    return cell === undefined || isActDone(cell, done);
  });
}

export function progressOf(notebook: Notebook, done: Done): LessonProgress {
  const sections = sectionsOf(notebook);
  return {
    done: sections.filter((section) => isDone(section, notebook, done)).length,
    total: sections.length,
  };
}

function isActDone(cell: Cell, { learning, hasRun }: Done): boolean {
  if (isExercise(cell)) return learning.solved.includes(cell.id);
  const quiz = quizOf(cell);
  if (quiz === null) return hasRun(cell.id);
  return quiz.questions.every(({ options }, question) => {
    const chosen = learning.chosen[`${cell.id}/${question}`];
    return chosen !== undefined && options[chosen]?.isRight === true;
  });
}

/** What runs by itself is no act. */
function isAct(cell: Cell): boolean {
  const tags = tagsOf(cell);
  if (isExercise(cell) || isPrediction(cell) || quizOf(cell) !== null) return true;
  return runsWithAll(cell) && !isPart(cell) && !tags.includes("setup") && !tags.includes("auto");
}

/** The words of a cell's heading without its marks; null where it begins no section. */
function headingOf({ type, source }: Cell): string | null {
  const words = type === "markdown" ? HEADING.exec(source)?.[1] : undefined;
  return words === undefined ? null : words.replaceAll(/[*_`$]/g, "");
}
