import { expect, test } from "vitest";
import { startNotebookKernel } from "./notebook-kernel.ts";

test("a cell's last expression is its result", async () => {
  await using kernel = await startNotebookKernel();
  const { status, result } = await kernel.run("const x: number = 20;\nx * 2 + 2");
  expect({ status, result }).toEqual({ status: "ok", result: "42" });
});

test("names persist from cell to cell and functions see later values", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run("let step = 1; const next = () => step + 1;", "a");
  await kernel.run("step = 10", "b");
  expect((await kernel.run("next()", "c")).result).toBe("11");
});

test("printed text arrives before the cell's end, streams apart", async () => {
  await using kernel = await startNotebookKernel();
  const { outputs } = await kernel.run('console.log("a", [1, 2]); console.error("b")');
  expect(outputs).toEqual([
    { kind: "stream", name: "stdout", text: "a [1, 2]\n" },
    { kind: "stream", name: "stderr", text: "b\n" },
  ]);
});

test("an error carries the cell's own line and column, through functions of other cells", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    "type T = { a: number };\nfunction fail(value: T): never {\n  throw new TypeError(`no ${value.a}`);\n}",
    "a",
  );
  const { error, status } = await kernel.run("const one = 1;\n\nfail({ a: one })", "b");
  expect(status).toBe("error");
  expect(error).toMatchObject({
    kind: "runtime",
    name: "TypeError",
    message: "no 1",
    frames: [
      { cell: "a", line: 3, column: 9, function: "fail" },
      { cell: "b", line: 3, column: 1, function: null },
    ],
  });
});

test("an error deep inside the engine still points at the cell's line", async () => {
  await using kernel = await startNotebookKernel();
  const { error } = await kernel.run(
    'import { nn, tensor } from "descent";\nconst table = nn.Sequential(nn.Embedding(5, 2));\ntable(tensor([7]))',
  );
  expect(error?.message).toContain("index 7");
  expect(error?.frames).toEqual([{ cell: "cell", line: 3, column: 1, function: null }]);
});

test("an error of a function defined by an earlier run of a cell still finds its line", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run("\n\nvar fail = () => { throw new Error('old') };", "a");
  await kernel.run("var other = 1;", "a");
  const { error } = await kernel.run("fail()", "b");
  expect(error?.frames[0]).toMatchObject({ cell: "a", line: 3 });
});

test("a name that no cell defines is named, with the nearest one as a hint", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run("const weights = [1];");
  const { error } = await kernel.run("wieghts.length");
  expect(error?.message).toBe("wieghts is not defined (run the cell that defines it first)");
  expect(error?.hint).toBe("Did you mean weights?");
});

test("a syntax error is the cell's error and counts as an execution", async () => {
  await using kernel = await startNotebookKernel();
  const { status, error } = await kernel.run("let a = ;");
  expect(status).toBe("error");
  expect(error).toMatchObject({ kind: "syntax", frames: [{ line: 1, column: 9 }] });
  await kernel.run("1", "next");
  expect(kernel.notices.filter((notice) => notice.kind === "started").at(-1)).toMatchObject({
    executionCount: 2,
  });
});

test("anything can be thrown", async () => {
  await using kernel = await startNotebookKernel();
  expect((await kernel.run('throw "text"')).error).toMatchObject({
    name: "Thrown",
    message: "text",
  });
  expect((await kernel.run("throw null")).error?.message).toBe("null");
  expect((await kernel.run("throw { code: 7 }")).error?.message).toBe("{ code: 7 }");
  expect((await kernel.run("throw new Proxy({}, { get() { throw 1 } })")).status).toBe("error");
});

test("no name, error or rejection ends the kernel by refusing to be read", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(`
    const { proxy: closed, revoke } = Proxy.revocable({}, {});
    const made = { closed };
    revoke();
    const round = { get a(): unknown { return this.b; }, get b(): unknown { return this.a; } };
    const refusing = new Proxy(() => {}, { has() { throw new Error("no"); } });
    const unread = Object.defineProperty(new Error("x"), "stack", { get() { throw new Error("no"); } });`);
  for (const source of ["throw closed", "throw unread", "round.a"]) {
    expect((await kernel.run(source)).status).toBe("error");
  }
  await kernel.run(`
    void Promise.reject(closed);
    void Promise.reject(unread);
    void setTimeout(() => { throw closed; }, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));`);
  const from = kernel.notices.length;
  const paused = kernel.run('console.log("on"); for (;;) {}', "paused");
  await kernel.until(
    (notice) => kernel.notices.indexOf(notice) >= from && notice.kind === "output",
  );
  kernel.client.steer({ kind: "pause" });
  await kernel.until(
    (notice) =>
      notice.kind === "output" && notice.output.kind === "pause" && notice.cell === "paused",
  );
  kernel.client.interrupt();
  expect((await paused).status).toBe("interrupted");
  expect(kernel.notices.some((each) => each.kind === "kernel" && each.status === "dead")).toBe(
    false,
  );
});

test("the causes of an error are told, outermost first", async () => {
  await using kernel = await startNotebookKernel();
  const { error } = await kernel.run(
    'throw new Error("a", { cause: new RangeError("b", { cause: "c" }) })',
  );
  expect(error?.causes).toEqual([
    { name: "RangeError", message: "b" },
    { name: "Thrown", message: "c" },
  ]);
});

test("endless recursion is an error with a hint, and the kernel lives on", async () => {
  await using kernel = await startNotebookKernel();
  const { error } = await kernel.run("const f = (n: number): number => f(n + 1) + 1;\nf(0)");
  expect(error?.hint).toBe("A function calls itself and never reaches an end.");
  expect((await kernel.run("1 + 1")).result).toBe("2");
});

test("an unhandled rejection shows in the cell that started it", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    'void (async () => { await new Promise((r) => setTimeout(r, 1)); throw new Error("late") })();',
    "a",
  );
  const notice = await kernel.until(
    (told) => told.kind === "output" && told.output.kind === "error",
  );
  expect(notice).toMatchObject({ cell: "a", output: { error: { message: "late" } } });
});

test("what a timer prints belongs to the run that set it", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run('void setTimeout(() => console.log("from a"), 30);', "a");
  await kernel.run(
    "await new Promise((resolve) => setTimeout(resolve, 60)); console.log('b')",
    "b",
  );
  const printed = kernel.notices.filter((notice) => notice.kind === "output");
  expect(printed.map((notice) => notice.cell)).toEqual(["a", "b"]);
});

test("a report says what a run wrote", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run("let a = 1; let b = 2;");
  await kernel.run("a = 5; const c = a;", "second");
  expect(kernel.notices.findLast((notice) => notice.kind === "finished")).toMatchObject({
    report: { status: "ok", wrote: ["a", "c"], trained: false, drew: false },
  });
});

test("an import of an unknown module says what there is", async () => {
  await using kernel = await startNotebookKernel();
  const { error } = await kernel.run('import { x } from "no-such-package-here";');
  expect(error?.message).toMatch(/^import: there is no package "no-such-package-here"/);
  const missing = await kernel.run('import { progres } from "descent";');
  expect(missing.error).toMatchObject({
    message: 'import: "descent" has no export named progres',
    hint: "Did you mean progress?",
  });
});

test("a package of node_modules can be imported, one of ES modules only too", async () => {
  await using kernel = await startNotebookKernel();
  expect((await kernel.run('import { parse } from "acorn"; typeof parse')).result).toBe(
    '"function"',
  );
  expect((await kernel.run('import { marked } from "npm:marked"; typeof marked')).result).toBe(
    '"function"',
  );
});

test("progress() moves the cell's bar to its end", async () => {
  await using kernel = await startNotebookKernel();
  const { outputs } = await kernel.run(
    'import { progress } from "descent";\nfor (const i of progress([1, 2, 3])) console.log(i);',
  );
  expect(outputs.at(-1)).toMatchObject({ kind: "progress", done: 3, total: 3 });
});

test.each(["fs", "node:fs"])("importing %s says that it belongs to Node", async (name) => {
  await using kernel = await startNotebookKernel();
  const { error } = await kernel.run(`import * as it from "${name}"`);
  expect(error?.message).toContain(`import: "${name}" belongs to Node`);
  expect(error?.frames[0]).toMatchObject({ cell: "cell", line: 1 });
});

test("progress() and accuracy() name what they cannot use", async () => {
  await using kernel = await startNotebookKernel();
  const ask = async (call: string) =>
    (await kernel.run(`import { accuracy, progress } from "descent";\n${call}`)).error?.message;
  expect(await ask("progress(5)")).toContain("progress: a number - wanted something to loop over");
  expect(await ask("accuracy(5, { x: 1, y: 2 })")).toBe(
    "accuracy: a number - wanted a model, or logits",
  );
});

test("a cell that would end the process is told that it cannot", async () => {
  await using kernel = await startNotebookKernel();
  const { status, error } = await kernel.run("process.exit(3)");
  expect([status, error?.message]).toEqual([
    "error",
    "process.exit: a cell cannot end its kernel - throw an error to end the run here",
  ]);
});
