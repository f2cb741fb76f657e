import { expect, test } from "vitest";
import { FIGURE_MIME, FIGURE_PARTS_MIME, type FigureParts } from "../../../kernel/protocol.ts";
import { type NotebookKernel, startNotebookKernel } from "./notebook-kernel.ts";

/** The newest bundle of a figure, of whatever cell. */
function newest(kernel: NotebookKernel): Record<string, unknown> {
  const notice = kernel.notices.findLast(
    (each) =>
      each.kind === "output" &&
      (each.output.kind === "display" || each.output.kind === "update") &&
      FIGURE_MIME in each.output.data,
  );
  return notice?.kind === "output" && "data" in notice.output ? notice.output.data : {};
}

const startOf = (kernel: NotebookKernel) => {
  const point = (newest(kernel)[FIGURE_PARTS_MIME] as FigureParts | undefined)?.point;
  return point === undefined ? null : [point.x.value, point.y.value];
};

const map = `import { plot } from "descent";
  const map = plot.contour((x, y) => x * x + y * y, { range: [-2, 2], start: [1, 1] });`;
const ids = ["c/figure plot.contour start x", "c/figure plot.contour start y"] as const;

test("a start is read by cells as a knob is: by which run, and at the reader's place in a re-run", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(map, "c");
  const reader = await kernel.run("map.start.value.join()", "d");
  expect(reader.result).toBe('"1,1"');
  const ended = kernel.notices.findLast((each) => each.kind === "finished" && each.cell === "d");
  expect(ended).toMatchObject({ report: { readKnobs: ids } });
  const maker = kernel.notices.findLast((each) => each.kind === "finished" && each.cell === "c");
  expect(maker, "the figure reads it, its cell does not").toMatchObject({
    report: { readKnobs: [] },
  });
  kernel.client.setKnob(ids[0], -1.5);
  kernel.client.setKnob(ids[1], 0.5);
  expect((await kernel.run("map.start.value.join()", "d")).result).toBe('"-1.5,0.5"');
  await kernel.until(() => startOf(kernel)?.join() === "-1.5,0.5");
  expect((await kernel.run(`${map} map.start.value.join()`, "c")).result).toBe('"-1.5,0.5"');
});

test("a start is live in a busy loop", async () => {
  await using kernel = await startNotebookKernel();
  const done = kernel.run(
    `${map}
     function wait() { while (map.start.value[0] === 1) map.path().push(map.start.value); }
     wait();
     map.start.value[0]`,
    "c",
  );
  await kernel.until(() => startOf(kernel) !== null);
  kernel.client.setKnob(ids[0], -2);
  expect((await done).result).toBe("-2");
});

test("a map follows the knobs that its function reads, and asks it no more often than they move", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    `import { plot, ui } from "descent";
     const bend = ui.slider("bend", { min: 1, max: 9, value: 1 });
     let asked = 0;
     const map = plot.contour((x, y) => { asked += 1; return bend.value * (x + y); }, { range: [0, 1] });`,
    "c",
  );
  const highest = () =>
    (newest(kernel)[FIGURE_MIME] as { data: { z: number[][] }[] }).data[0]?.z.at(-1)?.at(-1);
  expect(highest()).toBe(2);
  const once = Number((await kernel.run("asked", "d")).result);
  await kernel.run("for (let i = 0; i < 20; i++) map.path().push(i / 20, 0);", "e");
  expect(Number((await kernel.run("asked", "d")).result)).toBe(once);
  kernel.client.setKnob("c/bend", 5);
  await kernel.until(() => highest() === 10);
  kernel.client.setKnob("c/bend", 7);
  await kernel.until(() => highest() === 14);
});

test("Finish ends the measuring of a landscape, Stop too, and the parameters are back", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    `import { nn, plot, tensor } from "descent";
     const net = nn.Linear(2, 1);
     const before = String(net.parameters());
     let asked = 0;
     const slow = () => {
       asked += 1;
       const until = performance.now() + 20;
       while (performance.now() < until) {}
       return net(tensor([[1, 1]])).sum();
     };`,
    "c",
  );
  for (const end of ["finish", "interrupt"] as const) {
    const running = kernel.run("plot.landscape(net, slow, { resolution: 60 });", "d");
    const told = kernel.notices.length;
    const bar = await kernel.until(
      (notice) =>
        kernel.notices.indexOf(notice) >= told &&
        notice.kind === "output" &&
        notice.output.kind === "progress",
    );
    const { loop } = (bar.kind === "output" && bar.output) as { loop: number };
    if (end === "interrupt") kernel.client.interrupt();
    else kernel.client.steer({ kind: "finish", loop });
    expect((await running).status).toBe(end === "finish" ? "ok" : "interrupted");
    expect((await kernel.run("String(net.parameters()) === before", "e")).result).toBe("true");
  }
  expect(Number((await kernel.run("asked", "e")).result)).toBeLessThan(1000);
});
