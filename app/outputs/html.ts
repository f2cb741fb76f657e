/**
 * HTML and SVG that cells put out: sanitised and kept inside its own box. Scripts of HTML run in a
 * frame of their own, and only in a notebook that the reader trusts.
 */
import type { MimeBundle } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import { type Mount, type OutputContext, redrawing } from "./renderer.ts";
import { sanitizeHtml, sanitizeSvg } from "./sanitize.ts";
import { showScripts } from "./script-frame.ts";
import { textOf } from "./text.ts";

export const mountHtml: Mount<MimeBundle> = (element, bundle, context) => {
  let shown: string | null = null;
  let close = () => {};

  function show(next: MimeBundle, page: OutputContext): void {
    const html = textOf(next, "text/html");
    const scripted = hasScripts(html);
    // Scripts begin anew in another theme; sanitised markup follows the page's styles.
    const key = scripted ? `${page.trusted} ${page.theme} ${html}` : html;
    if (key === shown) return;
    shown = key;
    close();
    close = () => {};
    element.replaceChildren();
    if (scripted && page.trusted) {
      close = showScripts(element, html, page);
      return;
    }
    const box = el("div", { class: "output-html" });
    box.append(sanitizeHtml(html));
    element.append(box);
    if (scripted) element.append(scriptsOff(page));
  }

  show(bundle, context);
  return {
    update: show,
    dispose() {
      close();
      element.replaceChildren();
    },
  };
};

export const mountSvg: Mount<MimeBundle> = redrawing((element, bundle) => {
  const box = document.createElement("div");
  box.className = "output-picture";
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", textOf(bundle, "text/plain") || "A picture");
  box.append(sanitizeSvg(textOf(bundle, "image/svg+xml")));
  element.append(box);
});

/** Whether something would run. To take text for a script costs a line below it, no more. */
function hasScripts(html: string): boolean {
  return /<script\b|\son[a-z]+\s*=|javascript:/i.test(html);
}

function scriptsOff({ askTrust }: OutputContext): HTMLElement {
  const button = el("button", { type: "button", class: "output-fold" }, "Trust this notebook …");
  button.addEventListener("click", askTrust);
  return el("p", { class: "output-note" }, "Scripts in this output are off. ", button);
}
