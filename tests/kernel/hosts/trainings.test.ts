import { describe, expect, test } from "vitest";
import type { Notice } from "../../../kernel/hosts/notices.ts";
import type { Training } from "../../../kernel/training.ts";
import { type NotebookKernel, request, startNotebookKernel } from "./notebook-kernel.ts";

const imports = `import { defaultGenerator, F, forever, manualSeed, nn, ones, optim, plot, progress, rand, ui } from "descent";\n`;

/** A cell that makes its network and trains it for ten steps. */
const whole = `${imports}
manualSeed(42);
const net = nn.Sequential(nn.Linear(2, 4), nn.Linear(4, 1));
const lr = ui.slider("learning rate", { min: 0.001, max: 1, value: 0.1, log: true });
const opt = optim.SGD(net.parameters(), { lr, momentum: 0.9 });
const schedule = optim.StepLR(opt, 4, { gamma: 0.5 });
const curve = plot.live({ y: "loss" });
for (const step of progress(Array.from({ length: 10 }))) {
  const loss = net(rand([8, 2])).square().mean();
  opt.zeroGrad(); loss.backward(); opt.step(); schedule.step();
  curve.push({ train: loss });
}
`;

function trainingsOf(notices: readonly Notice[]): readonly Training[] {
  return notices.flatMap((each) => (each.kind === "training" ? [each.training] : []));
}

function lastTraining(kernel: NotebookKernel): Training {
  const training = trainingsOf(kernel.notices).at(-1);
  if (training === undefined) throw new Error("nothing was told of a training");
  return training;
}

/** Runs a cell in a manner, and gives the numbers its network ends with. */
async function again(
  kernel: NotebookKernel,
  cell: string,
  source: string,
  how: NonNullable<ReturnType<typeof request>["how"]>,
): Promise<string | undefined> {
  await kernel.client.run([{ ...request(cell, source), how }]);
  return weights(kernel);
}

async function weights(kernel: NotebookKernel): Promise<string | undefined> {
  const { result } = await kernel.run("JSON.stringify(net.parameters().map((p) => p.toArray()))");
  return result;
}

describe("a run that trains", () => {
  test("is told with seed, knobs, optimisers, schedules, networks and curves", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(whole, "train");
    const training = lastTraining(kernel);
    expect(training).toMatchObject({
      status: "ok",
      start: "run",
      steps: 10,
      seed: 42,
      knobs: [{ id: "train/learning rate", label: "learning rate", value: 0.1 }],
      learners: [
        {
          kind: "SGD",
          settings: { lr: 0.1, momentum: 0.9 },
          schedules: [{ kind: "StepLR", settings: { stepSize: 4, gamma: 0.5 } }],
          models: [{ name: "net", parameters: 17 }],
        },
      ],
    });
    expect(training.wrote).toEqual(expect.arrayContaining(["net", "opt"]));
    const [figure] = training.figures;
    expect(figure).toMatchObject({ name: "loss", pin: null, pins: [] });
    expect(figure?.curves[0]?.x).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(training.durationMs).toBeGreaterThan(0);
  });

  test("is not a look at slopes, nor a single step, nor a curve alone", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(
      `${imports} const w = ones([2], { requiresGrad: true }); w.sum().backward();
       const one = optim.SGD([w], { lr: 1 }); one.step();
       const curve = plot.live(); curve.push({ a: 1 }); curve.push({ a: 2 });`,
    );
    expect(trainingsOf(kernel.notices)).toEqual([]);
  });

  test("is told as stopped, with what it had pushed by then", async () => {
    await using kernel = await startNotebookKernel();
    const run = kernel.run(whole.replace(/progress\(.*?\)\)/, "forever()"), "train");
    await kernel.until((each) => each.kind === "training");
    expect(lastTraining(kernel).status).toBe("running");
    kernel.client.interrupt();
    await run;
    expect(lastTraining(kernel).status).toBe("interrupted");
    expect(lastTraining(kernel).figures[0]?.curves[0]?.x.length).toBeGreaterThan(1);
  });

  test("keeps its pins through a new kernel, and loses them with Clear", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(`${whole} curve.pin("momentum");`, "train");
    const { figures } = lastTraining(kernel);
    expect(figures[0]).toMatchObject({ pin: "momentum", pins: ["momentum"] });
    const [{ place, curves } = { place: "", curves: [] }] = figures;
    await using next = await startNotebookKernel({
      past: () => ({ nextRun: 7, pins: [{ place, label: "momentum", curves }] }),
    });
    await next.run(whole, "train");
    expect((await next.run("String(curve)")).result).toContain("pinned: momentum");
    expect(lastTraining(next).figures[0]).toMatchObject({ pin: null, pins: ["momentum"] });
    await next.run("curve.clear()");
    expect(lastTraining(next).figures[0]).toMatchObject({ pins: [] });
    await next.run(`${whole.replace("learning rate", "rate")} curve.pin();`, "other");
    expect(lastTraining(next).figures[0]?.pin).toBe("rate 0.1");
  });
});

describe("the same start", () => {
  const model = `${imports}
    const net = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.5), nn.Linear(4, 1));
    const opt = optim.Adam(net.parameters(), { lr: 0.1 });`;
  const train = `for (const step of progress(Array.from({ length: 6 }))) {
    opt.zeroGrad(); net(rand([8, 2])).square().mean().backward(); opt.step();
  }`;

  test("gives the same weights again, of a network that another cell made", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(model, "model");
    await kernel.run(train, "train");
    const first = await weights(kernel);
    expect(await again(kernel, "train", train, {})).not.toBe(first);
    await kernel.run(model, "model");
    await kernel.run(train, "train");
    const second = await weights(kernel);
    expect(await again(kernel, "train", train, { start: "same start" })).toBe(second);
    expect(lastTraining(kernel).start).toBe("same start");
  });

  test("leaves alone what another cell has trained meanwhile", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(
      `${model} const other = nn.Linear(1, 1); const otherOpt = optim.SGD(other.parameters(), { lr: 0.1 });`,
      "model",
    );
    await kernel.run(train, "train");
    await kernel.run(
      "for (let i = 0; i < 3; i++) { otherOpt.zeroGrad(); other(ones([1, 1])).sum().backward(); otherOpt.step(); }",
      "other",
    );
    const before = (await kernel.run("String(other.weight.item())")).result;
    await again(kernel, "train", train, { start: "same start" });
    expect((await kernel.run("String(other.weight.item())")).result).toBe(before);
  });

  test("puts back what a name stood for", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(`${imports} let w = 0;`, "make");
    const cell = `for (let i = 0; i < 3; i++) { const v = ones([1], { requiresGrad: true }); v.sum().backward(); w += 1; } w`;
    await kernel.run(cell, "train");
    expect((await kernel.run(cell, "train")).result).toBe("6");
    await kernel.client.run([{ ...request("train", cell), how: { start: "same start" } }]);
    expect((await kernel.run("w")).result).toBe("6");
  });

  test("with a new seed is another run, and its own start again", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(whole, "train");
    const first = await weights(kernel);
    const second = await again(kernel, "train", whole, { start: "new seed" });
    expect(second).not.toBe(first);
    expect(lastTraining(kernel)).toMatchObject({ start: "new seed", seed: 43 });
    expect(await again(kernel, "train", whole, { start: "same start" })).toBe(second);
    expect(await again(kernel, "train", whole, {})).toBe(first);
    expect(lastTraining(kernel).seed).toBe(42);
  });

  test("is an ordinary run where the cell has not trained in this kernel", async () => {
    await using kernel = await startNotebookKernel();
    await again(kernel, "train", whole, { start: "same start" });
    expect(lastTraining(kernel)).toMatchObject({ start: "run", seed: 42 });
  });

  test("with a new seed changes the numbers of a cell that sets none", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(model, "model");
    await kernel.run(train, "train");
    const first = await weights(kernel);
    const second = await again(kernel, "train", train, { start: "new seed" });
    expect(second).not.toBe(first);
    expect(lastTraining(kernel).seed).toBeTypeOf("number");
    expect(await again(kernel, "train", train, { start: "same start" })).toBe(second);
  });
});
