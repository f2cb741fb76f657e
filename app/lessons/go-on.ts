/** Which lesson comes next for a reader, by what they have opened and done. */
import type { LessonProgress } from "../notebook/sections.ts";

/** What the reader has done with a lesson. */
export interface Taken {
  readonly savedMs: number;
  /** Null where nobody has looked yet. */
  readonly progress: LessonProgress | null;
}

export function isFinished(taken: Taken | undefined): boolean {
  const { progress = null } = taken ?? {};
  return progress !== null && progress.total > 0 && progress.done === progress.total;
}

/** The lesson that was open last; where it is done, the next that is not; null when all are. */
export function lessonToGoOn<Lesson extends { readonly slug: string }>(
  course: readonly Lesson[],
  taken: ReadonlyMap<string, Taken>,
): Lesson | null {
  const openedMs = ({ slug }: Lesson) => taken.get(slug)?.savedMs ?? 0;
  const [last] = course
    .filter(({ slug }) => taken.has(slug))
    .toSorted((a, b) => openedMs(b) - openedMs(a));
  const from = last === undefined ? 0 : course.indexOf(last);
  const inTurn = [...course.slice(from), ...course.slice(0, from)];
  return inTurn.find(({ slug }) => !isFinished(taken.get(slug))) ?? null;
}
