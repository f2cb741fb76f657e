import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

it("cells compute in WASM with fused multiply-add, and get what they would in JavaScript", async () => {
  await notebook.write(0, 'import { engine, eye, rand } from "descent";\nengine().backend');
  await notebook.run(0);
  await expect.poll(() => notebook.output(0).innerText()).toBe('"wasm relaxed"');
  await notebook.insertBelow(0);
  await notebook.write(1, "const x = rand([70, 70]);\nx.matmul(eye(70)).allclose(x)");
  await notebook.run(1);
  await expect.poll(() => notebook.output(1).innerText()).toBe("true");
  const mark = notebook.page.getByRole("status", { name: "Kernel: Ready" });
  await expect
    .poll(() => mark.getAttribute("title"))
    .toMatch(/^WebAssembly SIMD with fused multiply-add, /);
});

it("large calls are shared by the threads, which end with the kernel", async () => {
  const { page } = notebook;
  await notebook.write(
    0,
    [
      'import { engine, rand } from "descent";',
      "const x = rand([512, 512]);",
      "x.matmul(x); // has them started",
      "engine().threads > 1",
    ].join("\n"),
  );
  await notebook.run(0);
  await expect.poll(() => notebook.output(0).innerText()).toBe("true");
  const threads = await page.evaluate(() => navigator.hardwareConcurrency);
  // The kernel and those that help it; the compiler and the editor have theirs in the page.
  const inFrame = () => page.workers().filter((worker) => worker.url().startsWith("data:")).length;
  await expect.poll(inFrame, { timeout: 30_000 }).toBe(Math.min(threads, 4));

  await notebook.insertBelow(0);
  await notebook.write(
    1,
    "const rows = x.matmul(x).sum(1);\nrows.allclose(x.matmul(x.sum(1, { keepdim: true })).squeeze(1))",
  );
  await notebook.run(1);
  await expect.poll(() => notebook.output(1).innerText()).toBe("true");

  await notebook.insertBelow(1);
  await notebook.write(2, "while (true) {}");
  await notebook.start(2);
  await notebook.ended(2, "running");
  await notebook.stop(2);
  await notebook.restart();
  await expect.poll(inFrame, { timeout: 30_000 }).toBe(1);
});

it("the page goes on while all threads compute", async () => {
  const { page } = notebook;
  await notebook.write(
    0,
    [
      'import { rand } from "descent";',
      "const x = rand([400, 400]);",
      "for (;;) x.matmul(x).relu().sum();",
    ].join("\n"),
  );
  await notebook.start(0);
  await notebook.ended(0, "running");
  const gaps = await page.evaluate(async () => {
    const times: number[] = [];
    while (times.length < 60)
      times.push(await new Promise<number>((resolve) => requestAnimationFrame(resolve)));
    return times.slice(1).map((time, i) => time - (times[i] ?? 0));
  });
  // The middle one: a machine that does other things misses frames too.
  expect(gaps.toSorted((a, b) => a - b)[gaps.length >> 1]).toBeLessThan(100);
  await notebook.stop(0);
});
