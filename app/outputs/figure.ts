/**
 * A figure on the page: plotly behind one door. It is drawn when it comes near the screen, or before that
 * when the page is idle; no faster than the page can show, and not again while out of sight. It follows
 * the width of its column and the theme; and it has a name, a table of its numbers, and no button that
 * would upload it.
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
import { type FigureJson, filterFigure } from "./figure-filter.ts";
import { type FigureTable, tableOf } from "./figure-table.ts";
import { fitHead } from "./figure-head.ts";
import { cameraOf, freeze, isInSpace } from "./figure-scene.ts";
import { heightOf, paperOf } from "./figure-theme.ts";
import { followScrolling, whenStill } from "./still-page.ts";
import type { Mount } from "./renderer.ts";
import { savePicture, SHARPNESS } from "./save-picture.ts";
import { textOf } from "./text.ts";

type Plotly = (typeof import("./plotly.ts"))["default"];

/** Comes with the first figure: plotly, and what a figure wears for it. */
interface Drawer {
  readonly plotly: Plotly;
  readonly dressed: (typeof import("./figure-dress.ts"))["dressed"];
}

let loading: Promise<Drawer> | null = null;

function loadDrawer(): Promise<Drawer> {
  loading ??= Promise.all([import("./plotly.ts"), import("./figure-dress.ts")]).then(
    ([{ default: plotly }, { dressed }]) => ({ plotly, dressed }),
  );
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
  let drawer: Drawer | null = null;
  let isDrawn = false;
  /** On the screen, or near it. */
  let isVisible = false;
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
      drawer ??= await loadDrawer();
      await document.fonts.ready;
      if (isGone || figure === null) return;
      const from = performance.now();
      await drawing(drawer, figure);
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

  /** Flat figures are there when this returns, scenes when it resolves. */
  function drawing({ plotly, dressed }: Drawer, wanted: FigureJson): Promise<unknown> {
    isStale = false;
    // A picture of a scene makes way for the scene.
    if (!isDrawn && canvas.firstChild !== null) plotly.purge(canvas);
    isDrawn = true;
    fitHeight();
    const { data, layout } = dressed(wanted, page, canvas, camera);
    // One object for all drawings: with another one plotly begins anew.
    config ??= {
      ...CONFIG,
      modeBarButtonsToAdd: [
        {
          name: "savePicture",
          title: "Download as PNG",
          icon: plotly.Icons.camera,
          click: () => void save({ plotly, dressed }),
        },
      ],
    };
    return plotly.react(canvas, data, layout, config);
  }

  async function save({ plotly, dressed }: Drawer): Promise<void> {
    if (figure === null) return;
    camera = cameraOf(canvas) ?? camera;
    const { data, layout } = dressed(figure, page, canvas, camera);
    const { clientWidth: width, clientHeight: height } = canvas;
    const picture = { data, layout: { ...layout, paper_bgcolor: paperOf(page.theme) } };
    const size = { format: "png", width, height, scale: SHARPNESS } as const;
    const [title = ""] = (canvas.getAttribute("aria-label") ?? "").split(/[:;,]/);
    savePicture(await plotly.toImage(picture, size), title);
  }

  function ready(code: Drawer): void {
    drawer ??= code;
    whenIdle(() => {
      whenStill(async () => {
        if (isDrawn || isBusy || isVisible) return;
        await draw();
        if (!isVisible) releaseScene();
      });
    });
  }

  function releaseScene(): void {
    if (isGone || !isDrawn || isBusy || figure === null || !isInSpace(figure)) return;
    camera = cameraOf(canvas) ?? camera;
    isDrawn = false;
    isStale = true;
    if (!freeze(canvas)) drawer?.plotly.purge(canvas);
  }

  /** Paper gets all figures, those out of sight too; there is no time to wait for anything. */
  function beforePrint(): void {
    if (drawer === null || figure === null || isGone || isBusy) return;
    if (isStale) void drawing(drawer, figure);
    releaseScene();
  }

  /** A scene is made, or unmade: by now it may have left the screen again. */
  async function turn(): Promise<void> {
    if (!isVisible) releaseScene();
    else if (isStale && !isBusy) await draw();
  }

  const sized = new ResizeObserver(() => {
    if (canvas.clientWidth === 0) return;
    fitHeight();
    if (!isDrawn) return;
    isStale = true;
    schedule();
  });
  const seen = new IntersectionObserver(
    (entries) => {
      isVisible = entries.at(-1)?.isIntersecting ?? true;
      if (figure !== null && isInSpace(figure)) whenStill(turn);
      else schedule();
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
  // Also one that is not in sight: paper gets it without a wait, and scrolling need not draw it.
  whenIdle(() => {
    // Where plotly cannot be had, the drawing in sight says so.
    loadDrawer().then(ready, () => {});
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
      drawer?.plotly.purge(canvas);
      controls.dispose();
      void point?.then((handle) => handle.dispose());
      element.replaceChildren();
    },
  };
};

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
