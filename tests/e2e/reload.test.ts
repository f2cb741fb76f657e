import { expect, it } from "vitest";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachOnANewPage(async (page) => {
  notebook = page;
  await notebook.openNew();
});

it("a text is kept whose page is left before any save was due", async () => {
  await notebook.write(0, '"kept?"');
  await notebook.page.reload();
  await notebook.cell(0).waitFor();
  await expect.poll(() => notebook.cell(0).locator(".code").innerText()).toContain("kept?");
});
