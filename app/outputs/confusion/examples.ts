/** The examples behind one count of a confusion matrix. */
import type { ConfusionView } from "../../../kernel/plot/confusion-view.ts";
import { el } from "../dom.ts";
import { pictureOf } from "../row-picture.ts";

/** Their rows in the data, with their pictures where there are any. */
export function examplesIn(view: ConfusionView, cell: number): HTMLElement {
  const { labels, counts, cells, rows, images } = view;
  const [truth, guess] = [labels[Math.floor(cell / labels.length)], labels[cell % labels.length]];
  const count = counts[cell] ?? 0;
  const from = cells.indexOf(cell);
  const listed = from < 0 ? 0 : cells.lastIndexOf(cell) + 1 - from;
  const items = Array.from({ length: listed }, (_, i) => {
    const row = rows[from + i] ?? 0;
    return el(
      "li",
      {},
      images === null ? null : pictureOf(images, from + i, `Picture of row ${row}`),
      el("span", {}, `row ${row}`),
    );
  });
  const kind = truth === guess ? `${truth}, taken for what it is` : `${truth}, taken for ${guess}`;
  const part = listed < count ? `, the first ${listed}` : "";
  const times = count === 1 ? "1 example" : `${count.toLocaleString("en-US")} examples`;
  return el(
    "div",
    {},
    el("p", {}, `${kind}: ${times}${part}`),
    el("ul", { "aria-label": "Examples" }, ...items),
  );
}
