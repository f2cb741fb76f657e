import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

/** Marks follow an edit within a second, on a machine that has nothing else to do. */
const soon = { timeout: 30_000 };

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

async function write(...sources: string[]): Promise<void> {
  for (const [index, source] of sources.entries()) {
    if (index > 0) await notebook.insertBelow(index - 1);
    await notebook.write(index, source);
  }
}

function stale(): Promise<string[]> {
  return notebook.page
    .locator("[data-cell-id]")
    .evaluateAll((cells) =>
      cells.flatMap((cell, at) => (cell.hasAttribute("data-stale") ? [String(at)] : [])),
    );
}

async function choose(item: string): Promise<void> {
  await notebook.page.getByRole("button", { name: "More ways to run" }).click();
  await notebook.page.getByRole("menuitem", { name: item }).click();
}

it("an edit marks its cell and all that follows from it, and Run stale cells mends them", async () => {
  await write("let a = 1;", "let b = a + 1;", "`b is ${b}`", "let c = 7;");
  for (const index of [0, 1, 2, 3]) await notebook.run(index);
  expect(await stale()).toEqual([]);
  await notebook.write(0, "let a = 10;");
  await expect.poll(stale, soon).toEqual(["0", "1", "2"]);
  await choose("Run stale cells");
  await notebook.output(2).getByText("b is 11").waitFor();
  await expect.poll(stale, soon).toEqual([]);
  await expect.poll(() => notebook.cell(3).locator(".mark").innerText()).toBe("[4]");
});

it("deleting a cell marks what used its names, until that is undone", async () => {
  await write("let a = 1;", "a + 1");
  await notebook.run(0);
  await notebook.run(1);
  await notebook.cell(0).click({ position: { x: 2, y: 2 } });
  await notebook.page.keyboard.press("d");
  await notebook.page.keyboard.press("d");
  await expect.poll(stale, soon).toEqual(["0"]);
  await notebook.page.keyboard.press("z");
  await notebook.cell(1).waitFor();
  await expect.poll(stale, soon).toEqual([]);
});

it("a text that nobody has run counts: what it makes is told where others make it too", async () => {
  await write("let net = 1;", "net");
  await notebook.run(0);
  await notebook.run(1);
  await notebook.insertBelow(0);
  await notebook.write(1, "let net = 2;");
  await expect.poll(stale, soon).toEqual(["2"]);
  await notebook.cell(1).locator(".shared-names").getByText("net is defined in [1] too").waitFor();
});

it("cells run above, to here and below, and all from a new kernel", async () => {
  await write("let log = ['a'];", "log.push('b'); 0", "log.push('c'); 0", "log.join()");
  await notebook.enter(2);
  await choose("Run to here");
  await notebook.ended(2);
  expect(await notebook.cell(3).getAttribute("data-status")).toBe("idle");
  await notebook.enter(3);
  await choose("Run this and all below");
  await notebook.output(3).getByText("a,b,c").waitFor();
  await notebook.enter(2);
  await choose("Run all above");
  await expect.poll(() => notebook.cell(1).locator(".mark").innerText(), soon).toBe("[6]");
  await choose("Restart and run all");
  const dialog = notebook.page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Restart and run all" }).click();
  await expect.poll(() => notebook.cell(1).locator(".mark").innerText(), soon).toBe("[2]");
  await notebook.output(3).getByText("a,b,c").waitFor();
});
