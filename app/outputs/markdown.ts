/**
 * Markdown and formulas as nodes. Four steps in this order, each for a reason: math is taken out
 * (Markdown would break it), marked makes HTML, DOMPurify makes it harmless, KaTeX sets the math
 * into what is left (its output needs styles that a sanitiser would take).
 */
import { Marked } from "marked";
import type { MimeBundle } from "../../kernel/protocol.ts";
import { formulaNode } from "./formula.ts";
import { type Formula, PLACEHOLDER, takeMath } from "./math.ts";
import { type Mount, redrawing } from "./renderer.ts";
import { sanitizeHtml } from "./sanitize.ts";
import { textOf } from "./text.ts";

const marked = new Marked({
  gfm: true,
  async: false,
  // A field would be taken out as something to press.
  renderer: { checkbox: ({ checked }) => (checked ? "☑ " : "☐ ") },
});

/** Pictures pasted into a text cell: `![](attachment:name)`, as nbformat has them: MIME to base64. */
export type Attachments = Readonly<Record<string, unknown>>;

/** A Markdown text as nodes that run and fetch nothing. Headings get ids to link to. */
export function renderMarkdown(markdown: string, attachments: Attachments = {}): DocumentFragment {
  const { text, formulas } = takeMath(markdown);
  const html = marked.parse(withAttachments(text, attachments)) as string; // `async` is false
  const fragment = sanitizeHtml(restoreAttributes(html, formulas));
  setMath(fragment, formulas);
  nameHeadings(fragment);
  // Wide code scrolls sideways, by the keyboard too.
  for (const block of fragment.querySelectorAll("pre")) block.tabIndex = 0;
  return fragment;
}

export const mountMarkdown: Mount<MimeBundle> = redrawing((element, bundle) => {
  const box = document.createElement("div");
  box.className = "output-markdown prose";
  box.append(renderMarkdown(textOf(bundle, "text/markdown")));
  element.append(box);
});

export const mountLatex: Mount<MimeBundle> = redrawing((element, bundle) => {
  const tex = textOf(bundle, "text/latex").trim();
  const bare = /^(\$\$?)([^]*)\1$/.exec(tex)?.[2] ?? tex;
  const box = document.createElement("div");
  box.className = "output-latex";
  box.append(formulaNode({ tex: bare, isDisplay: true }));
  element.append(box);
});

/** "attachment:plot.png" becomes the picture itself. */
function withAttachments(markdown: string, attachments: Attachments): string {
  if (Object.keys(attachments).length === 0) return markdown;
  return markdown.replaceAll(/attachment:([^\s)"'>]+)/g, (whole, name: string) => {
    const held = attachments[decodeURIComponentSafe(name)];
    if (typeof held !== "object" || held === null) return whole;
    const [mime, base64] = Object.entries(held)[0] ?? [];
    return typeof base64 === "string"
      ? `data:${mime};base64,${base64.replaceAll(/\s/g, "")}`
      : whole;
  });
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % is part of the name.
    return text;
  }
}

/** What stood in an attribute was no formula: its text goes back before anything is judged harmless. */
function restoreAttributes(html: string, formulas: readonly Formula[]): string {
  if (formulas.length === 0) return html;
  // A template is inert: nothing in it loads or runs.
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const element of template.content.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replace(PLACEHOLDER, (_, index) => texOf(formulas, index));
    }
  }
  return template.innerHTML;
}

/** Puts each formula in place of its placeholder in the text. */
function setMath(fragment: DocumentFragment, formulas: readonly Formula[]): void {
  if (formulas.length === 0) return;
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode() !== null) {
    if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
  }
  for (const node of texts) {
    const parts = node.data.split(PLACEHOLDER);
    if (parts.length === 1) continue;
    // `split` with a group gives text, number, text, number, ..., text.
    node.replaceWith(
      ...parts.map((part, index): Node | string => {
        const formula = index % 2 === 1 ? formulas[Number(part)] : undefined;
        return formula === undefined ? part : formulaNode(formula);
      }),
    );
  }
}

function texOf(formulas: readonly Formula[], index: string): string {
  return formulas[Number(index)]?.tex ?? "";
}

/** `id`s from the words of headings, unique within the text: "the-loss", "the-loss-2". */
function nameHeadings(fragment: DocumentFragment): void {
  const used = new Map<string, number>();
  for (const heading of fragment.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const slug = slugOf(heading.textContent ?? "");
    const times = (used.get(slug) ?? 0) + 1;
    used.set(slug, times);
    heading.id = times === 1 ? slug : `${slug}-${times}`;
  }
}

/** Letters and digits of any script, joined by hyphens. */
export function slugOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-") || "section";
}
