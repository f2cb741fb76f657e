/**
 * Exercises: the cells tied to one by `for`, and which cells a student finds in the column. Tied cells
 * are an exercise's own: a student asks for them under it, one after the other.
 */
import type { CellId } from "../../kernel/protocol.ts";
import { type Cell, isJsonObject, type Notebook, tagsOf } from "./document.ts";

/** Who looks: an author sees every cell, a student an exercise with what it offers. */
export type Viewpoint = "author" | "student";

export interface ExerciseParts {
  /** Code that refuses a wrong answer with a reason, in the order in which they are asked. */
  readonly checks: readonly Cell[];
  /** From where to look to the line with a blank. */
  readonly hints: readonly Cell[];
  /** Each stands in the starter's place. */
  readonly solutions: readonly Cell[];
}

const PARTS = ["check", "hint", "solution"];

export function isExercise(cell: Cell): boolean {
  return cell.type === "code" && tagsOf(cell).includes("exercise");
}

/** Whether a cell belongs to some exercise: a check, a hint or a solution. */
export function isPart(cell: Cell): boolean {
  return tagsOf(cell).some((tag) => PARTS.includes(tag));
}

/** The id of the exercise that a cell is tied to; null where it is no part of one. */
export function exerciseOf(cell: Cell): CellId | null {
  const { for: owner } = cell.metadata;
  return isPart(cell) && typeof owner === "string" ? (owner as CellId) : null;
}

export function partsOf(notebook: Notebook, exercise: CellId): ExerciseParts {
  const tied = notebook.cells.filter((cell) => exerciseOf(cell) === exercise);
  const tagged = (tag: string) => tied.filter((cell) => tagsOf(cell).includes(tag));
  return {
    checks: tagged("check").filter(({ type }) => type === "code"),
    hints: tagged("hint"),
    solutions: tagged("solution").filter(({ type }) => type === "code"),
  };
}

/** The cells of the column. What is tied to an exercise that is gone stays in it. */
export function cellsInColumn(notebook: Notebook, viewpoint: Viewpoint): readonly Cell[] {
  if (viewpoint === "author") return notebook.cells;
  const exercises = new Set(notebook.cells.filter(isExercise).map(({ id }) => id));
  return notebook.cells.filter((cell) => {
    const owner = exerciseOf(cell);
    return owner === null || !exercises.has(owner);
  });
}

/** What an exercise began with, where its file says so; null where it does not. */
export function starterOf({ metadata: { descent } }: Cell): string | null {
  const starter = isJsonObject(descent) ? descent["starter"] : undefined;
  return typeof starter === "string" ? starter : null;
}
