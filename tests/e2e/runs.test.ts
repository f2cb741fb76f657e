/** Runs that trained: what can be done with their cell, and the table they leave. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

const source = `import { manualSeed, nn, optim, plot, progress, rand, ui } from "descent";
manualSeed(42);
const lr = ui.slider("rate", { min: 0.01, max: 1, value: 0.1 });
const net = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1));
const opt = optim.SGD(net.parameters(), { lr });
const curve = plot.live({ y: "loss" });
for (const step of progress([...Array(60).keys()])) {
  const loss = net(rand([8, 2])).square().mean();
  opt.zeroGrad(); loss.backward(); opt.step();
  curve.push({ train: loss });
}`;

let page: NotebookPage;
eachInANewNotebook(async (made) => {
  page = made;
  await page.write(0, source);
  await page.run(0);
});

const panel = () => page.page.getByRole("complementary", { name: "Runs" });
const row = (run: number) =>
  panel()
    .getByRole("row")
    .filter({ has: page.page.getByLabel(`Compare run ${run}`) });
const training = () => page.cell(0).getByRole("group", { name: "Training of this cell" });

async function openRuns(): Promise<void> {
  await page.page.keyboard.press("Escape");
  await page.page.keyboard.press("t");
  await panel().waitFor();
}

/** Presses a button of the cell that trains, and waits for the run that it begins. */
async function press(name: string): Promise<void> {
  const mark = page.cell(0).locator(".mark");
  const before = await mark.innerText();
  await training().getByRole("button", { name }).click();
  await expect.poll(() => mark.innerText(), { timeout: 30_000 }).not.toBe(before);
  await page.ended(0);
}

test("a run that trained stands in the table, after a reload too, with its note", async () => {
  await openRuns();
  await row(1).getByText("ok", { exact: true }).waitFor();
  await expect.poll(() => row(1).innerText()).toContain("42");
  await panel().getByLabel("Note on run 1").fill("the first");
  await page.page.keyboard.press("Enter");
  await page.saved();
  await page.page.reload();
  await page.cell(0).waitFor();
  await page.page.getByRole("button", { name: "Runs", exact: true }).click();
  await expect.poll(() => panel().getByLabel("Note on run 1").inputValue()).toBe("the first");
  await page.page.keyboard.press("Escape");
  await panel().waitFor({ state: "detached" });
});

test("same start gives the same curve, a new seed another, and both are compared", async () => {
  const first = await page.figure(0);
  await press("New seed");
  await page.figureMoved(0, first);
  await press("Same start");
  await openRuns();
  await row(2).getByText("with a new seed").waitFor();
  await row(3).getByText("from the same start").waitFor();
  await row(2).getByText("43", { exact: true }).waitFor();
  await panel().getByLabel("Compare run 1").check();
  await panel().getByLabel("Compare run 2").check();
  await panel().getByLabel("Compare run 3").check();
  const drawn = panel().locator(".figure-canvas");
  await drawn.locator(".main-svg").first().waitFor();
  const lines = () =>
    drawn.evaluate((element) =>
      (element as unknown as { data: { y: number[] }[] }).data.map(({ y }) => y.join()),
    );
  await expect.poll(async () => (await lines()).length).toBe(3);
  const [original, reseeded, again] = await lines();
  expect(again).toBe(reseeded);
  expect(reseeded).not.toBe(original);
  await panel().getByRole("button", { name: "Run", exact: true }).click();
  const numbers = await panel().getByRole("rowheader").allInnerTexts();
  expect(numbers.map(Number)).toEqual([1, 2, 3]);
});

test("settings come back, deleted runs come back, and all of them are a file", async () => {
  const slider = page.output(0).getByRole("slider", { name: "rate" });
  const before = await slider.getAttribute("aria-valuetext");
  await slider.focus();
  await page.page.keyboard.press("End");
  await page.run(0);
  await openRuns();
  await row(2).waitFor();
  await panel().getByRole("button", { name: "Restore the settings of run 1" }).click();
  await expect.poll(() => slider.getAttribute("aria-valuetext")).toBe(before);
  await panel().getByRole("button", { name: "Delete run 1" }).click();
  await row(1).waitFor({ state: "detached" });
  await panel().getByRole("button", { name: "Undo" }).click();
  await row(1).waitFor();
  const csv = await readFile(await page.download("Save CSV"), "utf8");
  expect(csv.split("\r\n")[0]).toContain("seed,train,knob rate,optimizer");
  const json = JSON.parse(await readFile(await page.download("Save JSON"), "utf8")) as unknown[];
  expect(json).toHaveLength(2);
});

test("recorded steps are looked at by keys, and the cell goes on from one", async () => {
  const steps = training().getByRole("slider", { name: "Recorded step" });
  await steps.focus();
  await page.page.keyboard.press("Home");
  await expect.poll(() => steps.getAttribute("aria-valuetext")).toBe("step 0 of 60");
  await page.page.keyboard.press("ArrowRight");
  const goOn = training().getByRole("button", { name: /^Go on from step \d+$/ });
  await goOn.waitFor();
  await press("Go on from step");
  await expect.poll(() => steps.getAttribute("aria-valuetext")).toBe("step 60 of 60");
  await openRuns();
  await row(2).getByText("from a recorded step").waitFor();
  const values = await panel().getByRole("row").allInnerTexts();
  expect(values).toHaveLength(3);
  await page.restart();
  await page
    .cell(0)
    .getByText(/^The recorded steps ended with their kernel\./)
    .waitFor();
  await expect.poll(() => steps.count()).toBe(0);
});

test("a figure says whose weights it shows, and a slow run shows its steps", async () => {
  await page.insertBelow(0);
  await page.write(1, "plot.heatmap(net.get('0').weight);");
  await page.run(1);
  await training().getByLabel("Speed").selectOption("30 steps a second");
  await page.start(0);
  await page.cell(0).getByRole("progressbar").waitFor();
  await page.cell(0).getByRole("button", { name: "Finish" }).click();
  await page.ended(0);
  const words = page.cell(1).getByText("Drawn with the weights of run 1; you are at run 2.");
  await words.waitFor();
  await page.cell(1).getByRole("button", { name: "Draw again" }).click();
  await words.waitFor({ state: "detached" });
});
