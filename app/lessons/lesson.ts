/**
 * A lesson file as the catalogue lists it, and the learner's copy made of it. The copy remembers
 * which text it was made of, so that a newer one can be offered beside it.
 */
import { frontMatterOf } from "../formats/front-matter.ts";
import { parsePercent } from "../formats/percent.ts";
import { isJsonObject, titleOf, type Notebook } from "../notebook/document.ts";

export interface Lesson {
  /** The file's name without its ending: `01-turn-the-knobs`. */
  readonly slug: string;
  readonly title: string;
  /** The one question it answers. */
  readonly question: string | null;
  readonly minutes: number | null;
  /** A fingerprint of the text: another text is another version. */
  readonly version: string;
  /** In the percent format. */
  readonly text: string;
}

/** Which lesson a notebook is a copy of. */
export interface LessonOrigin {
  readonly slug: string;
  readonly version: string;
}

/**
 * The catalogue of these files, path to text, by the `order` of their front matter, then by name.
 * @throws FormatError when a file is not in the percent format
 */
export function readCatalogue(files: Readonly<Record<string, string>>): readonly Lesson[] {
  const entries = Object.entries(files).map(([path, text]) => {
    const slug = path.replace(/^.*\//, "").replace(/\.ts$/, "");
    const { notebook } = parsePercent(text);
    const said = frontMatterOf(notebook);
    const number = (key: string): number | null => {
      const value = Number(said.get(key) ?? NaN);
      return Number.isFinite(value) ? value : null;
    };
    const lesson: Lesson = {
      slug,
      title: titleOf(notebook, slug),
      question: said.get("question") ?? null,
      minutes: number("minutes"),
      version: fingerprint(text),
      text,
    };
    return { lesson, order: number("order") ?? Infinity };
  });
  return entries
    .toSorted((a, b) => {
      if (a.order !== b.order) return a.order < b.order ? -1 : 1;
      return a.lesson.slug < b.lesson.slug ? -1 : 1;
    })
    .map(({ lesson }) => lesson);
}

/** The lesson of this slug, or of this number: `01` finds `01-turn-the-knobs`. */
export function findLesson(catalogue: readonly Lesson[], name: string): Lesson | undefined {
  return (
    catalogue.find(({ slug }) => slug === name) ??
    catalogue.find(({ slug }) => /^\d+$/.test(name) && slug.startsWith(`${name}-`))
  );
}

/** The learner's copy of a lesson. */
export function openLesson({ slug, version, text }: Lesson): Notebook {
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

/** Two 32-bit FNV-1a over UTF-16 units, in hexadecimal: tells versions apart, proves nothing. */
function fingerprint(text: string): string {
  const hashes = [0x811c9dc5, 0x9e3779b9].map((start) => {
    let hash = start;
    for (let i = 0; i < text.length; i += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    }
    return (hash >>> 0).toString(16).padStart(8, "0");
  });
  return hashes.join("");
}
