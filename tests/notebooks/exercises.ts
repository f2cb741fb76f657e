/**
 * Tries an exercise as a learner does, in its place in the lesson: what the lesson hands out, answers
 * that learners wrote, and each solution, one in the place of the other. Then what was handed out
 * stands there again, for the cells below.
 */
import { type Cell, tagsOf } from "../../app/notebook/document.ts";
import type { CellOutcome, NotebookKernel } from "../kernel/hosts/notebook-kernel.ts";
import { notebookOf } from "./run-notebook.ts";

/** What stood in the place of an exercise, and what came of it. */
export interface Attempt {
  readonly exercise: string;
  readonly source: string;
  readonly kind: "starter" | "answer" | "solution";
  /** The run of the answer itself; of a starter it is the lesson's. */
  readonly written: CellOutcome | undefined;
  readonly checked: CellOutcome;
}

/** The exercises of a notebook that have a check. */
export function checkedExercises(file: string): readonly string[] {
  const { cells } = notebookOf(file);
  return cells.filter(({ id }) => partsOf(cells, id, "check").length > 0).map(({ id }) => id);
}

/** Tries `answers` and the solutions of an exercise that has just run; nothing for another cell. */
export async function tryExercise(
  kernel: NotebookKernel,
  cells: readonly Cell[],
  { id, source }: Cell,
  answers: readonly string[],
): Promise<readonly Attempt[]> {
  const [check] = partsOf(cells, id, "check");
  if (check === undefined) return [];
  const attempts: Attempt[] = [];
  const tryOne = async (kind: Attempt["kind"], text: string) => {
    const isThere = kind === "starter";
    const written = isThere ? undefined : await kernel.run(text, `${kind}-for-${id}`);
    const checked = await kernel.run(check.source, `check-of-${kind}-for-${id}`);
    attempts.push({ exercise: id, source: text, kind, written, checked });
  };
  await tryOne("starter", source);
  for (const answer of answers) await tryOne("answer", answer);
  for (const solution of partsOf(cells, id, "solution")) await tryOne("solution", solution.source);
  await kernel.run(source, id);
  return attempts;
}

/** The cells with this tag that belong to an exercise. */
function partsOf(cells: readonly Cell[], exercise: string, tag: string): readonly Cell[] {
  return cells.filter(
    (cell) =>
      cell.type === "code" && cell.metadata["for"] === exercise && tagsOf(cell).includes(tag),
  );
}
