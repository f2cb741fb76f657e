import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

it("a text is kept whose page is left before any save was due", async () => {
  await notebook.write(0, '"kept?"');
  await notebook.page.reload();
  await notebook.cell(0).waitFor();
  await expect.poll(() => notebook.cell(0).locator(".code").innerText()).toContain("kept?");
});
