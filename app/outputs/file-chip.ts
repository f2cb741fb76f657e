/** A saved file: its name, its size, and a button that downloads it. Nothing downloads unasked. */
import { FILE_MIME, type MimeBundle, parseFileView } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import { formatBytes } from "./file-size.ts";
import { redrawing } from "./renderer.ts";
import { textOf } from "./text.ts";

export const mountFileChip = redrawing<MimeBundle>((element, bundle, context) => {
  const view = parseFileView(bundle[FILE_MIME]);
  if (view === null) {
    element.append(textOf(bundle, "text/plain"));
    return;
  }
  const { name, sizeBytes } = view;
  const button = el(
    "button",
    { type: "button", class: "file-chip", title: `Download ${name}` },
    el("span", { class: "file-icon", "aria-hidden": "true" }, "↓"),
    el("span", { class: "file-name" }, name),
    el("span", { class: "file-size" }, formatBytes(sizeBytes)),
  );
  button.addEventListener("click", () => context.downloadFile(name));
  element.append(button);
});
