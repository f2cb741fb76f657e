/** What a projector tells beside its picture: the chosen row and its neighbours, or what a search found. */
import { el } from "../dom.ts";
import type { Metric, NearestRows } from "./layout-messages.ts";

export interface ReadingHost {
  choose(row: number): void;
  /** The pointer or focus is on a row of the list; -1: no more. */
  point(row: number): void;
  metric(metric: Metric): void;
  labelOf(row: number): string;
  groupOf(row: number): string | null;
  picture(row: number): HTMLElement | null;
}

export interface Reading {
  readonly element: HTMLElement;
  showChosen(row: number, nearest: NearestRows | null, metric: Metric): void;
  showFound(rows: readonly number[], text: string): void;
  clear(): void;
}

/** Found rows that are listed; the others are only drawn. */
const MOST_FOUND = 12;

let count = 0;

export function createReading(host: ReadingHost): Reading {
  const element = el("div", { class: "projector-reading" });
  element.hidden = true;

  function button(row: number): HTMLElement {
    const made = el("button", { type: "button", class: "projector-row" }, host.labelOf(row));
    made.addEventListener("click", () => host.choose(row));
    for (const on of ["pointerenter", "focus"]) made.addEventListener(on, () => host.point(row));
    for (const off of ["pointerleave", "blur"]) made.addEventListener(off, () => host.point(-1));
    return made;
  }

  function metricList(metric: Metric): HTMLElement {
    count += 1;
    const id = `projector-metric-${count}`;
    const list = el(
      "select",
      { id, class: "knob-list" },
      new Option("cosine", "cosine"),
      new Option("Euclid", "euclid"),
    );
    list.value = metric;
    list.addEventListener("change", () => host.metric(list.value as Metric)); // its own options
    return el("div", { class: "projector-metric" }, el("label", { for: id }, "Nearest by"), list);
  }

  function show(...children: (Node | null)[]): void {
    // A list that is made anew must not take the keyboard's place away.
    const hadFocus = element.contains(document.activeElement);
    const focused = hadFocus ? document.activeElement?.tagName : null;
    element.replaceChildren(...children.filter((child) => child !== null));
    element.hidden = false;
    if (focused === "SELECT") element.querySelector("select")?.focus();
    else if (focused === "BUTTON") element.querySelector<HTMLElement>(".projector-row")?.focus();
  }

  return {
    element,
    showChosen(row, nearest, metric) {
      const group = host.groupOf(row);
      const head = el(
        "div",
        { class: "projector-chosen" },
        host.picture(row),
        el("strong", {}, host.labelOf(row)),
        group === null ? null : el("span", { class: "projector-group" }, group),
      );
      show(head, metricList(metric), nearest === null ? null : nearestTable(nearest, metric));
    },
    showFound(rows, text) {
      const head = el(
        "div",
        { class: "projector-chosen" },
        el("strong", {}, found(rows.length)),
        el("span", { class: "projector-group" }, `with “${text}”`),
      );
      const items = rows.slice(0, MOST_FOUND).map((row) => el("li", {}, button(row)));
      const more = rows.length - items.length;
      show(
        head,
        el("ul", { class: "projector-found" }, ...items),
        more > 0
          ? el("p", { class: "projector-more" }, `and ${more.toLocaleString("en-US")} more`)
          : null,
      );
    },
    clear() {
      element.replaceChildren();
      element.hidden = true;
    },
  };

  function nearestTable({ rows, cosine, euclid }: NearestRows, metric: Metric): HTMLElement {
    const head = (name: string, each: Metric) =>
      el("th", { scope: "col", ...(each === metric ? { "aria-sort": "ascending" } : {}) }, name);
    return el(
      "table",
      { class: "projector-nearest" },
      el("caption", { class: "visually-hidden" }, "Nearest neighbours"),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, "row"),
          head("cosine", "cosine"),
          head("Euclid", "euclid"),
        ),
      ),
      el(
        "tbody",
        {},
        ...rows.map((row, i) =>
          el(
            "tr",
            {},
            el("td", {}, button(row)),
            el("td", {}, distance(cosine[i] ?? Number.NaN)),
            el("td", {}, distance(euclid[i] ?? Number.NaN)),
          ),
        ),
      ),
    );
  }
}

function found(count: number): string {
  if (count === 0) return "Nothing found";
  return count === 1 ? "1 row" : `${count.toLocaleString("en-US")} rows`;
}

/** Three digits: enough to compare, short enough to scan. */
function distance(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(3) : "–";
}
