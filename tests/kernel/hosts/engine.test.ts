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

test("what wants more memory than there is ends its cell with the sizes, and nothing is lost", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run('import { ones, rand } from "descent";\nconst kept = rand([300, 300]).mul(2);');
  const sum = await kernel.run("kept.sum().item()");
  // A column beside a row: a slip of shapes that asks for 4 TB.
  const { status, error } = await kernel.run("1;\nones([1e6, 1]).add(ones([1, 1e6]))", "slip");
  expect(status).toBe("error");
  expect(error).toMatchObject({
    name: "OutOfMemoryError",
    message: expect.stringMatching(/^memory: an op wants 38147\d\d\.\d MB - /) as string,
    frames: [{ cell: "slip", line: 2 }],
  });
  const caught = await kernel.run(
    "let name;\ntry { ones([1e6, 1]).matmul(ones([1, 1e6])); } catch (error) { name = error.name; }\nname",
  );
  expect(caught.result).toBe('"OutOfMemoryError"');
  expect((await kernel.run("kept.sum().item()")).result).toBe(sum.result);
});
