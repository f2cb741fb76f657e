/**
 * A figure on the page: plotly behind one door. It redraws no faster than the page can show and
 * never while out of sight; it follows the width of its column and the theme; and it has a name, a
 * table of its numbers, and no button that would upload it.
 */
import {
  FIGURE_MIME,
  FIGURE_PARTS_MIME,
  type FigurePoint,
  type MimeBundle,
  parseFigureParts,
} from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import { createFigureControls } from "./figure-controls.ts";
import type { FigurePointHandle } from "./figure-point.ts";
import { type FigureJson, filterFigure, type JsonObject } from "./figure-filter.ts";
import { type FigureTable, tableOf } from "./figure-table.ts";
import { fitCellTexts } from "./figure-cells.ts";
import { fitHead } from "./figure-head.ts";
import {
  cameraOf,
  followScrolling,
  freeze,
  inColumn,
  isInSpace,
  turned,
  whenStill,
} from "./figure-scene.ts";
import { fitTicks } from "./figure-ticks.ts";
import { heightOf, houseTemplate, inTheme, paperOf } from "./figure-theme.ts";
import type { Mount, OutputContext } from "./renderer.ts";
import { savePicture, SHARPNESS } from "./save-picture.ts";
import { textOf } from "./text.ts";

type Plotly = (typeof import("./plotly.ts"))["default"];

let loading: Promise<Plotly> | null = null;

function loadPlotly(): Promise<Plotly> {
  loading ??= import("./plotly.ts").then((module) => module.default);
  return loading;
}

/** Safari has no idle times. */
const whenIdle = (work: () => void): void => {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work);
  else setTimeout(work, 2000);
};

/** Sharing would upload the reader's data; selections have no use here; plotly's picture has no ground. */
const REMOVED_BUTTONS = [
  "sendChartToCloud",
  "select2d",
  "lasso2d",
  "autoScale2d",
  "toImage",
] as const;

const CONFIG = {
  displaylogo: false,
  modeBarButtonsToRemove: [...REMOVED_BUTTONS],
  responsive: false,
  doubleClick: "reset" as const,
};

/** After a drawing of t ms the next waits at least this many times t: the page stays free to answer. */
const REST = 1.5;

export const mountFigure: Mount<MimeBundle> = (element, bundle, context) => {
  const canvas = el("div", { class: "figure-canvas", role: "figure" });
  const table = el("details", { class: "figure-data" }, el("summary", {}, "Data"));
  const notes = el("div", { class: "figure-notes" });
  const controls = createFigureControls(() => page);
  const foot = el("div", { class: "figure-foot" }, controls.element, table);
  const wrap = el("div", { class: "figure" }, canvas, notes, foot);
  element.append(wrap);

  let shown = bundle;
  let page = context;
  let figure: FigureJson | null = null;
  let plotly: Plotly | null = null;
  let isDrawn = false;
  let isVisible = true;
  let isStale = true;
  let isBusy = false;
  let isGone = false;
  let restUntil = 0;
  let frame = 0;
  let config: Parameters<Plotly["react"]>[3];
  /** Where the reader has turned a figure in space to; null before any turn. */
  let camera: unknown = null;
  let told = "";
  /** What the reader moves on the drawing; its code comes with the first one. */
  let point: Promise<FigurePointHandle> | null = null;

  function take(next: MimeBundle): void {
    shown = next;
    const name = textOf(next, "text/plain").replace(/^<Figure: (.*)>$/s, "$1");
    canvas.setAttribute("aria-label", name || "A figure");
    isStale = true;
    const parts = parseFigureParts(next[FIGURE_PARTS_MIME]);
    controls.show(parts.controls);
    tell(parts.notes);
    showPoint(parts.point ?? null);
    try {
      figure = filterFigure(next[FIGURE_MIME]);
      fitHeight();
    } catch (error) {
      fail(error);
    }
    if (table.open) fillTable();
  }

  function fitHeight(): void {
    if (figure === null) return;
    const widthPx = canvas.clientWidth;
    const { extraPx } = fitHead(figure.layout, widthPx);
    canvas.style.height = `${heightOf(figure, widthPx) + extraPx}px`;
  }

  function tell(sentences: readonly string[]): void {
    if (sentences.join("\n") === told) return;
    told = sentences.join("\n");
    notes.replaceChildren(...sentences.map((each) => el("p", {}, each)));
  }

  function showPoint(next: FigurePoint | null): void {
    if (next === null && point === null) return;
    point ??= import("./figure-point.ts").then((code) =>
      code.createFigurePoint(canvas, () => page),
    );
    void point.then((handle) => (isGone ? handle.dispose() : handle.show(next)));
  }

  function fail(error: unknown): void {
    figure = null;
    const message = error instanceof Error ? error.message : String(error);
    wrap.replaceChildren(
      el("p", { class: "output-note" }, message),
      el("pre", { class: "output-text" }, textOf(shown, "text/plain")),
    );
  }

  function schedule(): void {
    if (frame !== 0 || isBusy || isGone || !isStale || !isVisible) return;
    frame = requestAnimationFrame((now) => {
      frame = 0;
      if (now < restUntil) schedule();
      else void draw();
    });
  }

  async function draw(): Promise<void> {
    if (figure === null || isGone) return;
    isBusy = true;
    try {
      plotly ??= await loadPlotly();
      await document.fonts.ready;
      if (isGone || figure === null) return;
      const from = performance.now();
      await drawing(plotly, figure);
      void point?.then((handle) => handle.place());
      const now = performance.now();
      restUntil = now + (now - from) * REST;
    } catch (error) {
      fail(error);
    } finally {
      isBusy = false;
    }
    schedule();
  }

  /** As plotly gets it, in the size that the column has now: outputs are made before they are in the page. */
  function dressed({ data, layout }: FigureJson): { data: object[]; layout: object } {
    fitHeight();
    const own = inTheme({ data, layout }, page.theme);
    const fitted = fitCellTexts(own.data, own.layout, canvas.clientWidth);
    const seenFrom = inColumn(own.layout, canvas.clientWidth, canvas.clientHeight);
    const house = houseLayout(turned(seenFrom, camera), page, canvas);
    return { data: [...fitted], layout: house };
  }

  /** Flat figures are there when this returns, scenes when it resolves. */
  function drawing(drawer: Plotly, wanted: FigureJson): Promise<unknown> {
    isStale = false;
    // A picture of a scene makes way for the scene.
    if (!isDrawn && canvas.firstChild !== null) drawer.purge(canvas);
    isDrawn = true;
    const { data, layout } = dressed(wanted);
    // One object for all drawings: with another one plotly begins anew.
    config ??= {
      ...CONFIG,
      modeBarButtonsToAdd: [
        {
          name: "savePicture",
          title: "Download as PNG",
          icon: drawer.Icons.camera,
          click: () => void save(drawer),
        },
      ],
    };
    return drawer.react(canvas, data, layout, config);
  }

  async function save(drawer: Plotly): Promise<void> {
    if (figure === null) return;
    camera = cameraOf(canvas) ?? camera;
    const { data, layout } = dressed(figure);
    const { clientWidth: width, clientHeight: height } = canvas;
    const picture = { data, layout: { ...layout, paper_bgcolor: paperOf(page.theme) } };
    const size = { format: "png", width, height, scale: SHARPNESS } as const;
    const [title = ""] = (canvas.getAttribute("aria-label") ?? "").split(/[:;,]/);
    savePicture(await drawer.toImage(picture, size), title);
  }

  function releaseScene(): void {
    if (isGone || !isDrawn || isBusy || figure === null || !isInSpace(figure)) return;
    camera = cameraOf(canvas) ?? camera;
    isDrawn = false;
    isStale = true;
    if (!freeze(canvas)) plotly?.purge(canvas);
  }

  /** Paper gets all figures, those out of sight too; there is no time to wait for anything. */
  function beforePrint(): void {
    if (plotly === null || figure === null || isGone || isBusy) return;
    if (isStale) void drawing(plotly, figure);
    releaseScene();
  }

  const sized = new ResizeObserver(() => {
    if (!isDrawn || canvas.clientWidth === 0) return;
    fitHeight();
    isStale = true;
    schedule();
  });
  const seen = new IntersectionObserver(
    (entries) => {
      isVisible = entries.at(-1)?.isIntersecting ?? true;
      const act = () => (isVisible ? schedule() : releaseScene());
      if (figure !== null && isInSpace(figure)) whenStill(act);
      else act();
    },
    { rootMargin: "50%" },
  );
  followScrolling();
  sized.observe(canvas);
  seen.observe(wrap);
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", schedule);
  table.addEventListener("toggle", fillTable);

  function fillTable(): void {
    table.querySelector(".figure-rows")?.remove();
    if (table.open && figure !== null) table.append(tableElement(tableOf(figure)));
  }

  take(bundle);
  schedule();
  // Also for a figure that is not in sight: paper gets it without a wait.
  whenIdle(() => {
    // Where plotly cannot be had, the first drawing says so.
    loadPlotly().then(
      (code) => (plotly ??= code),
      () => {},
    );
  });
  return {
    update(next, nextContext) {
      const isSame = next === shown && nextContext.theme === page.theme;
      page = nextContext;
      if (isSame) return;
      if (figure === null) wrap.replaceChildren(canvas, notes, foot);
      take(next);
      schedule();
    },
    dispose() {
      isGone = true;
      cancelAnimationFrame(frame);
      sized.disconnect();
      seen.disconnect();
      removeEventListener("beforeprint", beforePrint);
      removeEventListener("afterprint", schedule);
      plotly?.purge(canvas);
      controls.dispose();
      void point?.then((handle) => handle.dispose());
      element.replaceChildren();
    },
  };
};

/** The figure's own layout over the house template, in the size of its column. */
function houseLayout(layout: JsonObject, page: OutputContext, canvas: HTMLElement): JsonObject {
  const sans = getComputedStyle(canvas).fontFamily;
  // On a touch screen a drag must scroll the page, not zoom the figure.
  const isTouch = matchMedia("(pointer: coarse)").matches;
  return {
    ...fitTicks(fitHead(layout, canvas.clientWidth).layout, canvas.clientWidth),
    template: houseTemplate(page.theme, { sans }, canvas.clientWidth),
    width: canvas.clientWidth,
    height: canvas.clientHeight,
    ...(isTouch ? { dragmode: false } : {}),
  };
}

function tableElement({ head, rows, more }: FigureTable): HTMLElement {
  return el(
    "div",
    { class: "figure-rows", tabindex: "0", role: "region", "aria-label": "Data of the figure" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...cells("th", head))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...cells("td", row)))),
    ),
    more === 0 ? null : el("p", {}, `and ${more.toLocaleString("en-US")} more`),
  );
}

function cells(tag: "th" | "td", texts: readonly string[]): readonly HTMLElement[] {
  return texts.map((text) => el(tag, {}, text));
}
