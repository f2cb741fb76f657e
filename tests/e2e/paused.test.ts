import { expect, it } from "vitest";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachOnANewPage(async (page) => {
  notebook = page;
  await notebook.openNew();
});

it("a paused cell shows its names, and what the last turn of its loop made", async () => {
  const { page } = notebook;
  await notebook.write(
    0,
    `import { forever } from "descent";
let steps = 0;
for (const step of forever()) {
  const twice = 2 * step;
  steps = step;
}`,
  );
  await notebook.start(0);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByText("Paused at").waitFor();
  // The pause may have come between a turn's last line and its end.
  await page.getByRole("button", { name: "Step", exact: true }).click();
  const made = page.getByLabel("What the last turn made");
  await made.waitFor();
  const names = page.getByLabel("What the names hold");
  const steps = Number(/steps\s+(\d+)/.exec(await names.innerText())?.[1]);
  expect((await made.innerText()).split(/\s+/)).toEqual([
    "step",
    String(steps),
    "twice",
    String(2 * steps),
  ]);
  await notebook.stop(0);
  expect(await made.count()).toBe(0);
});
