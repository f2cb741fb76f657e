/** Where a reader looks among the recorded steps of a cell, in places of a slider and in words. */
import type { StepsRecorded } from "../../kernel/training.ts";

/** Speeds to watch a loop at, in turns a second. */
export const paces = [30, 10, 3, 1] as const;

/** The next slower speed, or faster; null: as fast as it goes. */
export function nextPace(pace: number | null, direction: "slower" | "faster"): number | null {
  const all: readonly (number | null)[] = [null, ...paces];
  const place = all.indexOf(pace) + (direction === "slower" ? 1 : -1);
  return all[Math.min(all.length - 1, Math.max(0, place))] ?? null;
}

/** The place of the step that figures show; the newest while nobody looks back. */
export function placeOfStep({ steps, shown }: StepsRecorded): number {
  const place = shown === null ? -1 : steps.indexOf(shown);
  return place < 0 ? steps.length - 1 : place;
}

export function isNewest(recorded: StepsRecorded): boolean {
  return placeOfStep(recorded) === recorded.steps.length - 1;
}

/** The recorded step `by` places from the one that is shown; null where there is none. */
export function stepNear(recorded: StepsRecorded, by: number): number | null {
  return recorded.steps[placeOfStep(recorded) + by] ?? null;
}

/** `step 200 of 1,000` */
export function recordedWords(recorded: StepsRecorded): string {
  const { steps } = recorded;
  const [shown = 0, last = 0] = [steps[placeOfStep(recorded)], steps.at(-1)];
  return `step ${shown.toLocaleString("en")} of ${last.toLocaleString("en")}`;
}
