/** Nodes of a drawn graph lead to the lines of the cells that computed them. */
import { expect, test } from "vitest";
import { DIAGRAM_MIME, type GraphView } from "../../../kernel/plot/diagram.ts";
import type { MimeBundle } from "../../../kernel/protocol.ts";
import { type CellOutcome, startNotebookKernel } from "./notebook-kernel.ts";

function graphIn({ outputs }: CellOutcome): GraphView {
  const shown = outputs.findLast(({ kind }) => kind === "display");
  const data: MimeBundle = shown?.kind === "display" ? shown.data : {};
  return data[DIAGRAM_MIME] as GraphView;
}

/** Cell and line of each op, in the order of the computation. */
function linesOf({ nodes, lines }: GraphView): readonly (readonly [string, number] | null)[] {
  return nodes
    .filter(({ kind }) => kind === "op")
    .map(({ line }) => {
      const frame = lines[line];
      return frame === null || frame === undefined ? null : [frame.cell, frame.line];
    });
}

const SETUP = `import { F, nn, ones, plot, tensor } from "descent";
const w = tensor(3, { requiresGrad: true });
const twice = (x) => {
  return x.mul(2);
};`;

test("a cell that draws a graph knows the lines of all that it computes", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(SETUP, "setup");
  const outcome = await kernel.run(
    `const loss = twice(w)
  .sub(1)
  .square();
plot.graph(loss);`,
    "draw",
  );
  expect(outcome.error).toBeUndefined();
  const view = graphIn(outcome);
  expect(linesOf(view)).toEqual([
    ["setup", 4],
    ["draw", 2],
    ["draw", 3],
  ]);
  // And the notebook's names are the graph's.
  expect(view.nodes.map(({ name }) => name).filter((name) => name !== "")).toEqual(["w", "loss"]);
  expect(view.notes).toEqual([]);
});

test("lines of cells that ran before the first graph are known when they run again", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(SETUP, "setup");
  await kernel.run("const loss = w.square();", "loss");
  const first = graphIn(await kernel.run("plot.graph(loss);", "draw"));
  expect(linesOf(first)).toEqual([null]);
  expect(first.notes).toEqual(["Run the cells above once more to see which line made what."]);
  await kernel.run("const loss = w.square();", "loss");
  const second = graphIn(await kernel.run("plot.graph(loss);", "draw"));
  expect(linesOf(second)).toEqual([["loss", 1]]);
});

test("a network is folded by its modules, under the notebook's name for it", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(SETUP, "setup");
  const { groups } = graphIn(
    await kernel.run(
      `const net = nn.Sequential(nn.Linear(2, 2), nn.Tanh());
plot.graph(net(ones([3, 2])).square().mean());`,
    ),
  );
  expect(groups).toEqual([
    { name: "net", kind: "Sequential", parent: -1 },
    { name: "0", kind: "Linear", parent: 0 },
    { name: "1", kind: "Tanh", parent: 0 },
  ]);
});
