/** What restarts and runs leave behind in a browser: nothing, counted. */
import { readFileSync } from "node:fs";
import type { CDPSession } from "playwright-core";
import { expect, it } from "vitest";
import { soaking } from "../counts.ts";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
let browser: CDPSession;
let inPage: CDPSession;
eachOnANewPage(
  async (page, site) => {
    notebook = page;
    browser = await (await site.browser()).newBrowserCDPSession();
    inPage = await page.page.context().newCDPSession(page.page);
    await inPage.send("Performance.enable");
  },
  { ownBrowser: true },
);

/** How many objects of this class the page can still reach. */
async function living(name: string): Promise<number> {
  const objectGroup = "living";
  const { result } = await inPage.send("Runtime.evaluate", {
    expression: `${name}.prototype`,
    objectGroup,
  });
  const { objects } = await inPage.send("Runtime.queryObjects", {
    prototypeObjectId: result.objectId ?? "",
    objectGroup,
  });
  const counted = await inPage.send("Runtime.callFunctionOn", {
    objectId: objects.objectId ?? "",
    functionDeclaration: "function () { return this.length; }",
  });
  await inPage.send("Runtime.releaseObjectGroup", { objectGroup });
  return Number(counted.result.value);
}

interface Process {
  readonly type: string;
  readonly id: number;
}

async function processes(): Promise<readonly Process[]> {
  const { processInfo } = (await browser.send("SystemInfo.getProcessInfo")) as {
    processInfo: readonly Process[];
  };
  return processInfo;
}

/** What there may be no more of than before. */
async function things() {
  const { page } = notebook;
  return {
    workers: page.workers().length,
    frames: page.frames().length,
    frameElements: await page.locator("iframe").count(),
    ports: await living("MessagePort"),
    workerHandles: await living("Worker"),
    // Documents live in these, and so do kernels. The browser has others of its own, that come when it likes.
    renderers: (await processes()).filter(({ type }) => type === "renderer").length,
  };
}

type Thing = keyof Awaited<ReturnType<typeof things>>;

/** Bytes, and things that come and go with what is drawn. */
async function amounts() {
  await inPage.send("HeapProfiler.collectGarbage");
  const { metrics } = await inPage.send("Performance.getMetrics");
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? NaN;
  const resident = (await processes()).map(({ id }) => {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  });
  return {
    documents: metric("Documents"),
    nodes: metric("Nodes"),
    listeners: metric("JSEventListeners"),
    heapBytes: metric("JSHeapUsedSize"),
    residentBytes: resident.reduce((a, b) => a + b, 0),
  };
}

/** Does something until all that was there before is there again, and no more than a little else. */
async function leavesNothing(what: string, warm: () => Promise<void>, work: () => Promise<void>) {
  await warm();
  const [thingsBefore, before] = [await things(), await amounts()];
  const begun = performance.now();
  await work();
  const tookS = (performance.now() - begun) / 1000;
  // Fewer is well: what went before the count may have been found only after it.
  const more = async () =>
    Object.entries(await things()).filter(([name, count]) => count > thingsBefore[name as Thing]);
  await expect.poll(more, { timeout: 30_000 }).toEqual([]);
  const after = await amounts();
  const types = (await processes()).map(({ type }) => type).join(" ");
  console.log(what, `${tookS.toFixed(0)} s`, thingsBefore, before, after, types);
  expect(after.documents).toBeLessThanOrEqual(before.documents);
  expect(after.listeners).toBeLessThan(before.listeners + 50);
  expect(after.nodes).toBeLessThan(before.nodes + 500);
  expect(after.heapBytes - before.heapBytes).toBeLessThan(3 * 2 ** 20);
  // A kernel has 128 MB for its tensors alone.
  expect(after.residentBytes - before.residentBytes).toBeLessThan(200 * 2 ** 20);
}

async function write(...sources: readonly string[]): Promise<void> {
  await notebook.openNew();
  for (const [index, source] of sources.entries()) {
    if (index > 0) await notebook.insertBelow(index - 1);
    await notebook.write(index, source);
  }
}

const RESTARTS = soaking ? 1_000 : 4;

it(
  `${RESTARTS} restarts leave no worker, port, frame or memory behind`,
  { timeout: 3_600_000 },
  async () => {
    // Writes to all of the engine's memory, and has the threads started.
    const working =
      'import { rand } from "descent";\nlet x = rand([1024, 1024]);\n' +
      "for (let i = 0; i < 60; i++) x = x.add(1);\nx.matmul(x).shape";
    const deaf =
      'console.log("deaf");\nawait new Promise((go) => setTimeout(go, 30));\n/^(a+)+$/.test("a".repeat(60) + "b")';
    await write(working, "for (;;) {}", deaf);
    const { page } = notebook;
    const stop = page.getByRole("button", { name: "Stop", exact: true });
    const stoppedTwice = async () => {
      const before = await notebook.begun(2);
      await notebook.start(2);
      // What stands there from the run before says "deaf" too.
      await expect.poll(() => notebook.begun(2)).not.toBe(before);
      await notebook.output(2).getByText("deaf").waitFor();
      await stop.click({ clickCount: 2 });
      const status = () => notebook.cell(2).getAttribute("data-status");
      await expect.poll(status, { timeout: 60_000 }).toMatch(/killed|interrupted/);
      return status();
    };
    const ways = [
      async () => {
        await notebook.run(0);
        await notebook.restart();
      },
      async () => {
        await notebook.start(1);
        await notebook.ended(1, "running");
        await notebook.restart();
      },
      () => notebook.restart(),
      async () => {
        // Where Stop comes before the expression has begun it is heard, and nothing has to be ended.
        while ((await stoppedTwice()) !== "killed");
        await page.getByRole("main").getByRole("button", { name: "Restart", exact: true }).click();
        await page.getByRole("status", { name: "Kernel: Ready" }).waitFor();
      },
    ];
    const rounds = async (count: number) => {
      for (let round = 0; round < count; round++) await ways[round % ways.length]?.();
    };
    await leavesNothing(
      `${RESTARTS} restarts`,
      () => rounds(ways.length),
      () => rounds(RESTARTS),
    );
  },
);

const cells = [
  'import { nn, ones, optim, plot, progress, ui } from "descent";',
  "let count = 0;\nconst twice = (x: number) => 2 * x;",
  'for (let i = 0; i < 20; i++) console.log("line", i);\nconsole.error("and an error");',
  'const bar = display("0", { id: "bar" });\nfor (let i = 0; i < 5; i++) bar.update(String(i));',
  "plot.line([1, 2, 3, 2])",
  'const rate = ui.slider("rate", { min: 0, max: 1, value: 0.5 });',
  'display({ "text/html": "<b>bold</b>" });\ndisplay({ "text/markdown": "*words*" });',
  "const net = nn.Linear(2, 1);\nconst opt = optim.Adam(net.parameters(), { lr: 0.1 });",
  "for (const step of progress([1, 2, 3])) {\n  opt.zeroGrad(); net(ones([4, 2])).sum().backward(); opt.step();\n}",
  'await new Promise((go) => setTimeout(go, 1));\nsetTimeout(() => console.log("late"), 1);',
  'try { JSON.parse("{"); } catch (error) { console.error(error); }',
  "for (let i = 0; i < 1e4; i++) count += twice(i);\ncount",
  "class Point { x = 1; }\n({ point: new Point(), list: [1, 2, 3] })",
  'throw new RangeError("on purpose");',
];
const RUNS = soaking ? 10_000 : 4 * cells.length;

it(
  `${RUNS} runs of cells leave no worker, port, frame or memory behind`,
  { timeout: 3_600_000 },
  async () => {
    await write(...cells);
    const last = notebook.cell(cells.length - 1).locator(".mark");
    const rounds = async (count: number) => {
      for (let round = 0; round < count; round++) {
        const before = await last.innerText();
        await notebook.page.getByRole("button", { name: "Run all" }).click();
        await expect.poll(() => last.innerText(), { timeout: 60_000 }).not.toBe(before);
        await notebook.ended(cells.length - 1, "error");
      }
    };
    await leavesNothing(
      `${RUNS} runs`,
      () => rounds(soaking ? 40 : 2),
      () => rounds(Math.ceil(RUNS / cells.length)),
    );
  },
);
