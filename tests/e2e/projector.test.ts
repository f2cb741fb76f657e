import { describe, expect, it } from "vitest";
import { soaking } from "../counts.ts";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const projector = () => notebook.output(0).locator(".projector");
const canvas = () => projector().locator(".projector-canvas");
const button = (name: string | RegExp) => projector().getByRole("button", { name, exact: true });
const reading = () => projector().locator(".projector-reading");
/** The chosen row's label; empty for none. */
const chosen = () => projector().getAttribute("data-chosen");
const pixels = () => canvas().evaluate((each: HTMLCanvasElement) => each.toDataURL());

/** Waits until the picture stands still for twenty frames, and gives it. */
const settled = () =>
  canvas().evaluate(async (each: HTMLCanvasElement) => {
    let [picture, still] = ["", 0];
    while (still < 20) {
      await new Promise(requestAnimationFrame);
      const now = each.toDataURL();
      still = now === picture ? still + 1 : 0;
      picture = now;
    }
    return picture;
  });

/** Where the rows lie, as the table of the figure's data says. */
async function places(): Promise<readonly string[]> {
  await settled();
  const data = projector().locator(".figure-data > summary");
  await data.click();
  const rows = projector().locator(".figure-rows tbody tr");
  await rows.first().waitFor();
  const said = await rows.allInnerTexts();
  await data.click();
  return said;
}

/** A cross of five rows around its middle, in three columns; the middle is small but not 0. */
const cross =
  'import { plot } from "descent";\n' +
  'plot.embedding([[-4, 0, 1], [4, 0, 1], [0, 2, 1], [0, -2, 1], [0.01, 0, 1]], { method: "axes", labels: ["west", "east", "north", "south", "middle"], color: ["a", "a", "b", "b", "c"] });';

async function show(source: string): Promise<void> {
  await notebook.write(0, source);
  await notebook.run(0);
  await projector().and(notebook.page.locator("[data-stage]")).waitFor();
}

/** So many digits under one of the layouts that take steps. */
const digits = (options: string, rows = 500) =>
  'import { data, plot } from "descent";\nconst d = data.load("digits");\n' +
  `const x = d.x.narrow(0, 0, ${rows});\n` +
  `plot.embedding(x, { color: [...d.y.data].slice(0, ${rows}), images: x, ${options} });`;

describe("a point", () => {
  it("that is clicked lists its neighbours by cosine or by Euclid, with both distances", async () => {
    await show(cross);
    await settled();
    const box = await canvas().boundingBox();
    if (box === null) throw new Error("no canvas");
    await notebook.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(chosen).toBe("middle");
    const rows = () => reading().locator("tbody tr").allInnerTexts();
    await expect.poll(async () => (await rows()).length).toBe(4);
    // By direction, north and south are equal and east is a hair nearer than west.
    await reading().getByRole("combobox", { name: "Nearest by" }).selectOption("Euclid");
    await expect.poll(async () => (await rows())[0]?.split(/\s+/)[0]).toMatch(/north|south/);
    expect((await rows()).map((row) => row.split(/\s+/)[2])).toEqual([
      "2.00",
      "2.00",
      "3.99",
      "4.01",
    ]);
    await reading().getByRole("combobox", { name: "Nearest by" }).selectOption("cosine");
    await expect
      .poll(async () => (await rows()).map((row) => row.split(/\s+/)[1]))
      .toEqual(["0.553", "0.553", "0.748", "0.767"]);
    await reading().getByRole("button", { name: "north" }).click();
    await expect.poll(chosen).toBe("north");
  });

  it("is reached and left by keys alone, and said aloud", async () => {
    await show(cross);
    await settled();
    await canvas().focus();
    await notebook.page.keyboard.press("ArrowRight");
    await expect.poll(chosen).toBe("middle");
    for (const [key, label] of [
      ["ArrowUp", "north"],
      ["ArrowDown", "middle"],
      ["ArrowLeft", "west"],
      ["ArrowRight", "middle"],
      ["ArrowRight", "east"],
    ] as const) {
      await notebook.page.keyboard.press(key);
      await expect.poll(chosen).toBe(label);
    }
    await expect
      .poll(() => projector().getByRole("status").innerText())
      .toMatch(/^east, nearest middle/);
    const before = await settled();
    await notebook.page.keyboard.press("+");
    await expect.poll(pixels).not.toBe(before);
    const zoomed = await settled();
    await notebook.page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(pixels).not.toBe(zoomed);
    await notebook.page.keyboard.press("0");
    await expect.poll(pixels).toBe(before);
    await notebook.page.keyboard.press("Escape");
    await expect.poll(chosen).toBe("");
  });

  it.runIf(soaking)("shows its picture under the pointer", async () => {
    await show(
      'import { plot } from "descent";\nplot.embedding([[-1, 0], [1, 0], [0, 0.5], [0, -0.5], [0, 0]], { images: [[0, 1, 2, 3], [0, 0, 0, 3], [3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 3]] });',
    );
    await settled();
    const box = await canvas().boundingBox();
    if (box === null) throw new Error("no canvas");
    await notebook.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const card = projector().locator(".projector-hover");
    await card.getByText("row 4").waitFor();
    const image = card.locator("canvas");
    expect(
      await image.evaluate((each: HTMLCanvasElement) => [
        ...(each
          .getContext("2d")
          ?.getImageData(0, 0, 2, 2)
          .data.filter((_, i) => i % 4 === 0) ?? []),
      ]),
    ).toEqual([0, 0, 255, 255]);
  });
});

describe("rows", () => {
  it.runIf(soaking)(
    "are found by a part of their label, shown alone and brought back",
    async () => {
      await show(cross);
      const before = await settled();
      const search = projector().getByRole("searchbox", { name: "Search rows" });
      await search.fill("th");
      await reading().getByText("2 rows").waitFor();
      await expect
        .poll(() => reading().getByRole("button").allInnerTexts())
        .toEqual(["north", "south"]);
      await expect(button(/Isolate/).isVisible()).resolves.toBe(false);
      await search.fill("t");
      await reading().getByText("4 rows").waitFor();
      await search.press("Enter");
      await expect.poll(chosen).toBe("west");
      await search.fill("t");
      await button("Isolate 4").click();
      await button("Show all 5").waitFor();
      const alone = await settled();
      expect(alone).not.toBe(before);
      await button("Show all 5").click();
      await search.fill("");
      await expect.poll(pixels).toBe(before);
      await search.fill("nowhere");
      await reading().getByText("Nothing found").waitFor();
    },
  );

  it.runIf(soaking)(
    "of a class are picked out by its name, those in a box by Shift and a drag",
    async () => {
      await show(cross);
      const before = await settled();
      await button("b").click();
      await expect.poll(pixels).not.toBe(before);
      await button("b").click();
      await expect.poll(pixels).toBe(before);
      const box = await canvas().boundingBox();
      if (box === null) throw new Error("no canvas");
      await notebook.page.keyboard.down("Shift");
      await notebook.page.mouse.move(box.x + 4, box.y + 4);
      await notebook.page.mouse.down();
      await notebook.page.mouse.move(box.x + box.width / 2 + 20, box.y + box.height - 4, {
        steps: 4,
      });
      await notebook.page.mouse.up();
      await notebook.page.keyboard.up("Shift");
      await button("Isolate 4").waitFor();
    },
  );

  it.runIf(soaking)("are measured from one to another along a direction of one's own", async () => {
    await show(cross);
    await settled();
    await projector().getByRole("combobox", { name: "Method" }).selectOption("Direction");
    await projector().getByText("Name two rows").waitFor();
    await projector().getByLabel("from").fill("south");
    await projector().getByLabel("to", { exact: true }).fill("north");
    await projector().getByLabel("to", { exact: true }).press("Enter");
    await projector().getByText("Across: how far each row lies").waitFor();
    expect((await places()).map((row) => row.split("\t")[2])).toEqual(["0", "0", "1", "−1", "0"]);
  });
});

describe("a layout", () => {
  it.each(soaking ? ["tsne", "umap"] : ["tsne"])(
    "by %s is stepped, held, goes on and starts over",
    async (method) => {
      await show(digits(`method: "${method}"`, method === "tsne" ? 500 : 1500));
      const done = async () => Number(await projector().getAttribute("data-done"));
      await projector().and(notebook.page.locator('[data-stage="layout"]')).waitFor();
      const first = await done();
      await expect.poll(done).toBeGreaterThan(first);
      await button("Pause").click();
      await projector().getByText("paused").waitFor();
      const held = await settled();
      const at = await done();
      // The kernel is free meanwhile.
      await notebook.insertBelow(0);
      await notebook.write(1, "1 + 1");
      await notebook.run(1);
      expect(await done()).toBe(at);
      expect(await pixels()).toBe(held);
      await button("Go on").click();
      await button("Start over").waitFor({ timeout: 60_000 });
      await expect.poll(done).toBe(method === "tsne" ? 1000 : 500);
      const end = await places();
      await button("Start over").click();
      await button("Pause").waitFor();
      await button("Start over").waitFor({ timeout: 60_000 });
      // The same rows and seed: the same places.
      expect(await places()).toEqual(end);
    },
  );

  it.runIf(soaking)("turns in space under a drag", async () => {
    await show(digits("dims: 3"));
    const before = await settled();
    const box = await canvas().boundingBox();
    if (box === null) throw new Error("no canvas");
    await notebook.page.mouse.move(box.x + 200, box.y + 200);
    await notebook.page.mouse.down();
    await notebook.page.mouse.move(box.x + 300, box.y + 220, { steps: 5 });
    await notebook.page.mouse.up();
    await expect.poll(pixels).not.toBe(before);
    await button("3-D").click();
    await expect.poll(() => button("3-D").getAttribute("aria-pressed")).toBe("false");
  });

  it("of a saved notebook is there after a reload, without a kernel's help", async () => {
    await show(digits('method: "pca"'));
    await notebook.saved();
    await notebook.page.reload();
    await projector().getByText("These 2 directions hold").waitFor();
    await projector().getByRole("searchbox", { name: "Search rows" }).fill("row 17");
    await projector().getByRole("searchbox", { name: "Search rows" }).press("Enter");
    await expect.poll(() => reading().locator("tbody tr").count()).toBe(10);
  });
});
