/**
 * Works through the exercises of a notebook in its own order: the starter and its check, then the
 * solution in the starter's place and the check again. Cells between run once, as a reader runs them.
 */
import { type Cell, tagsOf } from "../../app/notebook/document.ts";
import { runsWithAll } from "../../app/notebook/roles.ts";
import { soaking } from "../counts.ts";
import { type CellOutcome, startNotebookKernel } from "../kernel/hosts/notebook-kernel.ts";
import { notebookOf, shippedData } from "./run-notebook.ts";

/**
 * A lesson's checks are tried on its own solutions if its number is odd, on learners' answers if it is
 * even, and on both in a soak: each way takes a run of the whole lesson.
 */
export function isTriedBy(answers: "solutions" | "learners", file: string): boolean {
  return soaking || (Number.parseInt(file, 10) % 2 === 0 ? "learners" : "solutions") === answers;
}

export interface Exercise {
  readonly id: string;
  /** The check of what the lesson hands out. */
  readonly unsolved: CellOutcome;
  readonly solution: CellOutcome;
  /** The check of what the lesson gives away. */
  readonly solved: CellOutcome;
}

/** The exercises of a notebook that have a check. */
export function checkedExercises(file: string): readonly string[] {
  const { cells } = notebookOf(file);
  return cells.filter(({ id }) => partOf(cells, id, "check") !== undefined).map(({ id }) => id);
}

export async function workThrough(file: string): Promise<readonly Exercise[]> {
  const { cells } = notebookOf(file);
  await using kernel = await startNotebookKernel({ data: shippedData });
  const exercises: Exercise[] = [];
  for (const cell of cells.filter(runsWithAll)) {
    await kernel.run(cell.source, cell.id);
    const check = partOf(cells, cell.id, "check");
    const solution = partOf(cells, cell.id, "solution");
    if (check === undefined || solution === undefined) continue;
    exercises.push({
      id: cell.id,
      unsolved: await kernel.run(check.source, `${check.id}-unsolved`),
      solution: await kernel.run(solution.source, solution.id),
      solved: await kernel.run(check.source, `${check.id}-solved`),
    });
  }
  return exercises;
}

/**
 * What the check says to each of `answers`, by exercise: its reason for refusing, or undefined where
 * it accepts. Each answer takes the place of the one before.
 */
export async function judge(
  file: string,
  answers: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, string | undefined>> {
  const { cells } = notebookOf(file);
  await using kernel = await startNotebookKernel({ data: shippedData });
  const verdicts = new Map<string, string | undefined>();
  for (const cell of cells.filter(runsWithAll)) {
    await kernel.run(cell.source, cell.id);
    const check = partOf(cells, cell.id, "check");
    for (const [i, answer] of (answers.get(cell.id) ?? []).entries()) {
      if (check === undefined) throw new Error(`${file}: no check for ${cell.id}`);
      const written = await kernel.run(answer, `${cell.id}-answer-${i}`);
      const { error } = await kernel.run(check.source, `${check.id}-answer-${i}`);
      const thrown = written.error ?? (error?.name === "CheckError" ? undefined : error);
      if (thrown !== undefined) throw new Error(`${cell.id}: ${thrown.message}\n${answer}`);
      verdicts.set(answer, error?.message);
    }
  }
  return verdicts;
}

/** The cell with this tag that belongs to an exercise. */
function partOf(cells: readonly Cell[], exercise: string, tag: string): Cell | undefined {
  return cells.find(
    (cell) =>
      cell.type === "code" && cell.metadata["for"] === exercise && tagsOf(cell).includes(tag),
  );
}
