/** The first minute of somebody who has never been here, by the keyboard where it can be. */
import { expect, it } from "vitest";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachOnANewPage((page) => {
  notebook = page;
});

const cell = (id: string) => notebook.page.locator(`[data-cell-id="${id}"]`);
const shown = (id: string) => cell(id).locator(".outputs").textContent();
const ended = (id: string) =>
  notebook.page.locator(`[data-cell-id="${id}"][data-status="ok"]`).waitFor({ timeout: 60_000 });
const run = (id: string) =>
  cell(id)
    .getByRole("button", { name: /^Run cell/ })
    .click();

it("opens lesson 1: a knob answers, the machine turns its own, a changed number changes the picture", async () => {
  const { page } = notebook;
  await notebook.open("");
  await page.getByRole("heading", { name: "Turn the knobs yourself", level: 1 }).last().waitFor();
  await page.waitForURL("**/?lesson=01-turn-the-knobs");
  expect(await page.getByRole("dialog").count()).toBe(0);
  await ended("fit-by-hand");

  const before = await shown("fit-by-hand");
  await cell("setup").getByRole("slider", { name: "w", exact: true }).focus();
  await page.keyboard.press("PageUp");
  await expect.poll(() => shown("fit-by-hand")).not.toBe(before);

  await run("train");
  const turned = cell("train").getByRole("slider", { name: "the machine's w" });
  const start = await turned.inputValue();
  await expect.poll(() => turned.inputValue()).not.toBe(start);
  await ended("train");

  await run("use-it");
  await ended("use-it");
  const picture = await shown("use-it");
  await cell("use-it").locator(".code").click();
  await cell("use-it").locator(".monaco-editor.focused").waitFor();
  await page.evaluate(() => navigator.clipboard.writeText("const practice = 1;"));
  for (const key of ["ControlOrMeta+Home", "Shift+End", "ControlOrMeta+V", "ControlOrMeta+Enter"]) {
    await page.keyboard.press(key);
  }
  await expect.poll(() => shown("use-it")).not.toBe(picture);
});
