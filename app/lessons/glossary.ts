/**
 * The glossary is a notebook: each term a text cell tagged `term` whose heading is the term and whose
 * paragraph is its definition, and below it code that shows it. Other forms of the word stand in `also`.
 */
import type { CellId } from "../../kernel/protocol.ts";
import { type Notebook, tagsOf } from "../notebook/document.ts";
import { isPart } from "../notebook/exercises.ts";

export interface Term {
  readonly name: string;
  /** As its heading is linked to: letters and digits joined by hyphens. */
  readonly anchor: string;
  /** Every form of the word, the name first. */
  readonly forms: readonly string[];
  /** Markdown, one line. */
  readonly definition: string;
  /** Runs in a kernel where nothing has run. */
  readonly code: string;
}

/** The terms in the order of the notebook. */
export function termsOf({ cells }: Notebook): readonly Term[] {
  return cells.flatMap((cell, index): Term[] => {
    if (!tagsOf(cell).includes("term")) return [];
    const [, name = "", definition = ""] = /^### (.+)\n\n([^]+)$/.exec(cell.source.trim()) ?? [];
    const { also } = cell.metadata;
    const others = Array.isArray(also) ? also.filter((form) => typeof form === "string") : [];
    const next = cells[index + 1];
    const code = next?.type === "code" ? next.source : "";
    return [{ name, anchor: anchorOf(name), forms: [name, ...others], definition, code }];
  });
}

/** Finds the words of a glossary in a text, the longest form first. */
export interface TermFinder {
  /** Each place in order, with the term that stands there. */
  find(
    text: string,
  ): Iterable<{ readonly term: Term; readonly at: number; readonly words: string }>;
}

export function createTermFinder(terms: readonly Term[]): TermFinder {
  const byForm = new Map(
    terms.flatMap((term) => term.forms.map((form): [string, Term] => [form.toLowerCase(), term])),
  );
  const forms = [...byForm.keys()].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}-])(?:${forms.map(escaped).join("|")})(?![\\p{L}\\p{N}-])`,
    "giu",
  );
  return {
    *find(text) {
      if (forms.length === 0) return;
      for (const match of text.matchAll(pattern)) {
        const [words] = match;
        const term = byForm.get(words.toLowerCase());
        if (term) yield { term, at: match.index, words };
      }
    },
  };
}

/** The terms that each text cell is the first to use. */
export function firstUses(
  { cells }: Notebook,
  finder: TermFinder,
): ReadonlyMap<CellId, ReadonlySet<Term>> {
  const used = new Set<Term>();
  const uses = new Map<CellId, ReadonlySet<Term>>();
  for (const cell of cells) {
    if (cell.type !== "markdown" || isPart(cell)) continue;
    const here = new Set<Term>();
    for (const { term } of finder.find(wordsOf(cell.source))) {
      if (!used.has(term)) here.add(term);
    }
    for (const term of here) used.add(term);
    if (here.size > 0) uses.set(cell.id, here);
  }
  return uses;
}

/** What of a Markdown text is read as words: no code, no formulas, no headings, no links, nothing folded. */
export function wordsOf(markdown: string): string {
  return markdown
    .replaceAll(/^```[^]*?^```/gm, " ")
    .replaceAll(/`[^`]*`/g, " ")
    .replaceAll(/\$\$[^]*?\$\$|\$[^$\n]+\$/g, " ")
    .replaceAll(/^#{1,6} .*$/gm, " ")
    .replaceAll(/!?\[[^\]]*\]\([^)]*\)/g, " ")
    .replaceAll(/<details>[^]*?<\/details>/g, " ")
    .replaceAll(/<[^>]+>/g, " ");
}

/** The id that a heading of these words gets. */
function anchorOf(words: string): string {
  return (words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join("-");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
