/**
 * A lesson as the page lists it, and the learner's copy made of it. The copy remembers which text
 * it was made of, so that a newer one can be offered beside it.
 */
import { parsePercent } from "../formats/percent.ts";
import { isJsonObject, type Notebook } from "../notebook/document.ts";
import type { LessonCard } from "./card.ts";

export interface Lesson extends LessonCard {
  /** Resolves to its text in the percent format; rejects when that cannot be fetched. */
  readonly readText: () => Promise<string>;
}

/** Which lesson a notebook is a copy of. */
export interface LessonOrigin {
  readonly slug: string;
  readonly version: string;
}

/** By the `order` of their front matter, then by name. */
export function inOrder(lessons: readonly Lesson[]): readonly Lesson[] {
  return lessons.toSorted((a, b) => {
    const [before, after] = [a.order ?? Infinity, b.order ?? Infinity];
    if (before !== after) return before < after ? -1 : 1;
    return a.slug < b.slug ? -1 : 1;
  });
}

/** The lesson of this slug, or of this number: `01` finds `01-turn-the-knobs`. */
export function findLesson(catalogue: readonly Lesson[], name: string): Lesson | undefined {
  return (
    catalogue.find(({ slug }) => slug === name) ??
    catalogue.find(({ slug }) => /^\d+$/.test(name) && slug.startsWith(`${name}-`))
  );
}

/**
 * The learner's copy of a lesson.
 * @throws Error with a sentence for the reader, when the text cannot be fetched
 */
export async function openLesson({ slug, title, version, readText }: Lesson): Promise<Notebook> {
  const text = await readText().catch((error: unknown) => {
    throw new Error(
      `The text of "${title}" could not be loaded. Check the connection and open it again, or reload the page.`,
      { cause: error },
    );
  });
  const { notebook } = parsePercent(text);
  const { descent } = notebook.metadata;
  const own = isJsonObject(descent) ? descent : {};
  return {
    ...notebook,
    metadata: { ...notebook.metadata, descent: { ...own, lesson: { slug, version } } },
  };
}

/**
 * Which lesson a notebook says it is a copy of. A file from elsewhere may say so too: this is no
 * reason to trust it.
 */
export function lessonOf({ metadata }: Notebook): LessonOrigin | null {
  const { descent } = metadata;
  const lesson = isJsonObject(descent) ? descent["lesson"] : undefined;
  if (!isJsonObject(lesson)) return null;
  const { slug, version } = lesson;
  return typeof slug === "string" && typeof version === "string" ? { slug, version } : null;
}

/** The lesson a notebook is a copy of, if its text has changed since. */
export function newerLesson(catalogue: readonly Lesson[], notebook: Notebook): Lesson | null {
  const origin = lessonOf(notebook);
  const lesson = catalogue.find(({ slug }) => slug === origin?.slug);
  return lesson !== undefined && lesson.version !== origin?.version ? lesson : null;
}
