/**
 * A table on the page: sorted by its heads, filtered by what is typed, page after page. It has all its
 * rows, so it needs no kernel; the elements are those of one page.
 */
import {
  parseTable,
  TABLE_MIME,
  type TableColumn,
  type TableView,
} from "../../../kernel/plot/table-view.ts";
import type { MimeBundle } from "../../../kernel/protocol.ts";
import { el } from "../dom.ts";
import { addGridKeys } from "../grid-keys.ts";
import type { MountIfReadable } from "../lazy.ts";
import { pictureOf } from "../row-picture.ts";
import { textOf } from "../text.ts";
import { type Cells, cellsOf } from "./cells.ts";
import { toCsv } from "./csv.ts";
import { parseFilter } from "./filter.ts";
import { nextSorting, rowOrder, type Sorting } from "./row-order.ts";
import "./data-table.css";

const PAGE_SIZES = [10, 25, 100] as const;
const ORDER = { none: "", ascending: " ▲", descending: " ▼" } as const;

export const mountTable: MountIfReadable = (element, bundle) => {
  const first = parseTable(bundle[TABLE_MIME]);
  if (first === null) return null;
  let shown = bundle;
  let view: TableView = first;
  let columns: readonly Cells[] = view.columns.map(cellsOf);
  let sorting: Sorting | null = view.sort;
  let { pageSize } = view;
  let page = 0;
  let order: Uint32Array = new Uint32Array();
  /** A page is as high as the highest so far, so that what stands below stays under the hand. */
  let heightPx = 0;

  const title = el("div", { class: "data-table-title" });
  const card = el("dl", { class: "data-table-card" });
  const filter = el("input", {
    type: "search",
    class: "knob-text-field data-table-filter",
    "aria-label": "Filter rows",
    placeholder: "Filter: words, or column<0.5",
    autocomplete: "off",
    spellcheck: "false",
  });
  const status = el("p", { class: "data-table-status", role: "status" });
  const table = el("table", { role: "grid" });
  const [head, body] = [el("thead"), el("tbody")];
  table.append(head, body);
  const scroll = el("div", { class: "data-table-scroll" }, table);
  const before = button("Previous", () => turn(-1));
  const after = button("Next", () => turn(1));
  const sizes = el("select", { class: "knob-list", "aria-label": "Rows on a page" });
  const copyButton = button("Copy as CSV", copy);
  const paging = el("div", { class: "data-table-paging" }, before, after, sizes);
  const foot = el("div", { class: "data-table-foot" }, status, paging, copyButton);
  const wrap = el("div", { class: "figure data-table" }, title, card, filter, scroll, foot);
  element.append(wrap);
  const keys = addGridKeys(table, { turnPage: turn, copy });

  function button(text: string, press: () => void): HTMLButtonElement {
    const made = el("button", { type: "button", class: "button" }, text);
    made.addEventListener("click", press);
    return made;
  }

  const pages = () => Math.max(1, Math.ceil(order.length / pageSize));

  function turn(by: -1 | 1): void {
    const next = Math.max(0, Math.min(pages() - 1, page + by));
    if (next === page) return;
    page = next;
    drawPage();
  }

  function sort(column: number): void {
    sorting = nextSorting(sorting, column);
    page = 0;
    arrange();
  }

  function copy(): void {
    void navigator.clipboard.writeText(toCsv(columns, order)).then(
      () => say(`${count(order.length, "row")} copied`),
      // The browser's reader may forbid it.
      () => say("the browser did not let them be copied"),
    );
  }

  /** Heads and frame, for other columns. */
  function dress(): void {
    title.hidden = view.title === null;
    title.textContent = view.title;
    card.hidden = view.card.length === 0;
    card.replaceChildren(
      ...view.card.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)]),
    );
    table.setAttribute("aria-label", nameOf(shown));
    const corner = el("th", { scope: "col", class: "is-place" }, "row");
    const heads = columns.map(({ column }, at) => {
      const press = el("button", { type: "button", class: "data-table-head" }, column.name);
      press.addEventListener("click", () => sort(at));
      return el("th", { scope: "col", class: `is-${column.kind}` }, press);
    });
    head.replaceChildren(el("tr", {}, corner, ...heads));
    const offered = [...new Set([...PAGE_SIZES, pageSize])].toSorted((a, b) => a - b);
    sizes.replaceChildren(
      ...offered.map((each) => el("option", { value: String(each) }, `${each} rows`)),
    );
    sizes.value = String(pageSize);
  }

  /** Rows anew: after another filter or order. */
  function arrange(): void {
    order = rowOrder(view.rows, columns, parseFilter(filter.value, columns), sorting);
    page = Math.min(page, pages() - 1);
    table.setAttribute("aria-rowcount", String(order.length + 1));
    [...(head.rows[0]?.cells ?? [])].slice(1).forEach((cell, at) => {
      const isSorted = sorting?.column === at;
      const direction = !isSorted ? "none" : sorting?.isDescending ? "descending" : "ascending";
      cell.setAttribute("aria-sort", direction);
      const press = cell.querySelector("button");
      if (press !== null) press.dataset["order"] = ORDER[direction];
    });
    const isPaged = view.rows > Math.min(pageSize, PAGE_SIZES[0]);
    filter.hidden = !isPaged;
    paging.hidden = !isPaged;
    drawPage();
  }

  function drawPage(): void {
    const from = page * pageSize;
    const rows = order.subarray(from, from + pageSize);
    const lines = Array.from(rows, (row, at) => {
      const cells = columns.map((each) => cell(each, row));
      const place = el("th", { scope: "row", class: "is-place" }, String(row));
      return el("tr", { "aria-rowindex": String(from + at + 2) }, place, ...cells);
    });
    keys.redraw(() => body.replaceChildren(...lines));
    before.disabled = page === 0;
    after.disabled = page >= pages() - 1;
    say("");
    if (pages() > 1) heightPx = Math.max(heightPx, scroll.offsetHeight);
    scroll.style.minHeight = heightPx === 0 ? "" : `${heightPx}px`;
  }

  function cell(cells: Cells, row: number): HTMLElement {
    const { column } = cells;
    const made = el("td", { class: `is-${column.kind}` });
    if (column.kind === "picture" && !cells.isMissing(row))
      made.append(pictureOf(column.images, row, `Picture of row ${row}`));
    else made.textContent = cells.text(row);
    return made;
  }

  function say(done: string): void {
    const from = page * pageSize;
    const to = Math.min(order.length, from + pageSize);
    const places = pages() > 1 ? `${group(from + 1)}–${group(to)} of ` : "";
    const all = order.length < view.rows ? ` of ${group(view.rows)}` : "";
    const cut = view.rows < view.of ? `, the first of ${group(view.of)}` : "";
    const what = `${places}${count(order.length, "row")}${all}${cut}`;
    status.textContent = done === "" ? what : `${what}; ${done}`;
  }

  let frame = 0;
  filter.addEventListener("input", () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      page = 0;
      arrange();
    });
  });
  sizes.addEventListener("change", () => {
    const at = page * pageSize;
    pageSize = Number(sizes.value);
    page = Math.floor(at / pageSize);
    heightPx = 0;
    scroll.style.minHeight = "";
    arrange();
  });

  dress();
  arrange();
  return {
    update(next) {
      if (next === shown) return;
      const parsed = parseTable(next[TABLE_MIME]);
      if (parsed === null) return;
      shown = next;
      // Other rows of the same columns: the reader's order, filter and page stay.
      if (!isAlike(parsed.columns, view.columns)) {
        sorting = parsed.sort;
        ({ pageSize } = parsed);
        page = 0;
        filter.value = "";
        heightPx = 0;
      }
      view = parsed;
      columns = view.columns.map(cellsOf);
      dress();
      arrange();
    },
    dispose() {
      cancelAnimationFrame(frame);
      wrap.remove();
    },
  };
};

function isAlike(a: readonly TableColumn[], b: readonly TableColumn[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, kind }, i) => name === b[i]?.name && kind === b[i]?.kind)
  );
}

/** The sentence of a bundle's text, without the rows under it. */
function nameOf(bundle: MimeBundle): string {
  const [line = ""] = textOf(bundle, "text/plain").split("\n");
  return line.replace(/^<Figure: (.*)>$/, "$1") || "A table";
}

function count(rows: number, what: string): string {
  return `${group(rows)} ${what}${rows === 1 ? "" : "s"}`;
}

function group(value: number): string {
  return value.toLocaleString("en-US");
}
