/** A saved file: its name, its size, and a button that downloads it. Nothing downloads unasked. */
import { FILE_MIME, type FileView, type MimeBundle } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import { redrawing } from "./renderer.ts";
import { textOf } from "./text.ts";

export const mountFileChip = redrawing<MimeBundle>((element, bundle, context) => {
  const view = bundle[FILE_MIME] as Partial<FileView> | null | undefined;
  const name = view?.name;
  if (typeof name !== "string") {
    element.append(textOf(bundle, "text/plain"));
    return;
  }
  const size = typeof view?.sizeBytes === "number" ? formatBytes(view.sizeBytes) : "";
  const button = el(
    "button",
    { type: "button", class: "file-chip", title: `Download ${name}` },
    el("span", { class: "file-icon", "aria-hidden": "true" }, "↓"),
    el("span", { class: "file-name" }, name),
    el("span", { class: "file-size" }, size),
  );
  button.addEventListener("click", () => context.downloadFile(name));
  element.append(button);
});

/** 812 B, 9.3 kB, 1.2 MB: thousands, as file managers count. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 99.5 ? Math.round(size) : Number(size.toPrecision(2))} ${units[unit]}`;
}
