/** Figures as they leave the page: on paper, as PNG files; and several of them side by side. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const canvases = () => notebook.output(0).locator(".figure-canvas");

it("a scene out of sight is a picture, which paper gets with every other figure, and comes back", async () => {
  await notebook.write(
    0,
    `import { plot } from "descent";
plot.surface((x, y) => x * y);
for (let i = 0; i < 4; i++) plot.line([i, 1, 2], { height: 600 });`,
  );
  await notebook.run(0);
  const scene = canvases().first().locator("canvas");
  await scene.first().waitFor();
  await canvases().last().scrollIntoViewIfNeeded();
  await canvases().first().locator("image").waitFor({ state: "attached" });
  await expect.poll(() => scene.count()).toBe(0);
  await notebook.page.evaluate(() => {
    // Asked last, it sees what goes to paper.
    const look = () => {
      const all = [...document.querySelectorAll(".figure-canvas")];
      const count = (selector: string) =>
        all.filter((each) => each.querySelector(selector) !== null).length;
      Object.assign(globalThis, { paper: [count(".main-svg"), count("image"), count("canvas")] });
    };
    addEventListener("beforeprint", look, { once: true });
  });
  await notebook.page.pdf();
  await notebook.page.emulateMedia({ media: "print" });
  const broken = () =>
    notebook
      .output(0)
      .locator(".figure")
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).breakInside));
  expect(await broken(), "no page break runs through a figure").toEqual(Array(5).fill("avoid"));
  await notebook.page.emulateMedia({ media: null });
  const paper = () =>
    notebook.page.evaluate(() => (globalThis as { paper?: readonly number[] }).paper);
  await expect.poll(paper).toEqual([5, 1, 0]);
  await canvases().first().scrollIntoViewIfNeeded();
  await scene.first().waitFor();
});

it("figures are saved as PNG files, sharper than the page and on its ground", async () => {
  await notebook.write(
    0,
    `import { plot, randn, tensor } from "descent";
plot.line([1, 3, 2], { title: "Three steps" });
plot.graph(tensor(2, { requiresGrad: true }).square(), { title: "A square" });
plot.embedding(randn([20, 3]), { title: "Twenty rows" });`,
  );
  await notebook.run(0);
  await notebook.figure(0);
  await notebook.output(0).locator(".projector[data-stage]").waitFor();
  const saved = async (place: number) => {
    const figure = notebook.output(0).locator(".output").nth(place);
    await figure.hover();
    const offered = notebook.page.waitForEvent("download");
    await figure
      .locator('[data-title="Download as PNG"], [aria-label="Download as PNG"]')
      .first()
      .click();
    const file = await offered;
    const bytes = await readFile(await file.path());
    return { name: basename(file.suggestedFilename()), widthPx: bytes.readUInt32BE(16) };
  };
  const width = async (selector: string) =>
    Math.round((await notebook.output(0).locator(selector).first().boundingBox())?.width ?? 0);
  expect(await saved(0)).toEqual({
    name: "three-steps.png",
    widthPx: 2 * (await width(".figure-canvas")),
  });
  expect(await saved(1)).toEqual({
    name: "a-square.png",
    widthPx: 2 * (await width(".diagram-picture")),
  });
  expect(await saved(2)).toEqual({
    name: "twenty-rows.png",
    widthPx: 2 * (await width(".projector-canvas")),
  });
});

it("a grid stands in rows, and on a phone one below the other", async () => {
  await notebook.write(
    0,
    `import { plot } from "descent";
plot.grid([plot.line([1, 2]), plot.bars([1, 2]), plot.table([{ a: 1 }])]);`,
  );
  await notebook.run(0);
  await notebook.figure(0);
  const places = () =>
    notebook
      .output(0)
      .locator(".output")
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  await expect.poll(async () => new Set(await places()).size).toBe(1);
  await notebook.page.setViewportSize({ width: 360, height: 720 });
  await expect.poll(async () => new Set(await places()).size).toBe(3);
});
