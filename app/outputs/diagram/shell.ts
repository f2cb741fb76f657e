/** What stands around a diagram's drawing: title, controls, what is read out, notes, the numbers as a table. */
import { el } from "../dom.ts";
import { saveDiagram } from "./picture.ts";

export interface TableOf {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the buttons under a drawing act on. */
interface Zoomed {
  readonly picture: SVGSVGElement;
  zoom(factor: number): void;
  fit(): void;
}

export interface Shell {
  readonly wrap: HTMLElement;
  /** Where controls of one kind of diagram go: above the drawing. */
  readonly bar: HTMLElement;
  /** Where the drawing goes. */
  readonly place: HTMLElement;
  /** The id of the sentence that tells the keys. */
  readonly hintId: string;
  name(text: string): void;
  title(text: string): void;
  notes(sentences: readonly string[]): void;
  /** The line under the drawing; `links` are buttons behind it. */
  read(text: string, ...links: readonly HTMLElement[]): void;
  /** Makes the table when it is opened, and again while it is open. */
  table(make: () => TableOf): void;
  /** Buttons that zoom, and one that saves what is shown. */
  zoom(stage: Zoomed): void;
  hint(text: string): void;
  dispose(): void;
}

const MOST_ROWS = 200;
const ZOOM_KEYS = "Plus and minus zoom, 0 shows all.";

let count = 0;

export function createShell(element: HTMLElement): Shell {
  count += 1;
  const hintId = `diagram-hint-${count}`;
  const title = el("div", { class: "diagram-title" });
  const bar = el("div", { class: "diagram-bar" });
  const place = el("div", {});
  const reading = el("div", { class: "diagram-reading", role: "status" });
  const hint = el("p", { class: "visually-hidden", id: hintId });
  const notes = el("div", { class: "figure-notes" });
  const zoom = el("span", { class: "diagram-zoom" });
  const table = el("details", { class: "figure-data" }, el("summary", {}, "Data"));
  const foot = el("div", { class: "figure-foot" }, zoom, table);
  const wrap = el(
    "div",
    { class: "figure diagram", role: "group" },
    title,
    bar,
    place,
    reading,
    notes,
    hint,
    foot,
  );
  element.append(wrap);
  let make: () => TableOf = () => ({ head: [], rows: [] });

  function fill(): void {
    table.querySelector(".figure-rows")?.remove();
    if (table.open) table.append(tableElement(make()));
  }
  table.addEventListener("toggle", fill);

  return {
    wrap,
    bar,
    place,
    hintId,
    name: (text) => wrap.setAttribute("aria-label", text),
    title(text) {
      title.textContent = text;
      title.hidden = text === "";
    },
    notes: (sentences) => notes.replaceChildren(...sentences.map((each) => el("p", {}, each))),
    read: (text, ...links) => reading.replaceChildren(text, ...links),
    table(next) {
      make = next;
      if (table.open) fill();
    },
    zoom(stage) {
      const button = (text: string, name: string, press: () => void) => {
        const made = el("button", { type: "button", class: "button", "aria-label": name }, text);
        made.addEventListener("click", press);
        return made;
      };
      zoom.replaceChildren(
        button("−", "Zoom out", () => stage.zoom(1 / 1.25)),
        button("+", "Zoom in", () => stage.zoom(1.25)),
        button("Fit", "Fit all", () => stage.fit()),
        button("PNG", "Download as PNG", () => {
          const name = title.textContent || (wrap.getAttribute("aria-label") ?? "");
          void saveDiagram(stage.picture, name.split(/[:,;]/)[0] ?? "");
        }),
      );
    },
    hint: (text) => (hint.textContent = `${text} ${ZOOM_KEYS}`),
    dispose: () => wrap.remove(),
  };
}

function tableElement({ head, rows }: TableOf): HTMLElement {
  const cells = (tag: "th" | "td", texts: readonly string[]) =>
    texts.map((text) => el(tag, {}, text));
  const more = rows.length - MOST_ROWS;
  return el(
    "div",
    { class: "figure-rows", tabindex: "0", role: "region", "aria-label": "Data of the figure" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...cells("th", head))),
      el("tbody", {}, ...rows.slice(0, MOST_ROWS).map((row) => el("tr", {}, ...cells("td", row)))),
    ),
    more > 0 ? el("p", {}, `and ${more.toLocaleString("en-US")} more`) : null,
  );
}
