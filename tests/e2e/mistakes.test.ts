/** Notices for mistakes that run, as a reader meets them. */
import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const training = `import { F, nn, optim, randn } from "descent";
const net = nn.Linear(4, 3);
const opt = optim.SGD(net.parameters(), { lr: 0.1 });
const x = randn([8, 4]);
for (let i = 0; i < 5; i++) {
  F.crossEntropy(net(x), [0, 1, 2, 0, 1, 2, 0, 1]).backward();
  opt.step();
}`;

it("a forgotten zeroGrad() is told under the cell, leads to its line, and can be silenced", async () => {
  await notebook.write(0, training);
  await notebook.run(0);
  const told = notebook.cell(0).getByRole("status");
  await expect.poll(() => told.innerText()).toContain("each backward() adds to them");
  expect(await notebook.output(0).innerText()).toBe("");

  // The line it is about takes the caret.
  await told.getByRole("button", { name: "line 7" }).click();
  await notebook.cell(0).locator(".monaco-editor.focused").waitFor();
  await notebook.page.keyboard.press("End");
  await notebook.page.keyboard.type(" // here");
  await expect
    .poll(() => notebook.cell(0).locator(".view-lines").innerText())
    .toMatch(/opt\.step\(\);\s\/\/\shere/);

  await told.getByRole("button", { name: "Don’t show again" }).press("Enter");
  await expect.poll(() => told.innerText()).toBe("");
  await expect
    .poll(() => notebook.cell(0).evaluate((cell) => cell === document.activeElement))
    .toBe(true);
  await notebook.run(0);
  expect(await told.innerText()).toBe("");

  // Silenced in this notebook: also after the page was loaded again.
  await notebook.saved();
  await notebook.page.reload();
  await notebook.cell(0).waitFor();
  await notebook.run(0);
  expect(await notebook.cell(0).getByRole("status").innerText()).toBe("");
});
