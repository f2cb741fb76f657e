import { expect, test } from "vitest";
import { FIGURE_MIME, FIGURE_PARTS_MIME, type FigureParts } from "../../../kernel/protocol.ts";
import { type NotebookKernel, startNotebookKernel } from "./notebook-kernel.ts";

const source = `import { plot, ui } from "descent";
  const rate = ui.slider("rate", { min: 0, max: 1, value: 0.25 });
  const curve = plot.live();
  for (const loss of [3, rate.value, 2]) curve.push({ loss });`;

const figures = (kernel: NotebookKernel) =>
  kernel.notices.flatMap((notice) =>
    notice.kind === "output" &&
    (notice.output.kind === "display" || notice.output.kind === "update") &&
    FIGURE_MIME in notice.output.data
      ? [notice.output]
      : [],
  );

/** The newest bundle of the figure that was made last: updates of others may come after it. */
function newest(kernel: NotebookKernel): Record<string, unknown> {
  const told = figures(kernel);
  const id = told.findLast(({ kind }) => kind === "display")?.display;
  return told.findLast((figure) => figure.display === id)?.data ?? {};
}

const names = (kernel: NotebookKernel) =>
  (newest(kernel)[FIGURE_MIME] as { data: { name?: string }[] }).data.map(({ name }) => name);
const control = (kernel: NotebookKernel, label: string) =>
  (newest(kernel)[FIGURE_PARTS_MIME] as FigureParts | undefined)?.controls.find(
    (each) => each.label === label,
  );

test("a figure's controls answer while nothing runs, and no cell runs again for them", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(source, "c");
  expect(names(kernel)).toEqual(["loss"]);
  const pin = control(kernel, "Pin");
  expect(pin?.id).toBe("c/figure plot.live Pin");
  expect(kernel.client.pressKnob(pin?.id ?? "")).toBe("counted");
  await kernel.until(() => names(kernel).includes("rate 0.25"));
  kernel.client.setKnob(control(kernel, "Smooth")?.id ?? "", 0.9);
  await kernel.until(() => names(kernel).filter((name) => name === "loss").length === 2);
  const runs = kernel.notices.filter((notice) => notice.kind === "started");
  expect(runs).toHaveLength(1);
});

test("they answer inside a busy function too", async () => {
  await using kernel = await startNotebookKernel();
  const done = kernel.run(
    `import { plot } from "descent";
     const curve = plot.live();
     function train() {
       for (let i = 0; !String(curve).includes("pinned") && i < 1e7; i++) curve.push({ loss: i % 3 });
     }
     train();`,
    "c",
  );
  await kernel.until(() => control(kernel, "Pin") !== undefined);
  kernel.client.pressKnob("c/figure plot.live Pin");
  expect((await done).status).toBe("ok");
  expect(names(kernel)).toContain("run 1");
});

test("a re-run of the cell finds the curve before as a ghost, its pins, and the reader's smoothing", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(source, "c");
  kernel.client.pressKnob("c/figure plot.live Pin");
  await kernel.until(() => names(kernel).includes("rate 0.25"));
  kernel.client.setKnob("c/figure plot.live Smooth", 0.5);
  await kernel.run(source, "c");
  expect(names(kernel)).toEqual(["last run", "rate 0.25", "loss", "loss"]);
  expect(control(kernel, "Smooth")?.value).toBe(0.5);
});

test("a cell that makes more figures than there is room for controls draws them all, and knobs after them", async () => {
  await using kernel = await startNotebookKernel();
  const { status } = await kernel.run(
    `import { plot, ui } from "descent";
     for (let i = 0; i < 200; i++) plot.live().push({ loss: i });
     ui.slider("one more", { min: 0, max: 1 });`,
    "c",
  );
  expect(status).toBe("ok");
  expect(names(kernel)).toEqual(["loss"]);
  expect(control(kernel, "Pin")).toBeUndefined();
});

test("figures of one kind in one cell remember each their own, and other cells theirs", async () => {
  await using kernel = await startNotebookKernel();
  const two = `import { plot } from "descent";
    const a = plot.live(), b = plot.live();
    a.push({ a: 1 }); a.push({ a: 2 });`;
  await kernel.run(two, "c");
  await kernel.run("const other = plot.live(); other.push({ other: 1 });", "d");
  expect(names(kernel)).toEqual(["other"]);
  await kernel.run(`${two} b.push({ b: 1 });`, "c");
  const drawn = await kernel.run(
    "[a, b].map((f) => f.toJSON().data.map((t) => t.name).join()).join(' / ')",
    "e",
  );
  expect(drawn.result).toBe('"last run,a / b"');
});
