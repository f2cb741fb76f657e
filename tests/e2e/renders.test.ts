/** What is drawn again when a cell changes: itself alone, as counted by the browser. */
import type { CDPSession } from "playwright-core";
import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

/** The attributes that a cell's own component gives its element, and nothing else both. */
const ATTRIBUTES = ['"data-cell-id":', '"data-started":'];

/** How often the component that draws a cell was called since this was last asked. */
async function countCells(browser: CDPSession): Promise<number> {
  const { result } = await browser.send("Profiler.takePreciseCoverage");
  let calls = 0;
  for (const { scriptId, url, functions } of result) {
    if (!url.startsWith(notebook.url)) continue;
    const { scriptSource } = await browser.send("Debugger.getScriptSource", { scriptId });
    for (const { ranges } of functions) {
      const [range] = ranges;
      if (range === undefined || range.count === 0) continue;
      const text = scriptSource.slice(range.startOffset, range.endOffset);
      // The module around it is longer by far.
      const isCell = text.length < 10_000 && ATTRIBUTES.every((each) => text.includes(each));
      if (isCell) calls += range.count;
    }
  }
  return calls;
}

it("typing in one cell draws no other, and ten thousand lines draw one output", async () => {
  const { page } = notebook;
  const cells = 6;
  for (let index = 1; index < cells; index++) await notebook.insertBelow(index - 1);
  const browser = await page.context().newCDPSession(page);
  await browser.send("Debugger.enable");
  await browser.send("Profiler.enable");
  await browser.send("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  try {
    await notebook.enter(2);
    await countCells(browser);
    const typed = "let learned = 1; // and so on";
    await page.keyboard.type(typed);
    await notebook.saved();
    const drawn = await countCells(browser);
    expect(drawn).toBeGreaterThan(typed.length / 2);
    // Once a key, and for the word that it is saved; with the others it would be six times as often.
    expect(drawn).toBeLessThan(1.5 * typed.length);

    await notebook.write(2, 'for (let i = 0; i < 10_000; i++) console.log("line", i);');
    await notebook.saved();
    await countCells(browser);
    await notebook.run(2);
    await notebook.output(2).getByRole("button", { name: "Show all 10,000 lines" }).waitFor();
    // It waits, runs, ends; what it prints is its output's business.
    expect(await countCells(browser)).toBeLessThan(3 * cells);
    const texts = await notebook.output(2).locator(".output-text").count();
    expect([texts, await notebook.output(2).locator("> .output").count()]).toEqual([1, 1]);
  } finally {
    await browser.detach();
  }
});
