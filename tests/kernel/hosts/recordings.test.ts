import { describe, expect, test } from "vitest";
import type { Notice } from "../../../kernel/hosts/notices.ts";
import type { StepsRecorded } from "../../../kernel/training.ts";
import { type NotebookKernel, request, startNotebookKernel } from "./notebook-kernel.ts";

const cell = `
import { F, forever, manualSeed, nn, optim, plot, progress, rand } from "descent";
manualSeed(3);
const net = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.5), nn.Linear(4, 1));
const opt = optim.Adam(net.parameters(), { lr: 0.1 });
const curve = plot.live({ y: "loss" });
const picture = plot.heatmap(net.get("0").weight);
const seen = [];
for (const step of progress(Array.from({ length: 20 }))) {
  seen.push(JSON.stringify(net.parameters().map((p) => p.toArray())));
  const loss = net(rand([8, 2])).square().mean();
  opt.zeroGrad(); loss.backward(); opt.step();
  curve.push({ train: loss });
  picture.update();
}
`;

function recorded({ notices }: NotebookKernel): StepsRecorded | undefined {
  const found = notices.findLast((each) => each.kind === "recorded");
  return found?.kind === "recorded" ? found.recorded : undefined;
}

function runOf({ notices }: NotebookKernel) {
  const found = notices.findLast((each) => each.kind === "recorded");
  if (found?.kind !== "recorded") throw new Error("nothing was recorded");
  return found.run;
}

const isShowing = (step: number | null) => (notice: Notice) =>
  notice.kind === "recorded" && notice.recorded.shown === step;

/** Looks at a step of what is over, and gives the weights that the kernel has then. */
async function lookAt(kernel: NotebookKernel, step: number, shown: number | null = step) {
  const before = kernel.notices.length;
  kernel.client.steer({ kind: "look", run: runOf(kernel), step });
  await kernel.until(
    (notice) => kernel.notices.indexOf(notice) >= before && isShowing(shown)(notice),
  );
  return weights(kernel);
}

async function weights(kernel: NotebookKernel): Promise<string | undefined> {
  const all = "JSON.stringify(net.parameters().map((p) => p.toArray()))";
  return (await kernel.run(all, "print")).result;
}

const seenAt = async (kernel: NotebookKernel, step: number) =>
  (await kernel.run(`seen[${step}]`, "print")).result;

describe("recorded steps", () => {
  test("are those of a loop with a handle, and bring its weights back", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(cell, "train");
    expect(recorded(kernel)).toMatchObject({ shown: null });
    expect(recorded(kernel)?.steps.at(0)).toBe(0);
    expect(recorded(kernel)?.steps.at(-1)).toBe(20);
    const last = await weights(kernel);
    const middle = recorded(kernel)?.steps.find((step) => step >= 5) ?? Number.NaN;
    expect(await lookAt(kernel, middle)).toBe(await seenAt(kernel, middle));
    expect(await lookAt(kernel, 0)).toBe(await seenAt(kernel, 0));
    expect(await lookAt(kernel, 20, null)).toBe(last);
  });

  test("bring figures back: what is drawn from the weights, and a line in the curve", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(cell, "train");
    const printed = async () =>
      (await kernel.run("String(picture) + String(curve.toJSON().layout.shapes?.length)", "print"))
        .result;
    const last = await printed();
    await lookAt(kernel, 0);
    const first = await printed();
    expect(first).not.toBe(last);
    await lookAt(kernel, 20, null);
    expect(await printed()).toBe(last);
  });

  test("are where a cell goes on from, to the same end as before", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run(cell, "train");
    const last = await weights(kernel);
    const step = recorded(kernel)?.steps.find((each) => each > 5) ?? Number.NaN;
    await lookAt(kernel, step);
    const from = kernel.notices.length;
    await kernel.client.run([{ ...request("train", cell), how: { start: "step", step } }]);
    expect(await weights(kernel)).toBe(last);
    const texts = kernel.notices
      .slice(from)
      .flatMap((each) =>
        each.kind === "output" && each.output.kind === "stream" ? [each.output.text] : [],
      );
    expect(texts).toEqual([]);
  });

  test("a cell that comes to a step otherwise says so, and goes on with the recorded weights", async () => {
    await using kernel = await startNotebookKernel();
    await kernel.run("let scale = 1;", "scale");
    const scaled = cell.replace("rand([8, 2])", "rand([8, 2]).mul(scale)");
    await kernel.run(scaled, "train");
    const step = recorded(kernel)?.steps.find((each) => each > 5) ?? Number.NaN;
    const wanted = await seenAt(kernel, step);
    await kernel.run("scale = 2;", "scale");
    const from = kernel.notices.length;
    await kernel.client.run([{ ...request("train", scaled), how: { start: "step", step } }]);
    const text = kernel.notices
      .slice(from)
      .flatMap((each) =>
        each.kind === "output" && each.output.kind === "stream" ? [each.output.text] : [],
      )
      .join("");
    expect(text).toContain(`Step ${step} came out otherwise than it was recorded`);
    expect(await seenAt(kernel, step)).toBe(wanted);
  });

  test("stay few however long a loop is", async () => {
    await using kernel = await startNotebookKernel();
    const long = `
      import { nn, ones, optim, progress } from "descent";
      const net = nn.Linear(1, 1);
      const opt = optim.SGD(net.parameters(), { lr: 0.001 });
      for (const step of progress(Array.from({ length: 3000 }))) {
        opt.zeroGrad(); net(ones([1, 1])).sum().backward(); opt.step();
      }`;
    await kernel.run(long, "train");
    const steps = recorded(kernel)?.steps ?? [];
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.length).toBeLessThanOrEqual(202);
    expect(steps.at(-1)).toBe(3000);
  });

  test("of a paused loop are looked at, and it goes on from where it was held", async () => {
    await using kernel = await startNotebookKernel({ graceMs: 60_000 });
    await kernel.run(cell, "train");
    const last = await weights(kernel);
    const slow = `${cell.replace("seen.push", "if (step === 8) console.log('eight'); seen.push").replace("Array.from({ length: 20 })", "[...Array(20).keys()]")}`;
    const from = kernel.notices.length;
    const done = kernel.client.run([{ ...request("train", slow), how: { pace: 20 } }]);
    const isNew = (notice: Notice) => kernel.notices.indexOf(notice) >= from;
    await kernel.until(
      (each) => isNew(each) && each.kind === "output" && each.output.kind === "stream",
    );
    kernel.client.steer({ kind: "pause" });
    await kernel.until(
      (each) =>
        isNew(each) &&
        each.kind === "output" &&
        each.output.kind === "pause" &&
        each.output.pause !== null,
    );
    const { run } = (await kernel.until(
      (each) => isNew(each) && each.kind === "started",
    )) as Notice & { kind: "started" };
    kernel.client.steer({ kind: "look", run, step: 3 });
    await kernel.until((each) => isNew(each) && isShowing(3)(each));
    kernel.client.steer({ kind: "pace", perSecond: null });
    kernel.client.steer({ kind: "resume" });
    await done;
    expect(recorded(kernel)?.shown).toBeNull();
    expect(await weights(kernel)).toBe(last);
  });
});

describe("pace", () => {
  test("a run keeps to its turns a second, and the time it waits is not its own", async () => {
    await using kernel = await startNotebookKernel();
    const began = performance.now();
    await kernel.client.run([
      {
        ...request(
          "slow",
          `import { progress } from "descent"; for (const i of progress([1, 2, 3, 4, 5])) i;`,
        ),
        how: { pace: 20 },
      },
    ]);
    expect(performance.now() - began).toBeGreaterThan(190);
    const end = kernel.notices.findLast((each) => each.kind === "finished");
    expect(end?.kind === "finished" && end.report?.durationMs).toBeLessThan(150);
  });

  test("a loop without a handle is slowed at its optimiser's steps", async () => {
    await using kernel = await startNotebookKernel();
    const source = `import { nn, ones, optim } from "descent";
      const net = nn.Linear(1, 1); const opt = optim.SGD(net.parameters(), { lr: 0.1 });
      for (let i = 0; i < 5; i++) { for (let k = 0; k < 100; k++); net(ones([1, 1])).sum().backward(); opt.step(); }`;
    const began = performance.now();
    await kernel.client.run([{ ...request("slow", source), how: { pace: 20 } }]);
    expect(performance.now() - began).toBeGreaterThan(140);
  });

  test("Stop ends a slow run at once, and the next one is not slow", async () => {
    await using kernel = await startNotebookKernel();
    const endless = `import { forever } from "descent"; for (const i of forever()) if (i === 1) console.log("on");`;
    const done = kernel.client.run([{ ...request("slow", endless), how: { pace: 3 } }]);
    await kernel.until((each) => each.kind === "output" && each.output.kind === "stream");
    kernel.client.interrupt();
    await done;
    const began = performance.now();
    await kernel.run(
      `import { progress } from "descent"; for (const i of progress([...Array(30).keys()])) i;`,
    );
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
