import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

it("an error of a worker that a cell made is told in words", async () => {
  await notebook.write(
    0,
    `const worker = new Worker("data:text/javascript,throw new Error('from inside')");
await new Promise((resolve) => worker.addEventListener("error", resolve));
"went on"`,
  );
  await notebook.run(0);
  await expect.poll(() => notebook.output(0).innerText()).toContain("from inside");
  await expect.poll(() => notebook.output(0).innerText()).toContain("went on");
  // The browser tells of it too.
  expect(notebook.errors.splice(0)).toEqual(["uncaught: from inside"]);
});

it("a cell that posts nothing to its frame leaves the page without an error", async () => {
  await notebook.write(
    0,
    'for (const sent of [null, undefined, 1, "x", []]) globalThis.postMessage(sent);\n6 * 7',
  );
  await notebook.run(0);
  await expect.poll(() => notebook.output(0).innerText()).toBe("42");
});
