/** A confusion matrix on the page: counts to read and to press, which lists the examples behind them. */
import {
  CONFUSION_MIME,
  type ConfusionView,
  parseConfusion,
  sharesOf,
} from "../../../kernel/plot/confusion-view.ts";
import type { MimeBundle } from "../../../kernel/protocol.ts";
import { el } from "../dom.ts";
import { addGridKeys } from "../grid-keys.ts";
import type { MountIfReadable } from "../lazy.ts";
import { textOf } from "../text.ts";
import { examplesIn } from "./examples.ts";
import "./confusion.css";

/** From this share of its row on, a cell is so dark that its number is light. */
const DARK = 0.5;

export const mountConfusion: MountIfReadable = (element, bundle) => {
  const first = parseConfusion(bundle[CONFUSION_MIME]);
  if (first === null) return null;
  let shown = bundle;
  let view: ConfusionView = first;
  /** The cell whose examples are listed; -1 for none. */
  let open = -1;

  const title = el("div", { class: "confusion-title" });
  const table = el("table", { role: "grid" });
  const unit = el("select", { class: "knob-list", "aria-label": "Numbers in the cells" });
  unit.append(
    el("option", { value: "counts" }, "counts"),
    el("option", { value: "shares" }, "% of the true class"),
  );
  const sum = el("p", { class: "confusion-sum" });
  const foot = el("div", { class: "confusion-foot" }, unit, sum);
  const list = el("div", { class: "confusion-list", role: "status" });
  const wrap = el(
    "div",
    { class: "figure confusion" },
    title,
    el("div", { class: "confusion-scroll" }, table),
    foot,
    list,
  );
  element.append(wrap);
  const keys = addGridKeys(table);

  function draw(): void {
    const { labels } = view;
    const { right, all } = sharesOf(view);
    title.hidden = view.title === null;
    title.textContent = view.title;
    table.setAttribute("aria-label", nameOf(shown));
    const share = all === 0 ? "" : `, ${percent(right / all)}`;
    sum.textContent = `${right.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} right${share}`;
    const heads = labels.map((label) => el("th", { scope: "col" }, label));
    const corner = el("th", { scope: "col", class: "confusion-corner" }, "truth \\ guess");
    const rows = labels.map((label, truth) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, label),
        ...labels.map((_, guess) => cell(truth, guess)),
      ),
    );
    keys.redraw(() =>
      table.replaceChildren(
        el("thead", {}, el("tr", {}, corner, ...heads)),
        el("tbody", {}, ...rows),
      ),
    );
    listOpen();
  }

  function cell(truth: number, guess: number): HTMLElement {
    const { labels, counts } = view;
    const at = truth * labels.length + guess;
    const count = counts[at] ?? 0;
    const made = el("td", { class: truth === guess ? "is-right" : "is-wrong" });
    if (count === 0) {
      made.append(el("span", { class: "confusion-none" }, "0"));
      return made;
    }
    const share = count / sharesOf(view).inTruth(truth);
    made.style.setProperty("--share", `${Math.round(10 + 90 * share)}%`);
    made.classList.toggle("is-dark", share >= DARK);
    const said = `${labels[truth]} taken for ${labels[guess]}: ${count}, ${percent(share)}`;
    const press = el(
      "button",
      { type: "button", "aria-label": said, title: said, "aria-expanded": String(at === open) },
      unit.value === "shares" ? percent(share) : String(count),
    );
    press.addEventListener("click", () => toggle(at));
    press.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && open >= 0) toggle(open);
    });
    made.append(press);
    return made;
  }

  function toggle(at: number): void {
    open = at === open ? -1 : at;
    draw();
  }

  function listOpen(): void {
    const isEmpty = open < 0 || (view.counts[open] ?? 0) === 0;
    list.replaceChildren(...(isEmpty ? [] : [examplesIn(view, open)]));
  }

  unit.addEventListener("change", draw);
  draw();
  return {
    update(next) {
      if (next === shown) return;
      const parsed = parseConfusion(next[CONFUSION_MIME]);
      if (parsed === null) return;
      if (parsed.labels.length !== view.labels.length) open = -1;
      shown = next;
      view = parsed;
      draw();
    },
    dispose: () => wrap.remove(),
  };
};

function percent(share: number): string {
  const value = 100 * share;
  return `${value >= 10 || value === 0 ? Math.round(value) : value.toFixed(1)} %`;
}

function nameOf(bundle: MimeBundle): string {
  return textOf(bundle, "text/plain").replace(/^<Figure: (.*)>$/s, "$1") || "A confusion matrix";
}
