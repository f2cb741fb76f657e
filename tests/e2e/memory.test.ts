/** Cells that want more memory than there is, and cells that make more values than there is memory. */
import { readFileSync } from "node:fs";
import type { CDPSession } from "playwright-core";
import { expect, it } from "vitest";
import { soaking } from "../counts.ts";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

const MEGABYTE = 2 ** 20;

let notebook: NotebookPage;
let browser: CDPSession;
eachOnANewPage(
  async (page, site) => {
    notebook = page;
    browser = await (await site.browser()).newBrowserCDPSession();
  },
  { ownBrowser: true },
);

// Zeros that nobody looks at cost a machine nothing.
it("a cell that wants more than there is ends in an error with the sizes, and the next cell runs", async () => {
  await notebook.openNew();
  const imports = 'import { rand, zeros } from "descent";';
  await notebook.write(
    0,
    `${imports}\nconst kept = rand([300, 300]);\nconst sum = kept.sum().item();`,
  );
  await notebook.run(0);
  await notebook.insertBelow(0);
  const card = notebook.output(1).locator(".error-card");
  const source = "const large = zeros([20000, 20000]);\nlarge.matmul(large)";
  await notebook.write(1, source);
  await notebook.run(1, "error");
  const text = await card.innerText();
  expect(text).toContain("OutOfMemoryError");
  expect(text).toContain("memory: an op wants 3072.0 MB - the engine has ");
  expect(text).toContain("use smaller batches, or drop tensors and graphs");
  await expect.poll(() => notebook.errorLine(1)).toBe("2");
  await notebook.write(
    1,
    [
      'let caught = "";',
      "try { const x = zeros([20000, 20000]); x.matmul(x); } catch (error) { caught = error.name; }",
      "caught",
    ].join("\n"),
  );
  await notebook.run(1);
  await expect.poll(() => notebook.output(1).innerText()).toBe('"OutOfMemoryError"');
  await notebook.insertBelow(1);
  await notebook.write(2, "[kept.matmul(kept).shape, kept.sum().item() === sum]");
  await notebook.run(2);
  await expect.poll(() => notebook.output(2).innerText()).toBe("[[300, 300], true]");
});

/** The most bytes that one of the browser's processes holds. */
async function resident(): Promise<number> {
  const { processInfo } = (await browser.send("SystemInfo.getProcessInfo")) as {
    processInfo: readonly { readonly id: number }[];
  };
  const sizes = processInfo.map(({ id }) => {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  });
  return Math.max(...sizes);
}

const STEPS = soaking ? 200_000 : 2_000;

it(
  `${STEPS} steps of 1 MB each, some of it kept, in a loop that never awaits`,
  { timeout: 3_600_000 },
  async () => {
    await notebook.openNew();
    await notebook.write(
      0,
      [
        'import { memory, randn, type Tensor, zeros } from "descent";',
        "const [x, moving] = [randn([512, 512]), zeros([512, 512])];",
        "const [column, row] = [randn([512, 1]), randn([1, 512])];",
        "// Sums and products can be computed again; sums with what is written in place move to the heap.",
        "const made = (step: number) => {",
        "  const way = Math.floor(step / 100) % 3;",
        "  if (way === 0) return x.add(step);",
        "  return way === 1 ? column.add(step).matmul(row) : x.add(moving.fill_(step));",
        "};",
        "const kept: { step: number; y: Tensor }[] = [];",
        `for (let step = 0; step < ${STEPS}; step++) {`,
        "  const y = made(step);",
        "  if (step % 100 === 0) kept.push({ step, y });",
        "  if (kept.length > 100) kept.shift();",
        "}",
        "const right = kept.filter(({ step, y }) => y.eq(made(step)).all().item());",
        "[kept.length, right.length, memory().peak <= 2 ** 27]",
      ].join("\n"),
    );
    const begun = performance.now();
    await notebook.start(0);
    let most = 0;
    const status = () => notebook.cell(0).getAttribute("data-status");
    await expect
      .poll(
        async () => {
          most = Math.max(most, await resident());
          return status();
        },
        { timeout: 3_600_000, interval: 500 },
      )
      .toMatch(/ok|error/);
    const seconds = (performance.now() - begun) / 1000;
    console.log(`${STEPS} steps: ${seconds.toFixed(0)} s, ${(most / MEGABYTE).toFixed(0)} MB`);
    const count = Math.min(100, STEPS / 100);
    await expect.poll(() => notebook.output(0).innerText()).toBe(`[${count}, ${count}, true]`);
    expect(most).toBeLessThan(600 * MEGABYTE);
  },
);
