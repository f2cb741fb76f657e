import { expect, test } from "vitest";
import type { CheckpointOffer } from "../../../kernel/hosts/notices.ts";
import { type NotebookKernel, startNotebookKernel } from "./notebook-kernel.ts";

const model = `
import { nn, ones, optim } from "descent";
const net = nn.Linear(2, 1);
const opt = optim.Adam(net.parameters(), { lr: 0.1 });
`;
const train = `
for (let step = 0; step < 12; step++) {
  opt.zeroGrad();
  net(ones([4, 2])).sum().backward();
  opt.step();
}
`;

/** Runs `source`, then sleeps where no guard can reach the cell, and ends the kernel. */
async function kill(kernel: NotebookKernel, source = ""): Promise<string> {
  const channel = new BroadcastChannel("descent-test-checkpoint");
  const hung = new Promise<void>((resolve) => (channel.onmessage = () => resolve()));
  const done = kernel.run(
    `${source}
     const channel = new BroadcastChannel("descent-test-checkpoint");
     channel.postMessage("hung"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
    "hang",
  );
  await hung;
  channel.close();
  kernel.client.interrupt();
  kernel.client.interrupt();
  return (await done).status;
}

function offerOf(kernel: NotebookKernel): CheckpointOffer | null | undefined {
  const notice = kernel.notices.findLast((each) => each.kind === "checkpoint");
  return notice?.kind === "checkpoint" ? notice.offer : undefined;
}

const values =
  "JSON.stringify([...net.parameters().map((p) => p.toArray()), opt.stateDict().steps])";

test("what an ended kernel had learned comes back with one call, as its cells run again", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(model, "model");
  await kernel.run(train, "train");
  const { result: learned } = await kernel.run(values);
  expect(await kill(kernel)).toBe("killed");
  const trained = [{ optimizer: "opt", kind: "Adam", models: ["net"], steps: 12 }];
  expect(offerOf(kernel)).toEqual({ trained, isWaiting: false });
  await kernel.client.restore(true);
  expect(offerOf(kernel)).toEqual({ trained, isWaiting: true });
  const { text } = await kernel.run(model, "model");
  expect(text).toBe("Restored as of step 12: net, opt\n");
  expect((await kernel.run(values)).result).toBe(learned);
  expect(offerOf(kernel)).toBe(null);
});

test("what is there already when the reader wants it back is overwritten at once", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(model + train, "all");
  const { result: learned } = await kernel.run(values);
  await kill(kernel);
  await kernel.run(model, "model");
  expect((await kernel.run(values)).result).not.toBe(learned);
  await kernel.client.restore(true);
  expect((await kernel.run(values)).result).toBe(learned);
  expect(offerOf(kernel)).toBe(null);
});

test("a checkpoint leaves a kernel that trains in a synchronous function and never yields", async () => {
  await using kernel = await startNotebookKernel();
  const status = await kill(
    kernel,
    `${model}
function learn() {
  const until = performance.now() + 100;
  while (performance.now() < until) {
    opt.zeroGrad();
    net(ones([4, 2])).sum().backward();
    opt.step();
  }
}
learn();`,
  );
  expect(status).toBe("killed");
  expect(offerOf(kernel)?.trained).toMatchObject([{ optimizer: "opt", models: ["net"] }]);
});

test("what is not wanted is forgotten, also when it was on its way", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(model + train, "all");
  await kill(kernel);
  await kernel.client.restore(true);
  await kernel.client.restore(false);
  expect(offerOf(kernel)).toBe(null);
  expect((await kernel.run(model, "model")).text).toBe("");
});

test("a kernel that trained nothing leaves nothing, and a restart that was wanted offers nothing", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run("const x = 1;");
  await kill(kernel);
  expect(offerOf(kernel)).toBe(undefined);
  await kernel.run(model + train, "all");
  await kernel.client.restart();
  expect(offerOf(kernel)).toBe(undefined);
});

test("a checkpoint holds every optimiser's rate, and the cell that trained has read no knob for it", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    `import { nn, ones, optim, ui } from "descent";
     const lr = ui.slider("lr", { min: 0, max: 1, value: 0.5 });
     const steered = nn.Linear(2, 1);
     const follows = optim.SGD(steered.parameters(), { lr });
     steered(ones([4, 2])).sum().backward();
     follows.step();`,
    "first",
  );
  await kernel.run(model + train, "second");
  expect(kernel.notices.findLast((notice) => notice.kind === "finished")).toMatchObject({
    cell: "second",
    report: { readKnobs: [], trained: true },
  });
});
