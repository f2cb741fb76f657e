/** What a paused cell says: where it is, what its names hold, what the reader's hand does meanwhile. */
import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook(async (page) => {
  notebook = page;
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
  // Both are read at once: the step may still be on its way.
  const told = () => notebook.cell(0).innerText();
  const turn = /steps\s+(\d+)\s[^]*step\s+(\d+)\s+twice\s+(\d+)/;
  const isOfOneTurn = async () => {
    const [, steps, step, twice] = turn.exec(await told()) ?? [];
    return step !== undefined && steps === step && Number(twice) === 2 * Number(step);
  };
  await expect.poll(isOfOneTurn).toBe(true);
  await notebook.stop(0);
  await expect.poll(() => made.count()).toBe(0);
});

it("a knob moved in a pause is said to wait, and many names are folded until wanted", async () => {
  const { page } = notebook;
  await notebook.write(
    0,
    `import { forever, ui } from "descent";
const rate = ui.slider("rate", { min: 0, max: 10, step: 1, value: 5 });
let [a, b, c, d, seen] = [1, 2, 3, 4, 0];
for (const step of forever()) {
  seen = rate.value;
}`,
  );
  await notebook.start(0);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByText("Paused at").waitFor();
  const names = page.getByLabel("What the names hold");
  expect(await names.count()).toBe(0);
  await page.getByRole("button", { name: /^\d names$/ }).click();
  const seen = async () => Number(/seen\s+(\d+)/.exec(await names.innerText())?.[1]);
  await expect.poll(seen).toBe(5);
  await notebook.output(0).getByRole("slider", { name: "rate", exact: true }).focus();
  await page.keyboard.press("End");
  await page.getByText("The loop sees the change when it goes on.").waitFor();
  await expect.poll(seen).toBe(5);
  const step = page.getByRole("button", { name: "Step", exact: true });
  await step.click();
  await step.click();
  // Unfolded once, they stay.
  await expect.poll(seen).toBe(10);
  expect(await page.getByText("The loop sees the change").count()).toBe(0);
  await notebook.stop(0);
});

it("a pause in another cell's function names that cell", async () => {
  const { page } = notebook;
  await notebook.write(0, "let n = 0;\nfunction work() {\n  for (;;) n++;\n}");
  await notebook.run(0);
  await notebook.insertBelow(0);
  await notebook.write(1, "work();");
  await notebook.start(1);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByText("Paused in [1], line 3").waitFor();
  await page.getByRole("button", { name: "line 3", exact: true }).click();
  await notebook.cell(0).locator(".monaco-editor.focused").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await page.keyboard.press("i");
  await notebook.ended(1, "interrupted");
});
