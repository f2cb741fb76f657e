import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type NotebookKernel, startNotebookKernel } from "./notebook-kernel.ts";

/** How the kernel was said to be, since notice `from`. */
function statuses(kernel: NotebookKernel, from: number): readonly string[] {
  return kernel.notices
    .slice(from)
    .flatMap((notice) => (notice.kind === "kernel" ? [notice.status] : []));
}

/** What goes on when its cell is over, and what it needs to have run before. */
const goesOn: Readonly<Record<string, string>> = {
  "a loop that nobody awaits": `
    const step = async () => { turns++; };
    const loop = async () => { for (;;) await step(); };
    void loop();`,
  "a timer that repeats": "void setInterval(() => { turns++; }, 300);",
  "timers that set each other": `
    const again = () => { turns++; setTimeout(again, 5); };
    setTimeout(again, 5);`,
  "timers that set each other long before they call": `
    const rarely = () => { turns++; setTimeout(rarely, 2_000); };
    setTimeout(rarely, 5);`,
  "promises that a timer sets going":
    "const chain = () => { turns++; void Promise.resolve().then(chain); };\nsetTimeout(chain, 5);",
  "an endless callback of a timer": "setTimeout(() => { for (;;) turns++; }, 5);",
};

describe("what a cell leaves going", () => {
  let kernel: NotebookKernel;
  beforeAll(async () => {
    kernel = await startNotebookKernel({ graceMs: 15_000 });
    await kernel.run("let turns = 0;");
  });
  afterAll(() => kernel.client.close());

  test.each(Object.entries(goesOn))("is told and stopped: %s", async (_, source) => {
    const from = kernel.notices.length;
    expect((await kernel.run(source, "over")).status).toBe("ok");
    await vi.waitFor(() => expect(statuses(kernel, from)).toEqual(["busy", "idle", "background"]), {
      timeout: 5_000,
    });
    kernel.client.interrupt();
    await vi.waitFor(() => expect(statuses(kernel, from).at(-1)).toBe("idle"), { timeout: 5_000 });
    const before = Number((await kernel.run("turns")).result);
    expect(before).toBeGreaterThan(0);
    const { result } = await kernel.run(
      "await new Promise((resolve) => setTimeout(resolve, 50)); turns",
    );
    expect(Number(result)).toBe(before);
  });

  test("is told and stopped before it has called once", async () => {
    const from = kernel.notices.length;
    await kernel.run("turns = 0; setTimeout(() => { turns++; }, 1_500);", "over");
    await vi.waitFor(() => expect(statuses(kernel, from).at(-1)).toBe("background"));
    kernel.client.interrupt();
    await vi.waitFor(() => expect(statuses(kernel, from).at(-1)).toBe("idle"));
    const { result } = await kernel.run(
      "await new Promise((resolve) => setTimeout(resolve, 1_600)); turns",
    );
    expect(result).toBe("0");
  });

  test("lets other cells run beside it", async () => {
    const from = kernel.notices.length;
    await kernel.run("void setInterval(() => { turns++; }, 5);", "over");
    await vi.waitFor(() => expect(statuses(kernel, from).at(-1)).toBe("background"));
    expect((await kernel.run("6 * 7")).result).toBe("42");
    expect(statuses(kernel, from).at(-1)).toBe("background");
    kernel.client.interrupt();
    await vi.waitFor(() => expect(statuses(kernel, from).at(-1)).toBe("idle"));
  });

  test("is no news when it is done at once", async () => {
    const from = kernel.notices.length;
    await kernel.run("setTimeout(() => { for (let i = 0; i < 10; i++) turns++; }, 1);", "over");
    await kernel.run("await new Promise((resolve) => setTimeout(resolve, 1500));");
    expect(statuses(kernel, from)).toEqual(["busy", "idle", "busy", "idle"]);
  });
});

test("a chain of promises that never waits is part of its cell, and stops with it", async () => {
  await using kernel = await startNotebookKernel({ graceMs: 15_000 });
  const done = kernel.run(
    `let turns = 0;
     const chain = () => { if (turns++ === 100_000) console.log("on"); void Promise.resolve().then(chain); };
     chain();
     turns`,
    "chain",
  );
  await kernel.until((notice) => notice.kind === "output" && notice.output.kind === "stream");
  expect(kernel.notices.some(({ kind }) => kind === "finished")).toBe(false);
  kernel.client.interrupt();
  expect(await done).toMatchObject({ status: "interrupted", result: "1" });
  expect(Number((await kernel.run("turns")).result)).toBeGreaterThan(100_000);
});

test("a second stop ends the kernel of what hears none", async () => {
  await using kernel = await startNotebookKernel({ graceMs: 15_000 });
  await kernel.run("setTimeout(() => /^(?:a|aa)+$/.test('a'.repeat(60) + 'b'), 5);");
  await kernel.until((notice) => notice.kind === "kernel" && notice.status === "background");
  kernel.client.interrupt();
  kernel.client.interrupt();
  await kernel.until((notice) => notice.kind === "kernel" && notice.status === "dead");
  expect((await kernel.run("6 * 7")).result).toBe("42");
});
