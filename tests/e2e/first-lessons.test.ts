/** Lesson 2 under a learner's hands, on a phone: knobs in a running loop, a check, the way on to lesson 3. */
import { beforeEach, expect, it } from "vitest";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachOnANewPage((page) => {
  notebook = page;
});

const cell = (id: string) => notebook.page.locator(`[data-cell-id="${id}"]`);
/** What stands in the outputs of a cell, its figures' titles too. */
const shown = (id: string) => cell(id).locator(".outputs").textContent();
/** Runs a cell by the keyboard alone. */
async function run(id: string): Promise<void> {
  await cell(id).focus();
  // The keys go to the cell that is selected, which the page says when it has drawn it.
  await notebook.page.locator(`[data-cell-id="${id}"][data-selected]`).waitFor();
  await notebook.page.keyboard.press("ControlOrMeta+Enter");
}
const ended = (id: string) =>
  notebook.page.locator(`[data-cell-id="${id}"][data-status="ok"]`).waitFor({ timeout: 60_000 });

/** Opens a lesson and waits until all has run that runs on opening. */
async function open(lesson: string, lastDrawn: string): Promise<void> {
  await notebook.open(`?lesson=${lesson}`);
  await ended(lastDrawn);
}

beforeEach(() => notebook.page.setViewportSize({ width: 360, height: 720 }));

it("lesson 2: a loop that never yields is held, stepped, steered, begun anew and finished", async () => {
  await open("02", "penguin-train-setup");
  await run("penguin-train");
  const button = (name: string) => cell("penguin-train").getByRole("button", { name, exact: true });
  await button("Pause").click();
  await button("Go on").waitFor();
  const stepsDone = async () => {
    const words = await cell("penguin-train").locator(".run-progress").innerText();
    return Number(/^[\d,]+/.exec(words)?.[0].replaceAll(",", ""));
  };
  const held = await stepsDone();
  const size = notebook.page.getByRole("slider", { name: "size of a turn" });
  await size.focus();
  await notebook.page.keyboard.press("End");
  await button("Step").click();
  await expect.poll(stepsDone).toBe(held + 1);
  await button("new start").click();
  await button("Go on").click();
  await button("Finish").click();
  await ended("penguin-train");
  await expect.poll(() => shown("penguin-train")).toMatch(/9\d\.\d % right/);

  // An answer turns knobs that stand above it; its figure and the check see them.
  const birds = cell("ex-birds");
  const press = (name: string) => birds.getByRole("button", { name, exact: true }).click();
  // By keys alone: no button takes the focus away with it, waiting or going.
  const focused = () => notebook.page.evaluate(() => document.activeElement?.textContent);
  await birds.getByRole("button", { name: "Check", exact: true }).focus();
  await notebook.page.keyboard.press("Enter");
  await expect.poll(() => birds.innerText()).toContain("which birds lie on the wrong side");
  expect(await focused()).toBe("Check");
  await notebook.page.keyboard.press("Tab");
  for (let hint = 0; hint < 3; hint++) await notebook.page.keyboard.press("Enter");
  await expect.poll(() => birds.innerText()).toContain("Hint 3 of 3");
  expect(await focused()).toBe("Show a solution");
  await notebook.page.keyboard.press("Enter");
  await press("Run it");
  await expect
    .poll(() => birds.getByRole("region", { name: "Solution" }).textContent())
    .toMatch(/9\d\.\d % right/);
  await press("Check");
  await expect.poll(() => birds.innerText()).toContain("Solved");

  const overflow = () =>
    notebook.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBe(0);
  // Running on through the last cell adds none behind it.
  const cells = notebook.page.locator("[data-cell-id]");
  const count = await cells.count();
  await cell("next").focus();
  await notebook.page.locator('[data-cell-id="next"][data-selected]').waitFor();
  await notebook.page.keyboard.press("Shift+Enter");
  expect(await cells.count()).toBe(count);
  await notebook.page.getByRole("link", { name: "lesson 3", exact: true }).click();
  await notebook.page.getByRole("heading", { name: "Down the mountain, in fog" }).waitFor();
  await ended("two");
  expect(await overflow()).toBe(0);
});
