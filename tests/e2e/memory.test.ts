/** What a notebook survives, and what a kernel that is over leaves behind. */
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { expect, it } from "vitest";
import { soaking } from "../counts.ts";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
let browser: Browser;
eachOnANewPage((page, site) => {
  notebook = page;
  ({ browser } = site);
});

// Gigabytes and minutes: not for every machine that runs the tests.
it.runIf(soaking)(
  "a cell that wants more than there is ends in an error with the sizes, and the next cell runs",
  async () => {
    await notebook.openNew();
    await notebook.write(
      0,
      'import { ones, rand } from "descent";\nconst kept = rand([300, 300]);',
    );
    await notebook.run(0);
    await notebook.insertBelow(0);
    await notebook.write(1, "const large = ones([20000, 20000]);\nlarge.matmul(large).sum()");
    await notebook.run(1, "error");
    const card = notebook.output(1).locator(".error-card");
    expect(await card.innerText()).toContain("memory: an op wants 3072.0 MB - the engine has ");
    await notebook.write(1, "ones([45000, 45000])");
    await notebook.run(1, "error");
    expect(await card.innerText()).toContain(
      "memory: the values of a tensor want 7724.8 MB - there is no room for them",
    );
    await notebook.insertBelow(1);
    await notebook.write(2, "kept.matmul(kept).shape");
    await notebook.run(2);
    expect(await notebook.output(2).innerText()).toBe("[300, 300]");
  },
);

/** Bytes of memory that the browser's processes hold. */
async function resident(): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send("SystemInfo.getProcessInfo")) as {
    processInfo: readonly { readonly id: number }[];
  };
  await session.detach();
  const sizes = processInfo.map(({ id }) => {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  });
  return sizes.reduce((a, b) => a + b, 0);
}

it.runIf(soaking)("the memory of a kernel that was restarted is given back", async () => {
  await notebook.openNew();
  // Writes to all of the engine's memory, and has the threads started.
  await notebook.write(
    0,
    [
      'import { rand } from "descent";',
      "let x = rand([1024, 1024]);",
      "for (let i = 0; i < 60; i++) x = x.add(1);",
      "x.matmul(x).shape",
    ].join("\n"),
  );
  await notebook.run(0);
  await notebook.restart();
  const before = await resident();
  const rounds = soaking ? 20 : 3;
  for (let round = 0; round < rounds; round++) {
    await notebook.run(0);
    await notebook.restart();
  }
  // Three arenas are 384 MB.
  await expect.poll(async () => (await resident()) - before).toBeLessThan(200 * 2 ** 20);
});
