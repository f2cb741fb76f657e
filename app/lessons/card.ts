/**
 * What the catalogue says of a lesson, read from its file. The page gets cards as it is built, so
 * that its first load does not grow with the lessons: their texts come when they are opened.
 */
import { frontMatterOf } from "../formats/front-matter.ts";
import { parsePercent } from "../formats/percent.ts";
import { titleOf } from "../notebook/document.ts";

/** JSON. */
export interface LessonCard {
  /** The file's name without its ending: `01-turn-the-knobs`. */
  readonly slug: string;
  readonly title: string;
  /** The one question it answers. */
  readonly question: string | null;
  readonly minutes: number | null;
  /** Its place among the lessons; those without one stand behind. */
  readonly order: number | null;
  /** The lessons to have done before, by their numbers. */
  readonly needs: readonly number[];
  /** A fingerprint of the text: another text is another version. */
  readonly version: string;
}

/**
 * The card of a lesson's file.
 * @throws FormatError when the text is not in the percent format
 */
export function readCard(path: string, text: string): LessonCard {
  const slug = path.replace(/^.*\//, "").replace(/\.ts$/, "");
  const { notebook } = parsePercent(text);
  const said = frontMatterOf(notebook);
  const number = (key: string): number | null => {
    const value = Number(said.get(key) ?? NaN);
    return Number.isFinite(value) ? value : null;
  };
  return {
    slug,
    title: titleOf(notebook, slug),
    question: said.get("question") ?? null,
    minutes: number("minutes"),
    order: number("order"),
    needs: listed(said.get("needs") ?? ""),
    version: fingerprint(text),
  };
}

/** The numbers of a short YAML list: `[1, 3]`. */
function listed(text: string): readonly number[] {
  const [, inside = ""] = /^\[(\d+(?:, \d+)*)\]$/.exec(text) ?? [];
  return inside === "" ? [] : inside.split(", ").map(Number);
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
