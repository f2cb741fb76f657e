/**
 * Numbers written in digits in a notebook's prose, and whether a cell stands behind them. A number is
 * covered when a cell's code says it, when a run has put it out, or when it is part of a source: a year,
 * a licence, a standard.
 */
import type { Notebook } from "../../app/notebook/document.ts";

export interface ProseNumber {
  readonly cell: string;
  /** Without commas between thousands. */
  readonly digits: string;
  /** The words around it. */
  readonly words: string;
}

const NUMBER = /(?<![\w.−-])\d[\d,]*(?:\.\d+)?/g;
/** What carries its own source. */
const SOURCES = [
  /\b(?:1[5-9]|20)\d\d\b/g,
  /\bCC(?:0| BY)[\w -]* \d\.\d/g,
  /\bISO \d+(?:-\d+)?/g,
  /\[[^\]]*\]\(https:[^)]*\)/g,
];
/** Places of the course and of a list are no results. */
const PLACES = [/\blessons? \d+(?:(?:, | and | to )\d+)*/gi, /^ *(?:\*\*)?\d+\./gm];

/** The numbers in the prose of a notebook that neither its code nor `output` holds. */
export function uncomputed({ cells }: Notebook, output: string): readonly ProseNumber[] {
  const code = cells.flatMap(({ type, source }) => (type === "code" ? [source] : [])).join("\n");
  const known = numbersIn(`${code}\n${output}`);
  return cells
    .filter(({ type }) => type === "markdown")
    .flatMap(({ id, source }) => {
      const text = proseOf(source);
      return [...text.matchAll(NUMBER)].flatMap((match): ProseNumber[] => {
        const digits = plain(match[0]);
        const words = text.slice(Math.max(0, match.index - 30), match.index + 30).trim();
        return known.has(digits) ? [] : [{ cell: id, digits, words }];
      });
    });
}

function numbersIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(/\d[\d_,]*(?:\.\d+)?/g), ([digits]) => plain(digits)));
}

function plain(digits: string): string {
  return digits.replaceAll(/[_,]/g, "");
}

function proseOf(markdown: string): string {
  const noCode = markdown
    .replaceAll(/^```[^]*?^```/gm, " ")
    .replaceAll(/`[^`]*`/g, " ")
    .replaceAll(/\$\$[^]*?\$\$|\$[^$\n]+\$/g, " ");
  const noSources = SOURCES.reduce((text, source) => text.replaceAll(source, " "), noCode);
  return PLACES.reduce((text, place) => text.replaceAll(place, " "), noSources)
    .replaceAll(/\]\([^)]*\)/g, "]")
    .replaceAll(/\s+/g, " ");
}
