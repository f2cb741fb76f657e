import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { DataSource } from "../../../kernel/hosts/host.ts";
import { type NotebookKernel, startNotebookKernel } from "./notebook-kernel.ts";

/** Runs an endless cell, stops it once it prints "ready", and gives how it ended. */
async function stop(kernel: NotebookKernel, source: string) {
  const from = kernel.notices.length;
  const done = kernel.run(`console.log("ready");\n${source}`, "endless");
  await kernel.until(
    (notice) =>
      kernel.notices.indexOf(notice) >= from &&
      notice.kind === "output" &&
      notice.output.kind === "stream",
  );
  kernel.client.interrupt();
  return done;
}

const endless: Readonly<Record<string, string>> = {
  "an empty loop": "while (true) {}",
  "a loop that catches everything": "while (true) { try { while (true) {} } catch {} }",
  "a loop that continues in finally": "for (;;) { try { for (;;) {} } finally { continue; } }",
  "a function that loops": "const spin = () => { for (;;) {} }; spin();",
  "a loop that awaits": "while (true) await null;",
  "an await that never ends": "await new Promise(() => {});",
  "an await in a loop that catches": `
    for (;;) { try { await new Promise((resolve) => setTimeout(resolve, 5)); } catch {} }`,
  "a promise that is caught": `
    const f = async () => { for (;;) { await null; } };
    await f().catch(() => f()).catch(() => f());`,
  "a labelled loop": "outer: for (;;) { for (;;) { continue outer; } }",
  "calls that call themselves": `
    function f(n: number): number { return n > 0 ? f(n - 1) + f(n - 1) : 1; }
    f(100);`,
  "a function of another cell": "spin();",
  "a callback of a timer": "await new Promise(() => setTimeout(() => { for (;;) {} }, 1));",
  "a callback of the platform": "[2, 1].sort(() => { for (;;) {} });",
  // One call of a second or more, which ends by itself where it does not hear.
  "a long product of the engine": `
    import { rand } from "descent";
    const x = rand([3000, 3000]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    x.matmul(x);`,
  "a long decomposition": `
    import { linalg, rand } from "descent";
    const a = rand([700, 700]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    linalg.svd(a);`,
  "a long sort": `
    import { rand } from "descent";
    const x = rand([4_000_000]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    x.sort();`,
  "a result that promises what it looks like": `
    ({ [Symbol.for("Jupyter.display")]: () => new Promise(() => {}) })`,
  "a loop of the platform over an iterator that calls nothing": `
    new Set({ [Symbol.iterator]() { return this; }, next: () => ({ done: false, value: 1 }) });`,
  "getters that ask each other": `
    let depth = 0;
    const both = { get one(): number { return depth++ > 40 ? depth-- : this.one + this.one - (depth-- && 0); } };
    both.one;`,
  "callbacks that call nothing": `
    for (const round of [1, 2, 3, 4, 5, 6, 7, 8, 9]) Array.from({ length: 5e7 }, (_, i) => i % round);`,
  "the printing of its result": "({ toString() { for (;;) {} } })",
  "defaults of parameters that call their function": `
    function f(n: number, sum: number = n > 0 ? f(n - 1) + f(n - 1) : 1): number { return sum; }
    f(100);`,
  "fields of a class that make another": `
    let depth = 0;
    class Pair { both: unknown = depth++ < 60 ? [new Pair(), new Pair(), depth--] : depth--; }
    new Pair();`,
  "an iterator whose next was assigned": `
    const it: any = { [Symbol.iterator]: () => it };
    it.next = () => ({ done: false, value: 1 });
    for (const n of [new Set(it)]) n;`,
  "setters that set each other": `
    let depth = 0;
    const both = { set one(v: number) { if (depth++ < 60) { this.one = v; this.one = v; } depth--; } };
    both.one = 1;`,
  "a proxy that asks itself": `
    let depth = 0;
    const proxy: any = new Proxy({}, {
      get(target, key, self) { if (depth > 40) return 1; depth++; const sum = self.x + self.x; depth--; return sum; },
    });
    proxy.x;`,
  // They stay where the stack is full, and nothing can be sent from there: what was said goes before.
  "functions that call each other when they fail": `
    await new Promise((go) => setTimeout(go, 20));
    function one() { try { two(); } catch { one(); } }
    function two() { try { one(); } catch { two(); } }
    one();`,
  "a generator": "function* all() { for (;;) yield 1; }\nfor (const x of all()) x + 1;",
};

describe("interrupt()", () => {
  let kernel: NotebookKernel;
  beforeAll(async () => {
    kernel = await startNotebookKernel({ graceMs: 15_000 });
    await kernel.run("let kept = 42; function spin() { for (;;) {} }");
  });
  afterAll(() => kernel.client.close());

  test.each(Object.entries(endless))("stops %s and keeps the names", async (_, source) => {
    const { status, error } = await stop(kernel, source);
    expect(status).toBe("interrupted");
    expect(error).toMatchObject({ kind: "interrupted", name: "Interrupted" });
    expect((await kernel.run("kept")).result).toBe("42");
  });
});

test("interrupt() says at which line the cell was", async () => {
  await using kernel = await startNotebookKernel();
  const { error } = await stop(kernel, "\nwhile (true) {\n}");
  expect(error?.frames.at(0)).toMatchObject({ cell: "endless", line: 3 });
});

test("interrupt() lets a function that was stopped be called again", async () => {
  await using kernel = await startNotebookKernel();
  await stop(
    kernel,
    "let rounds = 0; function work(n: number) { while (rounds < n) rounds++; return rounds; }\nwork(Infinity);",
  );
  expect((await kernel.run("rounds = 0; work(1000)")).result).toBe("1000");
});

test("a cell stopped in an await does not go on when another cell runs", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run("let steps = 0;");
  await stop(
    kernel,
    'for (;;) { await new Promise((resolve) => setTimeout(resolve, 20)); steps++; console.log("zombie"); }',
  );
  const before = (await kernel.run("steps")).result;
  const { text } = await kernel.run("await new Promise((resolve) => setTimeout(resolve, 100));");
  expect(text).toBe("");
  expect((await kernel.run("steps")).result).toBe(before);
});

const waits: Readonly<Record<string, string>> = {
  "an await": "await answer; said += 'on';",
  "an await that would fail": "try { await refusal; } catch { said += 'caught'; } said += 'on';",
  "a function that waits":
    "const wait = async () => { await answer; said += 'on'; };\nawait wait();",
  "a loop over what comes": "for await (const one of [answer, answer]) said += 'on';",
  "a loop over what comes, in one line":
    "async function all() { for await (const one of [answer]) { said += 'on'; } }\nawait all();",
};

test.each(Object.entries(waits))(
  "%s that was stopped does not go on when the answer comes after all",
  async (_, source) => {
    await using kernel = await startNotebookKernel();
    const channel = new BroadcastChannel("descent-test-late");
    await kernel.run(
      `const channel = new BroadcastChannel("descent-test-late");
       let said = "";
       const answer = new Promise((resolve) => { channel.onmessage = resolve; });
       const refusal = answer.then(() => { throw new Error("refused"); });
       void refusal.catch(() => {});`,
      "channel",
    );
    await stop(kernel, source);
    channel.postMessage("late");
    const { result } = await kernel.run(
      "await answer; await new Promise((go) => setTimeout(go, 20)); channel.close(); said",
    );
    channel.close();
    expect(result).toBe('""');
  },
);

test("what an earlier cell has answer messages goes on doing so after a stop", async () => {
  await using kernel = await startNotebookKernel();
  const channel = new BroadcastChannel("descent-test-answering");
  const answered = new Promise((resolve) => {
    channel.onmessage = ({ data }) => data === "heard" && resolve(data);
  });
  await kernel.run(
    `const channel = new BroadcastChannel("descent-test-answering");
     channel.onmessage = async () => { await null; channel.postMessage("heard"); };`,
    "answering",
  );
  await stop(kernel, "for (;;) {}");
  channel.postMessage("hello");
  expect(await answered).toBe("heard");
  channel.close();
  await kernel.run("channel.close();");
});

test("what waits for an answer prints it under its own cell, whichever runs then", async () => {
  await using kernel = await startNotebookKernel();
  const channel = new BroadcastChannel("descent-test-owner");
  await kernel.run(
    `const channel = new BroadcastChannel("descent-test-owner");
     const answer = new Promise((resolve) => { channel.onmessage = resolve; });
     void (async () => { await answer; console.log("of a"); channel.close(); })();`,
    "a",
  );
  const second = kernel.run(
    "console.log('b'); await answer; await new Promise((go) => setTimeout(go, 20)); console.log('of b');",
    "b",
  );
  await kernel.until((notice) => notice.kind === "output" && notice.cell === "b");
  channel.postMessage("now");
  await second;
  channel.close();
  const said = kernel.notices.flatMap((notice) =>
    notice.kind === "output" && notice.output.kind === "stream"
      ? [`${notice.cell}: ${notice.output.text.trim()}`]
      : [],
  );
  expect(said).toEqual(["b: b", "a: of a", "b: of b"]);
});

test("interrupt() takes back a cell whose data does not come, and the next one runs", async () => {
  const asked: string[] = [];
  const data: DataSource = {
    names: ["far"],
    fetch: (name) => (asked.push(name), new Promise(() => {})),
  };
  await using kernel = await startNotebookKernel({ data });
  await kernel.run("let kept = 42;");
  const waiting = kernel.run('"far"', "waiting");
  await vi.waitFor(() => expect(asked).toEqual(["far"]));
  kernel.client.interrupt();
  expect((await waiting).status).toBe("cancelled");
  expect((await kernel.run("kept")).result).toBe("42");
});

test("restart() takes back a cell whose data does not come", async () => {
  const data: DataSource = { names: ["far"], fetch: () => new Promise(() => {}) };
  await using kernel = await startNotebookKernel({ data });
  const waiting = kernel.run('"far"', "waiting");
  await kernel.client.restart();
  expect((await waiting).status).toBe("cancelled");
  expect((await kernel.run("6 * 7")).result).toBe("42");
});

test("interrupt() ends what a cell that is over still does, for good", async () => {
  await using kernel = await startNotebookKernel({ graceMs: 15_000 });
  const channel = new BroadcastChannel("descent-test-over");
  const ticked = new Promise<void>((resolve) => (channel.onmessage = () => resolve()));
  await kernel.run(
    `const channel = new BroadcastChannel("descent-test-over");
     let ticks = 0;
     void setInterval(() => { ticks++; channel.postMessage("tick"); for (;;) {} }, 5);`,
    "over",
  );
  await ticked;
  channel.close();
  const next = kernel.run("ticks", "next");
  await kernel.until((notice) => notice.kind === "started" && notice.cell === "next");
  kernel.client.interrupt();
  expect((await next).status).toBe("interrupted");
  const { result } = await kernel.run(
    "await new Promise((resolve) => setTimeout(resolve, 50)); ticks",
  );
  expect(result).toBe("1");
});

test("interrupt() empties the queue", async () => {
  await using kernel = await startNotebookKernel();
  const later = stop(kernel, "for (;;) {}");
  const queued = kernel.run("1", "later");
  await Promise.all([later, queued]);
  expect(kernel.notices).toContainEqual(
    expect.objectContaining({ kind: "cancelled", cell: "later" }),
  );
  expect(
    kernel.notices.some((notice) => notice.kind === "started" && notice.cell === "later"),
  ).toBe(false);
});

/** Runs a cell that no guard can end; resolves when it is past its last guard. */
async function hang(kernel: NotebookKernel) {
  const channel = new BroadcastChannel("descent-test-hang");
  const hung = new Promise<void>((resolve) => (channel.onmessage = () => resolve()));
  const done = kernel.run(
    `const channel = new BroadcastChannel("descent-test-hang");
     channel.postMessage("hung"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
    "endless",
  );
  await hung;
  channel.close();
  return { done };
}

test("a second interrupt() ends a kernel that cannot hear, and the next run has a new one", async () => {
  await using kernel = await startNotebookKernel({ graceMs: 60_000 });
  await kernel.run("let gone = 1;");
  const { done } = await hang(kernel);
  kernel.client.interrupt();
  kernel.client.interrupt();
  const { status, error: stop } = await done;
  expect(status).toBe("killed");
  expect(stop).toMatchObject({
    kind: "interrupted",
    message: "Stopped by ending the kernel: the cell did not hear the stop.",
  });
  expect(kernel.notices).toContainEqual(
    expect.objectContaining({ kind: "kernel", status: "dead", reason: "the kernel was stopped" }),
  );
  const { error } = await kernel.run("gone");
  expect(error?.message).toMatch("gone is not defined");
});

test("the grace time ends a kernel that cannot hear", async () => {
  await using kernel = await startNotebookKernel({ graceMs: 50 });
  const { done } = await hang(kernel);
  kernel.client.interrupt();
  expect((await done).status).toBe("killed");
});

test("a kernel that ends itself ends its run as killed, and the next run has a new one", async () => {
  await using kernel = await startNotebookKernel();
  const { status, error } = await kernel.run("process.reallyExit(3)");
  expect(status).toBe("killed");
  expect(error).toMatchObject({
    name: "KernelEnded",
    message: "The kernel was stopped",
    hint: "What earlier cells defined is gone: run them again",
  });
  expect((await kernel.run("1 + 1")).result).toBe("2");
});

test("restart() gives an empty kernel at once, in the middle of a run", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run("let old = 1;");
  const busy = kernel.run('console.log("on"); for (;;) {}', "busy");
  await kernel.until((notice) => notice.kind === "output");
  await kernel.client.restart();
  expect((await busy).status).toBe("killed");
  const { status, error } = await kernel.run("old");
  expect(status).toBe("error");
  expect(error?.message).toMatch("old is not defined");
  expect(kernel.notices.findLast((notice) => notice.kind === "started")).toMatchObject({
    executionCount: 1,
  });
});
