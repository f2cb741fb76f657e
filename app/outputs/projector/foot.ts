/** What stands under a projection: rows alone and back, zoom, and the points as a table. */
import { el } from "../dom.ts";
import { group } from "./words.ts";

export interface TablePoints {
  readonly rows: Int32Array;
  /** `[rows, 3]`. */
  readonly points: Float32Array;
  readonly dims: 2 | 3;
  labelOf(row: number): string;
  groupOf(row: number): string | null;
}

export interface FootHost {
  isolate(): void;
  showAll(): void;
  zoom(factor: number): void;
  fit(): void;
  /** Saves what is shown as a picture. */
  save(): void;
  table(): TablePoints;
}

export interface Foot {
  readonly element: HTMLElement;
  /** Counts of rows: picked out and worth showing alone, shown alone, and all; 0 for none. */
  show(counts: { readonly picked: number; readonly alone: number; readonly rows: number }): void;
}

const MOST_ROWS = 200;
const ZOOM = 1.4;

export function createFoot(host: FootHost): Foot {
  const alone = textButton("Isolate", host.isolate);
  const all = textButton("Show all", host.showAll);
  const table = el("details", { class: "figure-data" }, el("summary", {}, "Data"));
  table.addEventListener("toggle", () => {
    table.querySelector(".figure-rows")?.remove();
    if (table.open) table.append(rowsOf(host.table()));
  });
  const element = el(
    "div",
    { class: "projector-foot" },
    alone,
    all,
    el("span", { class: "projector-gap" }),
    textButton("−", () => host.zoom(1 / ZOOM), "Zoom out"),
    textButton("+", () => host.zoom(ZOOM), "Zoom in"),
    textButton("Fit", host.fit),
    textButton("PNG", host.save, "Download as PNG"),
    table,
  );
  return {
    element,
    show({ picked, alone: shown, rows }) {
      alone.hidden = picked === 0;
      alone.textContent = `Isolate ${group(picked)}`;
      all.hidden = shown === 0;
      all.textContent = `Show all ${group(rows)}`;
    },
  };
}

function textButton(text: string, press: () => void, name?: string): HTMLButtonElement {
  const button = el(
    "button",
    { type: "button", class: "button", ...(name === undefined ? {} : { "aria-label": name }) },
    text,
  );
  button.addEventListener("click", press);
  return button;
}

function rowsOf({ rows, points, dims, labelOf, groupOf }: TablePoints): HTMLElement {
  const axes = ["x", "y", "z"].slice(0, dims);
  const body = [...rows.subarray(0, MOST_ROWS)].map((row) => {
    const place = axes.map((_, k) => number(points[row * 3 + k] ?? Number.NaN));
    const texts = [labelOf(row), groupOf(row) ?? "", ...place];
    return el("tr", {}, ...texts.map((text) => el("td", {}, text)));
  });
  const head = ["label", "class", ...axes].map((text) => el("th", { scope: "col" }, text));
  const more = rows.length - body.length;
  return el(
    "div",
    { class: "figure-rows", tabindex: "0", role: "region", "aria-label": "Data of the figure" },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)),
    more > 0 ? el("p", {}, `and ${group(more)} more`) : null,
  );
}

function number(value: number): string {
  return String(Number(value.toPrecision(4))).replace("-", "−");
}
