/** HTML and SVG that cells put out: sanitised, scripts off, kept inside its own box. */
import type { MimeBundle } from "../../kernel/protocol.ts";
import { type Mount, redrawing } from "./renderer.ts";
import { sanitizeHtml, sanitizeSvg } from "./sanitize.ts";
import { textOf } from "./text.ts";

export const mountHtml: Mount<MimeBundle> = redrawing((element, bundle) => {
  const box = document.createElement("div");
  box.className = "output-html";
  box.append(sanitizeHtml(textOf(bundle, "text/html")));
  element.append(box);
});

export const mountSvg: Mount<MimeBundle> = redrawing((element, bundle) => {
  const box = document.createElement("div");
  box.className = "output-picture";
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", textOf(bundle, "text/plain") || "A picture");
  box.append(sanitizeSvg(textOf(bundle, "image/svg+xml")));
  element.append(box);
});
