import { expect, test } from "vitest";
import { startNotebookKernel } from "./notebook-kernel.ts";

test("a kernel computes in WASM, and gets what it would in JavaScript", async () => {
  await using kernel = await startNotebookKernel();
  const { result } = await kernel.run(
    'import { engine, eye, rand } from "descent";\nengine().backend',
    "a",
  );
  expect(result).toMatch(/^"wasm (plain|relaxed)"$/);
  const product = await kernel.run("const x = rand([70, 70]);\nx.matmul(eye(70)).allclose(x)", "b");
  expect(product).toMatchObject({ status: "ok", result: "true" });
});

test("the owner is told what computes, as a cell is", async () => {
  await using kernel = await startNotebookKernel();
  const { result } = await kernel.run('import { engine } from "descent";\nengine().threads');
  const busy = await kernel.until((notice) => notice.kind === "kernel" && notice.status === "busy");
  expect(busy).toMatchObject({ engine: { threads: Number(result) } });
});
