import { expect, test } from "vitest";
import { startNotebookKernel } from "./notebook-kernel.ts";

test("Stop ends a product that takes a second between two of its parts, and the next one works", async () => {
  await using kernel = await startNotebookKernel({ graceMs: 15_000 });
  await kernel.run(
    'import { rand } from "descent";\nconst x = rand([2600, 2600]);\nlet kept = 42;',
  );
  const from = kernel.notices.length;
  // Behind the turn of the event loop in which "ready" is sent there is no guard.
  const done = kernel.run(
    'console.log("ready");\nawait new Promise((next) => setTimeout(next, 0));\nx.matmul(x);',
    "long",
  );
  await kernel.until(
    (notice) =>
      kernel.notices.indexOf(notice) >= from &&
      notice.kind === "output" &&
      notice.output.kind === "stream",
  );
  kernel.client.interrupt();
  expect((await done).status).toBe("interrupted");
  expect((await kernel.run("kept + x.narrow(0, 0, 64).matmul(x).shape[0]!")).result).toBe("106");
}, 60_000);

test("a kernel that is ended in the middle of a shared call is gone, and its threads with it", async () => {
  const kernel = await startNotebookKernel();
  const run = kernel.run(
    'import { rand } from "descent";\nconst x = rand([600, 600]);\nconsole.log("ready");\nfor (;;) x.matmul(x);',
  );
  await kernel.until(({ kind }) => kind === "output");
  // The process would not end either, were a thread left.
  await kernel[Symbol.asyncDispose]();
  expect((await run).status).not.toBe("ok");
}, 60_000);
