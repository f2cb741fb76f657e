/**
 * Every notebook that ships, once from top to bottom in a real kernel: what it claims holds, and on the
 * way the check of every exercise judges its starter, learners' answers and its solutions.
 */
import { afterAll, describe, expect, test } from "vitest";
import { parsePercent } from "../../app/formats/percent.ts";
import { lessonMs } from "../counts.ts";
import { answers } from "./answers.ts";
import { claims, seeds } from "./claims.ts";
import { type Attempt, checkedExercises, tryExercise } from "./exercises.ts";
import { uncomputed } from "./prose-numbers.ts";
import { type NotebookRun, notebookOf, readNotebook, runNotebook } from "./run-notebook.ts";

interface Tried {
  readonly run: NotebookRun;
  readonly attempts: readonly Attempt[];
}

/** Runs a notebook, and tries each exercise when its turn has come. */
async function runAndTry(file: string, seed: number): Promise<Tried> {
  const { cells } = notebookOf(file, seed);
  const attempts: Attempt[] = [];
  const run = await runNotebook(file, seed, async (kernel, cell) => {
    const written = (answers.get(file) ?? []).filter(({ exercise }) => exercise === cell.id);
    const sources = written.map(({ source }) => source);
    attempts.push(...(await tryExercise(kernel, cells, cell, sources)));
  });
  return { run, attempts };
}

// Much of a lesson is waiting, so that a reader can watch: lessons wait side by side.
describe.concurrent.each(claims)("$file", ({ file, check }) => {
  const [seed = 42, ...otherSeeds] = seeds;
  let begun: Promise<Tried> | undefined;
  const tried = () => (begun ??= runAndTry(file, seed));
  afterAll(async () => {
    await (await begun)?.run[Symbol.asyncDispose]();
  });

  async function keepsItsClaims(run: NotebookRun): Promise<void> {
    const failed = [...run.outcomes].filter(([, { status }]) => status !== "ok");
    expect(failed.map(([id, { status, error }]) => [id, status, error?.message])).toEqual([]);
    const mistakes = [...run.outcomes].flatMap(([id, { outputs }]) =>
      outputs.flatMap((output) => (output.kind === "mistake" ? [[id, output.mistake.text]] : [])),
    );
    expect(mistakes).toEqual([]);
    expect(run.stale).toEqual({});
    const output = JSON.stringify([...run.outcomes.values()].map(({ outputs }) => outputs));
    expect(uncomputed(parsePercent(readNotebook(file)).notebook, output)).toEqual([]);
    await check(run);
  }

  test(
    `runs from top to bottom and keeps its claims, seed ${seed}`,
    async () => keepsItsClaims((await tried()).run),
    lessonMs,
  );

  test.each(otherSeeds)(
    "runs from top to bottom and keeps its claims, seed %i",
    async (other) => {
      await using run = await runNotebook(file, other);
      await keepsItsClaims(run);
    },
    lessonMs,
  );

  const exercises = checkedExercises(file);
  test.runIf(exercises.length > 0)(
    "each check refuses the starter and accepts every solution",
    async () => {
      const { attempts } = await tried();
      const starters = attempts.filter(({ kind }) => kind === "starter");
      expect(starters.map(({ exercise }) => exercise)).toEqual(exercises);
      for (const { exercise, checked } of starters) {
        expect(checked.error?.name, `${exercise}: the starter`).toBe("CheckError");
        expect(checked.error?.message, `${exercise}: the reason`).toContain(" - ");
      }
      const solutions = attempts.filter(({ kind }) => kind === "solution");
      expect(new Set(solutions.map(({ exercise }) => exercise))).toEqual(new Set(exercises));
      for (const { exercise, written, checked } of solutions) {
        expect(written?.error, `${exercise}: the solution runs`).toBeUndefined();
        expect(checked.error?.message, `${exercise}: the solution's check`).toBeUndefined();
      }
    },
    lessonMs,
  );

  const learners = answers.get(file) ?? [];
  test.runIf(learners.length > 0)(
    "answers of learners are judged by what they compute",
    async () => {
      const given = (await tried()).attempts.filter(({ kind }) => kind === "answer");
      expect(given).toHaveLength(learners.length);
      for (const { source, written, checked } of given) {
        const told = learners.find((answer) => answer.source === source)?.told;
        expect(written?.error, source).toBeUndefined();
        if (checked.error !== undefined) expect(checked.error.name, source).toBe("CheckError");
        if (told === undefined) expect(checked.error?.message, source).toBeUndefined();
        else expect(checked.error?.message, source).toMatch(told);
      }
    },
    lessonMs,
  );
});
