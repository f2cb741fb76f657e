/** What a checkpoint holds, in words. */
import type { Trained } from "../../kernel/checkpoint.ts";

/** `net and opt`, `the parameters and Adam`: what the notebook calls them, else what they are. */
export function trainedNames(trained: readonly Trained[]): string {
  const names = trained.flatMap(({ models, optimizer, kind }) => [
    ...(models.length > 0 ? models : ["the parameters"]),
    optimizer ?? kind,
  ]);
  const distinct = [...new Set(names)];
  const last = distinct.pop() ?? "";
  return distinct.length === 0 ? last : `${distinct.join(", ")} and ${last}`;
}

/** `net and opt as they were at step 1,240`. */
export function trainedWords(trained: readonly Trained[]): string {
  const steps = Math.max(0, ...trained.map((each) => each.steps));
  return `${trainedNames(trained)} as they were at step ${steps.toLocaleString("en")}`;
}
