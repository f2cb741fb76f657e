/** A small lesson: three sections, a prediction, an exercise with all its parts. */
import type { Cell, Metadata } from "../../../app/notebook/document.ts";
import type { CellId } from "../../../kernel/protocol.ts";

const cell = (id: string, type: Cell["type"], source: string, metadata: Metadata = {}): Cell => ({
  id: id as CellId,
  type,
  source,
  metadata,
});
const tags = (...all: string[]): Metadata => ({ tags: all });
const part = (...all: string[]): Metadata => ({ tags: all, for: "ex" });

export const lessonCells: readonly Cell[] = [
  cell("opening", "markdown", "# Turn the *knobs*\n\nWords."),
  cell("setup", "code", "const pen = 1;", tags("setup")),
  cell("guess", "code", 'const which = "?"; // "left" or "right"', tags("predict")),
  cell("run", "code", "console.log(which);"),
  cell("turn", "markdown", "## Your turn\n\nOne exercise."),
  cell("ex", "code", "const answer = 0;", tags("exercise")),
  cell("ex-check", "code", "expect(answer).equal(1);", part("check")),
  cell("ex-secret", "code", "expect(answer).below(2);", part("check", "hidden")),
  cell("ex-hint", "markdown", "Look there.", part("hint")),
  cell("ex-hint-2", "markdown", "`answer = _`", part("hint")),
  cell("ex-solution", "code", "const answer = 1;", part("solution")),
  cell("ex-other", "code", "const answer = 2 - 1;", part("solution")),
  cell("recap", "markdown", "## What you take along\n\nThis."),
];
