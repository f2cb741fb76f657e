/** The controls above a projection: how it is laid out, whether the layout runs, and what to look for. */
import type { ProjectionMethod } from "../../../kernel/plot/projection-view.ts";
import { el } from "../dom.ts";

export interface Settings {
  readonly method: ProjectionMethod;
  readonly dims: 2 | 3;
  readonly perplexity: number;
  readonly neighbours: number;
  /** Two rows; null: not chosen yet. */
  readonly direction: readonly [number, number] | null;
}

/** A layout of many steps: how the button that holds it stands. */
export type RunState = "none" | "running" | "held" | "done";

export interface ToolbarHost {
  change(settings: Settings): void;
  /** Pause, go on, or start over when it is done. */
  run(): void;
  search(text: string): void;
  /** Enter in the search field: the first of what was found. */
  chooseFound(): void;
  /** The row with this label; -1 for none. */
  rowOf(text: string): number;
  labelOf(row: number): string;
}

export interface Toolbar {
  readonly element: HTMLElement;
  readonly search: HTMLInputElement;
  settings(): Settings;
  show(settings: Settings): void;
  showRun(state: RunState): void;
}

const names: Readonly<Record<ProjectionMethod, string>> = {
  pca: "PCA",
  tsne: "t-SNE",
  umap: "UMAP",
  axes: "First columns",
  direction: "Direction",
};

const runs: Readonly<Record<Exclude<RunState, "none">, string>> = {
  running: "Pause",
  held: "Go on",
  done: "Start over",
};

let count = 0;

export function createToolbar(
  first: Settings,
  { columns, list }: { readonly columns: number; readonly list: HTMLDataListElement | null },
  host: ToolbarHost,
): Toolbar {
  count += 1;
  const id = (name: string) => `projector-${count}-${name}`;
  let settings = first;
  const method = el(
    "select",
    { id: id("method"), class: "knob-list" },
    ...Object.entries(names).map(([value, text]) => new Option(text, value)),
  );
  const space = el("button", { type: "button", class: "button projector-toggle" }, "3-D");
  if (columns < 3) space.hidden = true;
  const perplexity = numberField("Perplexity", { min: 2, max: 100 }, (value) =>
    change({ perplexity: value }),
  );
  const neighbours = numberField("Neighbours", { min: 2, max: 200 }, (value) =>
    change({ neighbours: value }),
  );
  const from = rowField("from");
  const to = rowField("to");
  const direction = el("span", { class: "projector-direction" }, from.label, to.label);
  const run = el("button", { type: "button", class: "button projector-run" });
  const search = el("input", {
    type: "search",
    class: "knob-text-field projector-search",
    placeholder: "Search",
    "aria-label": "Search rows",
    autocomplete: "off",
    spellcheck: "false",
  });
  const element = el(
    "div",
    { class: "projector-bar", role: "group", "aria-label": "Layout" },
    el("label", { for: id("method"), class: "visually-hidden" }, "Method"),
    method,
    space,
    perplexity.label,
    neighbours.label,
    direction,
    run,
    el("span", { class: "projector-gap" }),
    search,
  );

  function change(part: Partial<Settings>): void {
    settings = { ...settings, ...part };
    draw();
    host.change(settings);
  }

  method.addEventListener("change", () => change({ method: method.value as ProjectionMethod })); // its own options
  space.addEventListener("click", () => change({ dims: settings.dims === 3 ? 2 : 3 }));
  run.addEventListener("click", () => host.run());
  search.addEventListener("input", () => host.search(search.value));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") host.chooseFound();
    if (event.key === "Escape") {
      if (search.value === "") return;
      search.value = "";
      host.search("");
    }
    // The notebook's own keys are not for who is typing.
    event.stopPropagation();
  });

  function rowField(name: string): { label: HTMLElement; input: HTMLInputElement } {
    const input = el("input", {
      type: "text",
      class: "knob-text-field projector-end",
      autocomplete: "off",
      spellcheck: "false",
      ...(list === null ? {} : { list: list.id }),
    });
    const take = () => {
      const rows = [from, to].map((each) => host.rowOf(each.input.value));
      const [start = -1, end = -1] = rows;
      for (const [i, each] of [from, to].entries()) {
        const isUnknown = each.input.value !== "" && (rows[i] ?? -1) < 0;
        each.input.setAttribute("aria-invalid", String(isUnknown));
      }
      if (start >= 0 && end >= 0) change({ direction: [start, end] });
    };
    input.addEventListener("change", take);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") take();
      if (event.key !== "Escape") event.stopPropagation();
    });
    return { label: el("label", {}, name, input), input };
  }

  function draw(): void {
    method.value = settings.method;
    space.setAttribute("aria-pressed", String(settings.dims === 3));
    perplexity.label.hidden = settings.method !== "tsne";
    neighbours.label.hidden = settings.method !== "umap";
    direction.hidden = settings.method !== "direction";
    perplexity.input.value = String(settings.perplexity);
    neighbours.input.value = String(settings.neighbours);
    if (settings.direction === null) return;
    from.input.value = host.labelOf(settings.direction[0]);
    to.input.value = host.labelOf(settings.direction[1]);
  }

  draw();
  return {
    element,
    search,
    settings: () => settings,
    show(next) {
      settings = next;
      draw();
    },
    showRun(state) {
      run.hidden = state === "none";
      if (state !== "none") run.textContent = runs[state];
    },
  };
}

function numberField(
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
  take: (value: number) => void,
): { label: HTMLElement; input: HTMLInputElement } {
  const input = el("input", {
    type: "number",
    class: "knob-field projector-number",
    min: String(min),
    max: String(max),
    step: "1",
  });
  input.addEventListener("change", () => {
    const value = Math.round(Number(input.value));
    if (Number.isFinite(value) && input.value !== "") take(Math.min(max, Math.max(min, value)));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") event.stopPropagation();
  });
  return { label: el("label", {}, name, input), input };
}
