/** Tables, confusion matrices, sounds and what displays itself, by mouse and by keys. */
import { describe, expect, it } from "vitest";
import { faultsIn } from "./axe.ts";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const output = () => notebook.output(0);
const press = (...keys: readonly string[]) =>
  keys.reduce(
    (before, key) => before.then(() => notebook.page.keyboard.press(key)),
    Promise.resolve(),
  );

async function show(source: string): Promise<void> {
  await notebook.write(0, source);
  await notebook.run(0);
}

describe("a table", () => {
  const rows = () => output().locator(".data-table tbody tr");
  const cells = async () =>
    (await rows().allInnerTexts()).map((row) => row.trim().split(/\s+/).slice(1).join(" "));
  const status = () => output().locator(".data-table").getByRole("status").innerText();

  it("is sorted by its heads, filtered by what is typed, turned and copied by keys", async () => {
    await show(`import { plot } from "descent";
const n = Array.from({ length: 30 }, (_, i) => i);
plot.table({ n, half: n.map((i) => i / 2), kind: n.map((i) => (i % 3 === 0 ? "fizz" : "other")) }, { pageSize: 4 });`);
    await rows().first().waitFor();
    await expect.poll(cells).toEqual(["0 0 fizz", "1 0.5 other", "2 1 other", "3 1.5 fizz"]);
    const head = output().getByRole("columnheader", { name: "half" });
    await head.getByRole("button").click();
    await expect.poll(() => head.getAttribute("aria-sort")).toBe("ascending");
    await press("Enter");
    await expect.poll(() => head.getAttribute("aria-sort")).toBe("descending");
    await expect.poll(async () => (await cells())[0]).toBe("29 14.5 other");
    await press("PageDown", "ArrowDown", "ArrowRight");
    await expect.poll(status).toBe("5–8 of 30 rows");
    await expect
      .poll(() => notebook.page.evaluate(() => document.activeElement?.textContent))
      .toBe("other");
    await output().getByRole("searchbox", { name: "Filter rows" }).fill("fizz n>=9");
    await expect.poll(status).toBe("1–4 of 7 rows of 30");
    await expect.poll(cells).toEqual(["27 13.5 fizz", "24 12 fizz", "21 10.5 fizz", "18 9 fizz"]);
    await output().getByRole("button", { name: "Next" }).click();
    await expect.poll(cells).toEqual(["15 7.5 fizz", "12 6 fizz", "9 4.5 fizz"]);
    await output().getByRole("button", { name: "Copy as CSV" }).click();
    await expect.poll(status).toContain("7 rows copied");
    const copied = await notebook.page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split("\r\n").slice(0, 3)).toEqual(["n,half,kind", "27,13.5,fizz", "24,12,fizz"]);
  });

  it("of a hundred thousand rows answers at once, and keeps its order when rows change", async () => {
    await show(`import { plot, rand } from "descent";
const t = plot.table(rand([100_000, 4]), { columns: ["a", "b", "c", "d"], sort: "-b" });
t.update(rand([100_000, 4]).add(1));`);
    await expect.poll(status).toBe("1–10 of 100,000 rows");
    const column = async () => (await cells()).map((row) => Number(row.split(" ")[1]));
    await expect.poll(async () => (await column())[0]).toBeGreaterThan(1.99);
    const shown = await column();
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
    await output().getByRole("searchbox", { name: "Filter rows" }).fill("b<1.5 a>1.5");
    await expect.poll(status).toMatch(/^1–10 of 2[45],\d{3} rows of 100,000$/);
  });
});

describe("a confusion matrix", () => {
  it("lists the examples behind a count when it is pressed, with their pictures", async () => {
    await show(`import { plot, tensor } from "descent";
plot.confusion([0, 0, 0, 1], [0, 1, 1, 1], { labels: ["cat", "dog"], images: tensor([[[0]], [[1]], [[2]], [[3]]]) });`);
    const confusion = output().locator(".confusion");
    const cell = (name: string | RegExp) => confusion.getByRole("button", { name });
    await cell(/^cat taken for cat: 1/).focus();
    await press("ArrowRight", "Enter");
    const list = confusion.locator(".confusion-list");
    await expect.poll(() => list.locator("p").innerText()).toBe("cat, taken for dog: 2 examples");
    await expect.poll(() => list.getByRole("listitem").allInnerTexts()).toEqual(["row 1", "row 2"]);
    await expect.poll(() => list.getByRole("img", { name: "Picture of row 2" }).count()).toBe(1);
    await expect.poll(() => cell(/^cat taken for dog/).getAttribute("aria-expanded")).toBe("true");
    await confusion.getByRole("combobox").selectOption("shares");
    await expect.poll(() => cell(/^cat taken for dog/).innerText()).toBe("67 %");
    await cell(/^cat taken for dog/).focus();
    await press("Escape");
    await expect.poll(() => list.getByRole("listitem").count()).toBe(0);
  });
});

describe("a sound", () => {
  const player = () => output().locator(".sound");
  const state = () => player().getAttribute("data-state");
  const head = () => output().getByRole("slider", { name: /^sound of/ });
  const place = async () => Number(await head().getAttribute("aria-valuenow"));

  it("is silent until it is played, and is played, sought and paused by keys", async () => {
    await show(`import { plot, ui } from "descent";
const hz = ui.slider("hz", { min: 100, max: 800, value: 200, step: 100 });
plot.sound(Float32Array.from({ length: 80_000 }, (_, i) => 0.1 * Math.sin((2 * Math.PI * hz.value * i) / 8000)), { rate: 8000 });`);
    await player().waitFor();
    expect([await state(), await place()]).toEqual(["silent", 0]);
    await head().focus();
    await press("ArrowRight", "ArrowRight");
    expect([await state(), await place()]).toEqual(["silent", 1]);
    await press("Space");
    await expect.poll(state).toBe("playing");
    await expect.poll(place).toBeGreaterThan(1.05);
    // A knob's turn makes the sound anew: what plays goes on where it is, in the same player.
    await player().evaluate((element) => (element.dataset["same"] = "yes"));
    await output().getByRole("slider", { name: "hz" }).focus();
    await press("ArrowRight", "ArrowRight");
    await expect.poll(() => head().getAttribute("aria-label")).toContain("10 s");
    expect([await state(), await player().getAttribute("data-same")]).toEqual(["playing", "yes"]);
    expect(await place()).toBeGreaterThan(1);
    await head().focus();
    await press("Space");
    await expect.poll(state).toBe("silent");
    const rest = await place();
    await press("Home");
    expect([rest > 1, await place()]).toEqual([true, 0]);
  });

  it("stops where another begins, and comes to its end by itself", async () => {
    await show(`import { plot } from "descent";
plot.sound(new Float32Array(80_000), { rate: 8000, title: "long" });
plot.sound(new Float32Array(2_000), { rate: 8000, title: "short" });`);
    const [long, short] = [player().nth(0), player().nth(1)];
    await long.getByRole("button", { name: "Play" }).click();
    await short.getByRole("button", { name: "Play" }).click();
    await expect.poll(() => long.getAttribute("data-state")).toBe("silent");
    await expect.poll(() => short.getAttribute("data-state")).toBe("silent");
  });
});

it("tables, counts and players have no fault that axe finds", async () => {
  await show(`import { plot } from "descent";
plot.table(Array.from({ length: 30 }, (_, n) => ({ n, kind: "x" })), { title: "Rows" });
plot.confusion([0, 0, 1, 1], [0, 1, 1, 1], { title: "Mistakes" });
plot.sound([0, 0.5, 2], { rate: 8000, title: "Click" });`);
  for (const kind of [".data-table", ".confusion", ".sound"])
    await output().locator(kind).waitFor();
  await output().locator(".confusion").getByRole("button").first().click();
  expect(await faultsIn(notebook.page, ".outputs")).toEqual([]);
});

it("tensors, networks and data sets display themselves", async () => {
  await show('import { data } from "descent";\ndata.load("digits").split(0.8).train');
  const card = output().locator(".data-table");
  await expect.poll(() => card.locator("dl").innerText()).toContain("CC BY 4.0");
  await expect.poll(() => card.getByRole("img", { name: "Picture of row 0" }).count()).toBe(1);
  await show('import { nn } from "descent";\nnn.Sequential(nn.Linear(64, 32), nn.ReLU())');
  const layers = output().getByRole("table");
  await expect.poll(() => layers.innerText()).toContain("weight [32, 64], bias [32]");
  await expect.poll(() => output().innerText()).toContain("Parameters: 2,080");
  await show('import { arange } from "descent";\narange(1000)');
  await expect
    .poll(() => output().locator(".tensor-line").innerText())
    .toBe("[1000] i32 · 0 to 999 · mean 500 · deviation 289");
});
