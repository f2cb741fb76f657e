/** The check of every exercise refuses the starter with a reason and accepts the solution. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { lessonMs } from "../counts.ts";
import { checkedExercises, isTriedBy, workThrough } from "./exercises.ts";

const files = readdirSync(new URL("../../notebooks/", import.meta.url)).filter(
  (file) =>
    file.endsWith(".ts") && checkedExercises(file).length > 0 && isTriedBy("solutions", file),
);

// Much of a lesson is waiting, so that a reader can watch: lessons wait side by side.
test.concurrent.each(files)(
  "%s: each check refuses the starter and accepts the solution",
  async (file) => {
    const exercises = await workThrough(file);
    expect(exercises.map(({ id }) => id)).toEqual(checkedExercises(file));
    for (const { id, unsolved, solution, solved } of exercises) {
      expect(unsolved.error?.name, `${id}: the starter`).toBe("CheckError");
      expect(unsolved.error?.message, `${id}: the reason`).toContain(" - ");
      expect(solution.error, `${id}: the solution runs`).toBeUndefined();
      expect(solved.error?.message, `${id}: the solution's check`).toBeUndefined();
    }
  },
  lessonMs,
);
