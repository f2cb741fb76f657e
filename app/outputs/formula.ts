/**
 * A formula as a node. KaTeX, a quarter of the page's weight, comes with the first formula; until
 * then the formula's own text stands in its place.
 */
import type { Formula } from "./math.ts";

type Katex = (typeof import("katex"))["default"];

let katex: Katex | null = null;
let loading: Promise<Katex> | null = null;

function loadKatex(): Promise<Katex> {
  loading ??= import("katex").then((module) => (katex = module.default));
  return loading;
}

export function formulaNode(formula: Formula): HTMLElement {
  const span = document.createElement("span");
  if (katex !== null) {
    render(katex, formula, span);
    return span;
  }
  span.append(formula.tex);
  loadKatex().then(
    (loaded) => render(loaded, formula, span),
    (error: unknown) => {
      // Its text can be read; the next formula asks again.
      loading = null;
      console.warn("Formulas are shown as text:", error);
    },
  );
  return span;
}

function render({ render: set }: Katex, { tex, isDisplay }: Formula, span: HTMLElement): void {
  set(tex, span, {
    displayMode: isDisplay,
    throwOnError: false,
    // No \href, \includegraphics, \htmlClass: text of others writes no markup here.
    trust: false,
    strict: "ignore",
    maxExpand: 1000,
    maxSize: 50,
    errorColor: "var(--error)",
  });
}
