/**
 * A copy for students: the exercises with what they began with, and without solutions, hidden checks and
 * the author's own guesses.
 * What is not to be seen is not in the file at all.
 */
import { type Cell, isJsonObject, type Metadata, type Notebook, tagsOf } from "./document.ts";
import { isExercise } from "./exercises.ts";
import { withoutGuess } from "./predictions.ts";

const KEY = "student";

/** The notebook as a student gets it. Outputs are no part of it: a file of it is written without any. */
export function studentCopy(notebook: Notebook): Notebook {
  const { metadata } = notebook;
  return {
    ...notebook,
    cells: notebook.cells.filter((cell) => !isWithheld(cell)).map(asGivenOut),
    metadata: { ...metadata, descent: { ...ours(metadata), [KEY]: true } },
  };
}

/** Whether a notebook says that it is a copy for students. */
export function isStudentCopy({ metadata }: Notebook): boolean {
  return ours(metadata)[KEY] === true;
}

function isWithheld(cell: Cell): boolean {
  const tags = tagsOf(cell);
  return tags.includes("solution") || (tags.includes("check") && tags.includes("hidden"));
}

/** A guess is open; an exercise remembers its beginning, so that it can be begun again. */
function asGivenOut(cell: Cell): Cell {
  if (!isExercise(cell)) return withoutGuess(cell);
  const descent = { ...ours(cell.metadata), starter: cell.source };
  return { ...cell, metadata: { ...cell.metadata, descent } };
}

function ours({ descent }: Metadata): Metadata {
  return isJsonObject(descent) ? descent : {};
}
