import { expect, test } from "vitest";
import type { RunRequest } from "../../../kernel/hosts/notices.ts";
import { KNOB_MIME } from "../../../kernel/protocol.ts";
import { outcomeOf, request, startNotebookKernel } from "./notebook-kernel.ts";

test("run() runs cells in the order of their requests", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.client.run([
    request("a", "const log = ['a'];"),
    request("b", "await null; log.push('b');"),
    request("c", "log.join()"),
  ]);
  expect(outcomeOf(kernel.notices, "c").result).toBe('"a,b"');
});

test("run() stops at the first error and takes back the rest", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.client.run([request("a", "throw 1"), request("b", "2")]);
  expect(outcomeOf(kernel.notices, "a").status).toBe("error");
  expect(outcomeOf(kernel.notices, "b").status).toBe("cancelled");
});

test("run() goes on after a cell that is meant to fail", async () => {
  await using kernel = await startNotebookKernel();
  const failing: RunRequest = { ...request("a", "throw 1"), raisesException: true };
  await kernel.client.run([failing, request("b", "2")]);
  expect(outcomeOf(kernel.notices, "b").result).toBe("2");
});

test("a flood of output is bounded, with its head and its tail kept", async () => {
  await using kernel = await startNotebookKernel();
  const { text } = await kernel.run('for (let i = 0; i < 400_000; i++) console.log("line " + i);');
  expect(text.startsWith("line 0\nline 1\n")).toBe(true);
  expect(text.endsWith("line 399999\n")).toBe(true);
});

test("a flood that nobody shows waits in bounded memory", async () => {
  const channel = new BroadcastChannel("descent-test-flood");
  const flooded = new Promise<void>((resolve) => (channel.onmessage = () => resolve()));
  await using kernel = await startNotebookKernel({
    onNotices: (told) => (told.some((notice) => notice.kind === "output") ? flooded : undefined),
  });
  const { text, outputs } = await kernel.run(
    `for (let i = 0; i < 300_000; i++) console.log("line " + i);
     new BroadcastChannel("descent-test-flood").postMessage("done");`,
  );
  channel.close();
  const left = outputs.flatMap((output) => (output.kind === "stream" ? [output.omitted] : []));
  const lines = text.split("\n").length - 1;
  expect(lines + left.reduce((sum, each) => sum + (each?.lines ?? 0), 0)).toBe(300_000);
  expect(text.length).toBeLessThan(2_000_000);
  expect(text.endsWith("line 299999\n")).toBe(true);
});

test("many displays keep the first and the last", async () => {
  await using kernel = await startNotebookKernel();
  const { outputs } = await kernel.run("for (let i = 0; i < 20_000; i++) display(i);");
  const shown = outputs.filter((output) => output.kind === "display");
  expect(shown.length).toBeLessThan(20_000);
  expect(shown[0]?.data).toEqual({ "text/plain": "0" });
  expect(shown.at(-1)?.data).toEqual({ "text/plain": "19999" });
});

test("output moves while a synchronous function runs", async () => {
  await using kernel = await startNotebookKernel();
  const done = kernel.run(
    "function work() { for (let i = 0; ; i++) { if (i % 1e5 === 0) console.log(i); } }\nwork();",
  );
  await kernel.until(
    (notice) =>
      notice.kind === "output" &&
      notice.output.kind === "stream" &&
      notice.output.text.includes("000\n"),
  );
  const batches = () => kernel.notices.filter((notice) => notice.kind === "output").length;
  const before = batches();
  await kernel.until(() => batches() > before + 3);
  kernel.client.interrupt();
  expect((await done).status).toBe("interrupted");
});

test("a cell that makes and turns a knob has not read it, so a drag does not run it again", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    `import { ui } from "descent";
     const rate = ui.slider("rate", { min: 0, max: 10 });
     rate.value = 3;`,
    "knob",
  );
  const report = () => kernel.notices.findLast((notice) => notice.kind === "finished");
  expect(report()).toMatchObject({ report: { readKnobs: [] } });
  expect((await kernel.run("rate.value", "reader")).result).toBe("3");
  expect(report()).toMatchObject({ report: { readKnobs: ["knob/rate"] } });
});

test("a knob moves a running synchronous loop", async () => {
  await using kernel = await startNotebookKernel();
  const done = kernel.run(
    `import { ui } from "descent";
     const rate = ui.slider("rate", { min: 0, max: 10, value: 1 });
     function work() { while (rate.value < 7) {} return rate.value; }
     work()`,
    "knob",
  );
  await kernel.until((notice) => notice.kind === "output" && notice.output.kind === "display");
  kernel.client.setKnob("knob/rate", 8);
  expect(await done).toMatchObject({ status: "ok", result: "8" });
  expect(kernel.notices.findLast((notice) => notice.kind === "finished")).toMatchObject({
    report: { readKnobs: ["knob/rate"] },
  });
});

test("a knob keeps the reader's value when its cell runs again, also in a new kernel", async () => {
  await using kernel = await startNotebookKernel({ knobs: { "knob/rate": 3 } });
  const source =
    'import { ui } from "descent";\nui.slider("rate", { min: 0, max: 10, value: 1 }).value';
  const first = await kernel.run(source, "knob");
  expect(first.result).toBe("3");
  kernel.client.setKnob("knob/rate", 4);
  expect((await kernel.run(source, "knob")).result).toBe("4");
  await kernel.client.restart();
  const again = await kernel.run(source, "knob");
  expect(again.result).toBe("4");
  const shown = again.outputs.find((output) => output.kind === "display");
  expect(shown?.data[KNOB_MIME]).toMatchObject({ value: 4 });
});

test("a program turns a knob and its page follows; a value that is none leaves it alone", async () => {
  await using kernel = await startNotebookKernel();
  const { result, outputs } = await kernel.run(
    `import { ui } from "descent";
     const w = ui.slider("w", { min: 0, max: 10, value: 1 });
     await new Promise((resolve) => setTimeout(resolve, 50));
     w.value = 4;
     w.value = NaN;
     w.value`,
  );
  expect(result).toBe("4");
  const last = outputs.findLast((output) => output.kind === "update");
  expect(last?.data[KNOB_MIME]).toMatchObject({ value: 4 });
});

test("a data set is asked for before a cell runs that names it, and for no other cell", async () => {
  let fetched = 0;
  await using kernel = await startNotebookKernel({
    data: {
      names: ["spiral-of-words"],
      fetch: () => {
        fetched += 1;
        return Promise.reject(new Error("unreadable"));
      },
    },
  });
  expect((await kernel.run('const name = "spiral-of-words";')).status).toBe("ok");
  expect(fetched).toBe(1);
  expect((await kernel.run('"other"')).status).toBe("ok");
  expect(fetched).toBe(1);
});

test("clear(true) empties when the next output comes, and a display is updated in its place", async () => {
  await using kernel = await startNotebookKernel();
  const { outputs } = await kernel.run(
    `const line = display("a");
     await new Promise((resolve) => setTimeout(resolve, 50));
     line.update("b");
     await new Promise((resolve) => setTimeout(resolve, 50));
     clear(true);
     await new Promise((resolve) => setTimeout(resolve, 50));
     display("c", { id: "state" });
     line`,
  );
  expect(outputs).toMatchObject([
    { kind: "display", data: { "text/plain": '"a"' } },
    { kind: "update", data: { "text/plain": '"b"' } },
    { kind: "clear", wait: true },
    { kind: "display", data: { "text/plain": '"c"' } },
  ]);
});

test("clear() empties what the cell has shown so far", async () => {
  await using kernel = await startNotebookKernel();
  const { outputs } = await kernel.run("display(1); clear(); display(2)");
  expect(outputs).toMatchObject([
    { kind: "clear", wait: false },
    { kind: "display", data: { "text/plain": "2" }, metadata: {} },
  ]);
});

test("an error comes with the line that ran, though its cell says something else by now", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run("\n\nfunction boom(x: any) { return x.a.b; }", "a");
  await kernel.run("// one\n// two\n// three\nconst other = 1;", "a");
  const { error } = await kernel.run("boom({})", "b");
  expect(error?.frames[0]).toMatchObject({ cell: "a", line: 3 });
  expect(error?.text).toBe("function boom(x: any) { return x.a.b; }");
});

test("run() says of a data set that does not come which one, and begins no cell that loads it", async () => {
  const absent = () => Promise.reject(new TypeError("Failed to fetch"));
  await using kernel = await startNotebookKernel({ data: { names: ["iris"], fetch: absent } });
  const { error, text } = await kernel.run(
    `import { data } from "descent"; console.log("begun"); data.load("iris")`,
  );
  expect(error).toMatchObject({ kind: "runtime", name: "No data" });
  expect(error?.message).toBe('The data set "iris" could not be fetched: Failed to fetch.');
  expect(error?.hint).toContain("run it again");
  expect(text).toBe("");
});

test("run() misses no data set of which a cell only says the name", async () => {
  const absent = () => Promise.reject(new TypeError("Failed to fetch"));
  await using kernel = await startNotebookKernel({ data: { names: ["names"], fetch: absent } });
  expect((await kernel.run('"names"')).result).toBe('"names"');
});
