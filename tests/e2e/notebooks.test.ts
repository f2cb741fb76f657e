/** Every notebook that ships, from top to bottom in Chromium, and what it promises its reader. */
import { describe, expect, it } from "vitest";
import { claims, seeds } from "../notebooks/claims.ts";
import { fiveCells } from "../notebooks/five-cells.ts";
import { readNotebook } from "../notebooks/run-notebook.ts";
import { soaking } from "../counts.ts";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachOnANewPage((page) => {
  notebook = page;
});

/** Lesson 1 holds for the rest, which run in Node, except in a soak. */
const tried = claims.filter(({ file }) => soaking || file.startsWith("01-"));

describe.each(tried)("$file", ({ file, check }) => {
  it.each(seeds)(
    "runs from top to bottom and keeps its claims, seed %i",
    { timeout: 240_000 },
    async (seed) => {
      const text = readNotebook(file).replaceAll("manualSeed(42)", `manualSeed(${seed})`);
      await notebook.open();
      await notebook.choose("Open file", {
        name: file,
        mimeType: "text/plain",
        buffer: Buffer.from(`${text.trimEnd()}\n\n// %% id="asked"\n0\n`),
      });
      await notebook.cell(1).waitFor();
      await notebook.page.getByRole("button", { name: "Run all" }).click();
      const asked = notebook.page.locator('[data-cell-id="asked"]');
      await notebook.page
        .locator('[data-cell-id="asked"][data-status="ok"], [data-status="error"]')
        .first()
        .waitFor({ timeout: 200_000, state: "attached" });
      expect(await notebook.page.locator('[data-status="error"]').count()).toBe(0);

      const last = (await notebook.page.locator("[data-cell-id]").count()) - 1;
      await check({
        async ask(expression) {
          await notebook.write(last, `console.log(JSON.stringify(${expression}))`);
          await notebook.run(last);
          return JSON.parse(await asked.locator(".outputs").innerText()) as unknown;
        },
        async drawn(cell) {
          const place = await notebook.page
            .locator("[data-cell-id]")
            .evaluateAll((all, id) => all.findIndex((one) => one.dataset["cellId"] === id), cell);
          await notebook.cell(place).scrollIntoViewIfNeeded();
          return notebook.figure(place);
        },
      });
    },
  );
});

describe("the five cells as printed, in Chromium", () => {
  it(
    "run one after the other; the last model loads to the same accuracy",
    { timeout: 240_000 },
    async () => {
      await notebook.openNew();
      await notebook.write(0, fiveCells.imports);
      await notebook.run(0);
      const run = async (source: string) => {
        await notebook.write(0, source);
        await notebook.run(0);
        return notebook.output(0).innerText();
      };
      expect(await run(fiveCells.mlp)).toMatch(/0\.9[6-9]|0\.9[6-9]\d+/);
      expect(await run(fiveCells.files)).toMatch(/digits\.safetensors[\s\S]*true/);
      await run(fiveCells.letters);
      await notebook.output(0).locator(".projector[data-stage]").waitFor();
      await run(fiveCells.knob);
      await notebook.insertBelow(0);
      await notebook.write(1, fiveCells.boundary);
      await notebook.start(1);
      const before = await notebook.figure(1);
      await notebook.output(0).getByRole("slider", { name: "learning rate" }).press("ArrowRight");
      await notebook.figureMoved(1, before);
      const regions = notebook.output(1).getByRole("figure", {
        name: /^regions of 2 classes .* 200 points, [\d.]+ % on their side/,
      });
      await regions.waitFor();
      await notebook
        .output(1)
        .getByRole("figure", { name: /^live curves: loss/ })
        .waitFor();
      await notebook.cell(1).getByRole("button", { name: "Finish" }).click();
      await notebook.ended(1);
    },
  );
});
