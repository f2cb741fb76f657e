/** Figures in the built page: how long the first one takes, and many of them on one page. Rows of `npm run bench`. */
import type { NotebookPage, Site } from "../e2e/harness.ts";
import { median, row } from "./rounds.ts";

const ROUNDS = 3;
/** Flat figures and figures in space of one page. */
const FLAT = 12;
const SPACE = 8;

const line = `import { plot } from "descent";
plot.line([3, 1, 2]);`;

const many = `import { plot } from "descent";
for (let i = 0; i < ${FLAT + SPACE}; i++) {
  if (i % 5 < 3) plot.line(Array.from({ length: 200 }, (_, k) => Math.sin(k / (i + 3))), { title: "figure " + i });
  else plot.surface((x, y) => Math.sin(i * x) * y, { title: "figure " + i });
}`;

const text = `for (let i = 0; i < ${FLAT + SPACE}; i++)
  display({ "text/html": "<div style='height: 380px'>box " + i + "</div>" });`;

/** The first figure of a browser's first notebook: from the end of its cell until it is drawn. */
export async function firstFigureRow(site: Site): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const notebook = await site.newPage();
    await notebook.openNew();
    await notebook.write(0, line);
    const drawn = notebook.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let endedMs = 0;
          const look = (now: number) => {
            if (endedMs === 0 && document.querySelector('[data-status="ok"]')) endedMs = now;
            if (document.querySelector(".figure-canvas .main-svg .lines path"))
              resolve(now - endedMs);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
    );
    await notebook.start(0);
    times.push((await drawn) / 1000);
    await notebook.close();
  }
  row("first figure after its cell ended, cold page", median(times), "s", 1.5);
}

/** Twenty figures, eight of them in space: frames while the page is scrolled, and contexts that were lost. */
export async function manyFiguresRow(site: Site): Promise<void> {
  const notebook = await site.newPage();
  await notebook.openNew();
  await notebook.write(0, many);
  await notebook.run(0);
  const still = await allDrawn(notebook);
  row("all of 20 figures drawn, 8 in 3-D without a GPU", still / 1000, "s", null);
  const { frameMs, lost } = await scrolled(notebook);
  row("lost WebGL contexts of 20 figures", lost, "", 0);
  // Without a GPU the page itself takes some of it.
  await notebook.openNew();
  await notebook.write(0, text);
  await notebook.run(0);
  const bare = await scrolled(notebook);
  row("ms a frame, scrolling 20 figures of which 8 are in 3-D", frameMs, "ms", 20);
  row("ms a frame, scrolling 20 boxes of text instead", bare.frameMs, "ms", null);
  await notebook.close();
}

/** Ms until every figure has been drawn, those out of sight too. */
async function allDrawn({ page }: NotebookPage): Promise<number> {
  const from = performance.now();
  await page.waitForFunction(
    (wanted) => {
      const canvases = [...document.querySelectorAll(".figure-canvas")];
      return canvases.length === wanted && canvases.every((canvas) => canvas.hasChildNodes());
    },
    FLAT + SPACE,
    { timeout: 120_000 },
  );
  return performance.now() - from;
}

interface Scrolled {
  /** Between two frames, in ms. */
  readonly frameMs: number;
  readonly lost: number;
}

/** Scrolls down the page and up again, twice. */
async function scrolled({ page }: NotebookPage): Promise<Scrolled> {
  return page.evaluate(async () => {
    let lost = 0;
    document.addEventListener("webglcontextlost", () => (lost += 1), true);
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const root = document.scrollingElement ?? document.documentElement;
    const travelMs = 4000;
    let frames = 0;
    const from = await frame();
    let now = from;
    while (now < from + 2 * travelMs) {
      const share = ((now - from) % travelMs) / travelMs;
      const height = root.scrollHeight - innerHeight;
      root.scrollTop = height * (1 - Math.abs(1 - 2 * share));
      now = await frame();
      frames += 1;
    }
    return { frameMs: (now - from) / frames, lost };
  });
}
