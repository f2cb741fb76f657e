/** Several cells at once, under the hands of somebody who knows Jupyter. */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { faultsIn } from "./axe.ts";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const sources = () =>
  notebook.page.evaluate(() =>
    Array.from(document.querySelectorAll("[data-cell-id] .cell-text"), (text) =>
      (text as HTMLElement).innerText.trim().replaceAll("\u00a0", " ").replaceAll(/\n+/g, "\n"),
    ),
  );
const among = () => notebook.page.locator("[data-among]").count();

/** Cells that hold these texts, the last of them selected in command mode. */
async function cells(...texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    if (index > 0) await notebook.insertBelow(index - 1);
    await notebook.write(index, text);
  }
  await notebook.page.keyboard.press("Escape");
  await notebook.page.locator('[data-mode="command"]:focus').waitFor();
}

it("the caret splits a cell, Shift with arrows selects its parts, and they merge again", async () => {
  const { keyboard } = notebook.page;
  await cells("const a = 1;\nconst b = 2;\na + b");
  await keyboard.press("Enter");
  await notebook.cell(0).locator(".monaco-editor.focused").waitFor();
  await keyboard.press("ControlOrMeta+Home");
  await keyboard.press("ArrowDown");
  await keyboard.press("Control+Shift+Minus");
  await notebook.cell(1).locator(".monaco-editor.focused").waitFor();
  await expect.poll(sources).toEqual(["const a = 1;", "const b = 2;\na + b"]);
  // The caret stands where it stood in the text.
  await keyboard.type("/**/ ");
  await expect.poll(sources).toEqual(["const a = 1;", "/**/ const b = 2;\na + b"]);
  await keyboard.press("Escape");
  await keyboard.press("Shift+ArrowUp");
  await expect.poll(among).toBe(2);
  await expect
    .poll(() => notebook.page.getByLabel("The selection").innerText())
    .toBe("2 cells selected");
  await keyboard.press("Shift+Enter");
  await notebook.ended(1);
  await expect.poll(() => notebook.output(1).innerText()).toBe("3");
  await notebook.cell(2).locator(".monaco-editor.focused").waitFor();
  await keyboard.press("Escape");
  await keyboard.press("k");
  await keyboard.press("Shift+k");
  await keyboard.press("Shift+m");
  await expect.poll(sources).toEqual(["const a = 1;\n/**/ const b = 2;\na + b", ""]);
});

it("Escape and Enter in one breath give the caret back to the text", async () => {
  await notebook.enter(0);
  await notebook.cell(0).locator(".monaco-editor.focused").waitFor();
  await notebook.page.evaluate(async () => {
    const press = (key: string, keyCode: number) =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key, code: key, keyCode, bubbles: true, cancelable: true }),
      );
    press("Escape", 27);
    await Promise.resolve();
    press("Enter", 13);
  });
  await notebook.page.locator('[data-mode="edit"] .monaco-editor.focused').waitFor();
  await notebook.page.keyboard.type("1 + 1");
  await expect.poll(sources).toEqual(["1 + 1"]);
});

it("a press with Shift selects up to that cell, also on its text, and one without ends that", async () => {
  const { page } = notebook;
  await cells("1", "2", "3", "4");
  await notebook
    .cell(1)
    .locator(".code")
    .click({ modifiers: ["Shift"] });
  await expect.poll(among).toBe(3);
  expect(await page.locator(".monaco-editor.focused").count()).toBe(0);
  await page.keyboard.press("d");
  await page.keyboard.press("d");
  await expect.poll(sources).toEqual(["1"]);
  await page.keyboard.press("z");
  await expect.poll(sources).toEqual(["1", "2", "3", "4"]);
  await notebook
    .cell(0)
    .locator(".code")
    .click({ modifiers: ["Shift"] });
  await expect.poll(among).toBe(4);
  await notebook.cell(2).locator(".code").click();
  await notebook.cell(2).locator(".monaco-editor.focused").waitFor();
  await expect.poll(among).toBe(0);
});

it("the list of commands is searched by name or key, runs one, and gives the focus back", async () => {
  const { page } = notebook;
  await cells("1", "2");
  await page.keyboard.press("ControlOrMeta+Shift+KeyC");
  const list = page.getByRole("dialog", { name: "Everything you can do" });
  const found = list.getByRole("menuitem");
  await found.first().waitFor();
  expect(await found.count()).toBeGreaterThan(50);
  expect(await faultsIn(page, ".dialog")).toEqual([]);
  await page.keyboard.type("cell move up");
  await expect.poll(() => found.count()).toBe(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(sources).toEqual(["2", "1"]);
  await notebook.cell(0).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("h");
  await list.waitFor();
  await page.keyboard.type("no such thing");
  await page.getByText("Nothing is called like this.").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect.poll(() => list.count()).toBe(0);
  await notebook.cell(0).and(page.locator(":focus")).waitFor();
});

it("what is put away stays away in the file, and opens by a press", async () => {
  const { page } = notebook;
  await cells("// a sum\n40 + 2");
  await notebook.run(0);
  await page.keyboard.press("o");
  const away = notebook.cell(0).getByRole("button", { name: "Output, put away" });
  await away.waitFor();
  await expect.poll(() => notebook.output(0).isVisible()).toBe(false);
  await page.keyboard.press("Shift+o");
  const text = notebook.cell(0).getByRole("button", { name: "Code, 2 lines: a sum" });
  await text.waitFor();
  const saved = await readFile(await notebook.download("Save .ipynb"), "utf8");
  const file = JSON.parse(saved) as { cells: { metadata: object }[] };
  expect(file.cells[0]?.metadata).toMatchObject({
    collapsed: true,
    jupyter: { outputs_hidden: true, source_hidden: true },
  });
  await away.click();
  await expect.poll(() => notebook.output(0).innerText()).toBe("42");
  await text.click();
  await expect.poll(async () => (await sources())[0]).toBe("// a sum\n40 + 2");
});
