/** Links the first use of each term of the glossary in a lesson's prose to its definition. */
import type { CellId } from "../../../kernel/protocol.ts";
import { parsePercent } from "../../formats/percent.ts";
import { createTermFinder, firstUses, type Term, termsOf } from "../../lessons/glossary.ts";
import { lessonOf } from "../../lessons/lesson.ts";
import type { Notebook } from "../../notebook/document.ts";
import text from "../../../notebooks/glossary.ts?raw";

const terms = termsOf(parsePercent(text).notebook);
const finder = createTermFinder(terms);
/** The lesson that the glossary is, where its terms need no links. */
const SLUG = "glossary";
/** Words in these are names, code, not to be seen yet, or lead somewhere already. */
const PASSED_BY = "a, code, pre, h1, h2, h3, h4, h5, h6, details, .formula, .katex";

const uses = new WeakMap<Notebook, ReturnType<typeof firstUses>>();

export function addressOf({ anchor }: Term): string {
  return `?lesson=${SLUG}#${anchor}`;
}

export function termAt(address: string): Term | undefined {
  return terms.find((term) => address === addressOf(term));
}

/** Links in the prose of one cell of a notebook. */
export function linkTerms(prose: HTMLElement, notebook: Notebook, cell: CellId): void {
  if (lessonOf(notebook)?.slug === SLUG) return;
  const known = uses.get(notebook) ?? firstUses(notebook, finder);
  uses.set(notebook, known);
  const wanted = new Set(known.get(cell));
  const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (wanted.size > 0 && walker.nextNode()) {
    const { currentNode } = walker;
    if (currentNode instanceof Text && !currentNode.parentElement?.closest(PASSED_BY)) {
      texts.push(currentNode);
    }
  }
  for (const node of texts) linkIn(node, wanted);
}

function linkIn(node: Text, wanted: Set<Term>): void {
  const found = Array.from(finder.find(node.data)).filter(({ term }) => wanted.delete(term));
  // From the end, so that places before stay where they are.
  for (const { term, at, words } of found.toReversed()) {
    const rest = node.splitText(at);
    rest.splitText(words.length);
    const link = document.createElement("a");
    link.className = "term";
    link.href = addressOf(term);
    link.textContent = words;
    rest.replaceWith(link);
  }
}
