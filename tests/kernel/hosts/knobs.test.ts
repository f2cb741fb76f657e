import { expect, test } from "vitest";
import { FIGURE_MIME, KNOB_MIME } from "../../../kernel/protocol.ts";
import type { KernelConnection } from "../../../kernel/hosts/host.ts";
import { startNotebookKernel } from "./notebook-kernel.ts";

const ui = 'import { ui } from "descent";\n';

test("a running synchronous loop sees a choice, a toggle, a number and a text as they are set", async () => {
  await using kernel = await startNotebookKernel();
  const done = kernel.run(
    `${ui}const name = ui.select("optimiser", ["SGD", "Adam"] as const);
     const on = ui.toggle("on");
     const size = ui.number("size", { value: 1 });
     const word = ui.text("word", { value: "an" });
     function work() {
       while (name.value !== "Adam" || !on.value || size.value < 1e6 || word.value !== "naïve 🙂") {}
       return [name.value, on.value, size.value, word.value];
     }
     work()`,
    "c",
  );
  await kernel.until(
    (notice) =>
      notice.kind === "output" &&
      notice.output.kind === "display" &&
      JSON.stringify(notice.output.data).includes("c/word"),
  );
  kernel.client.setKnob("c/optimiser", "Adam");
  kernel.client.setKnob("c/on", true);
  kernel.client.setKnob("c/size", 2e6);
  kernel.client.setKnob("c/word", "naïve 🙂");
  expect(await done).toMatchObject({
    status: "ok",
    result: '["Adam", true, 2000000, "naïve 🙂"]',
  });
});

test("values of every kind survive a re-run and a restart; one that no longer fits is forgotten", async () => {
  await using kernel = await startNotebookKernel({
    knobs: { "c/optimiser": "Adam", "c/on": true, "c/size": 99, "c/word": "quo" },
  });
  const source = (options: string) =>
    `${ui}[ui.select("optimiser", ${options}).value, ui.toggle("on").value,
      ui.number("size", { max: 64 }).value, ui.text("word").value].join()`;
  const names = '["SGD", "Adam"]';
  expect((await kernel.run(source(names), "c")).result).toBe('"Adam,true,64,quo"');
  kernel.client.setKnob("c/word", "vadis");
  expect((await kernel.run(source(names), "c")).result).toBe('"Adam,true,64,vadis"');
  await kernel.client.restart();
  expect((await kernel.run(source(names), "c")).result).toBe('"Adam,true,64,vadis"');
  expect((await kernel.run(source('["SGD"]'), "c")).result).toBe('"SGD,true,64,vadis"');
});

test("a text that a program sets holds until the reader writes again", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(`${ui}const word = ui.text("word");`, "c");
  kernel.client.setKnob("c/word", "mine");
  expect((await kernel.run("word.value", "d")).result).toBe('"mine"');
  expect((await kernel.run('word.value = "its"; word.value', "d")).result).toBe('"its"');
  kernel.client.setKnob("c/word", "mine again");
  expect((await kernel.run("word.value", "d")).result).toBe('"mine again"');
});

test("two cells show one knob, and a program's turn moves it in both", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(`${ui}const w = ui.slider("w", { min: 0, max: 10, value: 1 });\nw`, "a");
  const views = (cell: string, kind: string) =>
    kernel.notices.flatMap((notice) =>
      notice.kind === "output" && notice.cell === cell && notice.output.kind === kind
        ? [(notice.output as { data: Record<string, unknown> }).data[KNOB_MIME]]
        : [],
    );
  expect(views("a", "display")).toHaveLength(1);
  await kernel.run("display(w);\ndisplay(w);", "b");
  expect(views("b", "display")).toMatchObject([{ id: "a/w", value: 1 }]);
  await kernel.run("w.value = 4;", "c");
  expect(views("a", "display")).toHaveLength(1);
  expect(views("a", "update").at(-1)).toMatchObject({ id: "a/w", value: 4 });
  expect(views("b", "update").at(-1)).toMatchObject({ id: "a/w", value: 4 });
});

test("a figure follows a knob it was given, though its cell trained and does not run again", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    `import { plot, ui } from "descent";
     const smooth = ui.slider("smooth", { min: 0, max: 0.9, value: 0 });
     const curve = plot.live({ smooth });
     for (const loss of [3, 1, 2]) curve.push({ loss });`,
    "c",
  );
  const figure = () =>
    kernel.notices.findLast(
      (notice) =>
        notice.kind === "output" &&
        (notice.output.kind === "display" || notice.output.kind === "update") &&
        FIGURE_MIME in notice.output.data,
    );
  const end = kernel.notices.findLast((notice) => notice.kind === "finished");
  expect(end).toMatchObject({ report: { readKnobs: [] } });
  const before = figure();
  kernel.client.setKnob("c/smooth", 0.8);
  await kernel.until(() => figure() !== before);
  expect(JSON.stringify(figure())).not.toBe(JSON.stringify(before));
});

test("a 65th text is refused by name", async () => {
  await using kernel = await startNotebookKernel();
  const { error } = await kernel.run(`${ui}for (let i = 0; i < 65; i++) ui.text("t" + i);`);
  expect(error?.message).toBe("ui.text: this notebook has 64 texts already, restart it");
});

test("a button's function runs between two turns of a loop that runs", async () => {
  await using kernel = await startNotebookKernel();
  const done = kernel.run(
    `${ui}let goal = 0;
     let inTurn = false;
     let torn = false;
     ui.button("go", () => { goal += 1; torn ||= inTurn; console.log("pressed"); });
     const half = () => { for (let i = 0; i < 1000; i++) Math.sqrt(i); };
     function work() {
       while (goal < 2) { inTurn = true; half(); half(); inTurn = false; }
     }
     work();
     torn`,
    "c",
  );
  const shown = (notice: { kind: string }) => notice.kind === "output";
  await kernel.until(shown);
  expect(kernel.client.pressKnob("c/go")).toBe("answered");
  await kernel.until(
    (notice) =>
      notice.kind === "output" &&
      notice.output.kind === "stream" &&
      notice.output.text === "pressed\n",
  );
  kernel.client.pressKnob("c/go");
  expect(await done).toMatchObject({ status: "ok", text: "pressed\npressed\n" });
});

test("a button's function runs while a loop waits, and while nothing runs; each press once", async () => {
  await using kernel = await startNotebookKernel();
  const done = kernel.run(
    `${ui}let count = 0;
     const tell = ui.button("tell", async () => { await null; count += 1; console.log("n" + count); });
     while (count < 1) await new Promise((resolve) => setTimeout(resolve, 1));`,
    "c",
  );
  await kernel.until((notice) => notice.kind === "output");
  kernel.client.pressKnob("c/tell");
  await done;
  kernel.client.pressKnob("c/tell");
  kernel.client.pressKnob("c/tell");
  expect((await kernel.run("[count, tell.presses].join()", "d")).result).toBe('"3,3"');
  const text = kernel.notices.flatMap((notice) =>
    notice.kind === "output" && notice.cell === "c" && notice.output.kind === "stream"
      ? [notice.output.text]
      : [],
  );
  expect(text.join("")).toBe("n1\nn2\nn3\n");
});

test("a press is answered though the frame, who counts it too, is late", async () => {
  const late: KernelConnection["turnKnob"] = () => {};
  await using kernel = await startNotebookKernel({
    through: (host) => ({
      start: async () => ({ ...(await host.start()), turnKnob: late }),
    }),
  });
  await kernel.run(`${ui}let n = 0;\nconst more = ui.button("more", () => { n += 1; });`, "a");
  kernel.client.pressKnob("a/more");
  await kernel.until((notice) => notice.kind === "answered");
  expect((await kernel.run("[n, more.presses].join()", "b")).result).toBe('"1,1"');
});

test("what a button's function changes is told, once nothing runs", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(`${ui}let n = 0;\nui.button("more", () => { n += 1; });`, "a");
  kernel.client.pressKnob("a/more");
  expect(await kernel.until((notice) => notice.kind === "answered")).toMatchObject({
    cell: "a",
    wrote: ["n"],
  });
});

test("an error of a button's function is its cell's, and ends no loop", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    `${ui}let done = false;\nui.button("fail", () => { done = true; throw new Error("no"); });`,
    "a",
  );
  const loop = kernel.run("while (!done) {}\n'went on'", "b");
  await kernel.until((notice) => notice.kind === "started" && notice.cell === "b");
  kernel.client.pressKnob("a/fail");
  expect(await loop).toMatchObject({ status: "ok", result: '"went on"' });
  const failed = await kernel.until(
    (notice) => notice.kind === "output" && notice.output.kind === "error",
  );
  expect(failed).toMatchObject({ cell: "a", output: { error: { message: "no" } } });
});

test("Stop ends a button's function that runs for ever, and the names stay", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    `${ui}let turns = 0;\nui.button("spin", () => { console.log("begun"); while (true) turns += 1; });`,
    "a",
  );
  kernel.client.pressKnob("a/spin");
  await kernel.until((notice) => notice.kind === "output" && notice.output.kind === "stream");
  expect(kernel.notices.findLast((notice) => notice.kind === "kernel")).toMatchObject({
    status: "busy",
  });
  kernel.client.interrupt();
  expect((await kernel.run("turns > 0", "b")).result).toBe("true");
  expect(kernel.notices).toContainEqual(
    expect.objectContaining({
      cell: "a",
      output: expect.objectContaining({ error: expect.objectContaining({ kind: "interrupted" }) }),
    }),
  );
});

test("a button counts from 0 in a new kernel, which does not know it until its cell has run", async () => {
  await using kernel = await startNotebookKernel();
  const source = `${ui}const b = ui.button("again");\nb.presses`;
  await kernel.run(source, "c");
  kernel.client.pressKnob("c/again");
  expect((await kernel.run(source, "c")).result).toBe("1");
  await kernel.client.restart();
  expect(kernel.client.pressKnob("c/again")).toBeNull();
  expect((await kernel.run(source, "c")).result).toBe("0");
});
