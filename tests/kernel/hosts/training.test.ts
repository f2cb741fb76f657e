/** The cells of the design that train, as printed, through the kernel a reader uses. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDataSource } from "../../../kernel/hosts/data-files.ts";
import { FIGURE_MIME, FILE_MIME } from "../../../kernel/protocol.ts";
import { startNotebookKernel } from "./notebook-kernel.ts";

const data = createDataSource((file) => readFile(join("notebooks/data", file)));

const imports =
  'import { accuracy, data, F, forever, load, manualSeed, nn, optim, plot, save, type Tensor, ui } from "descent";';

const digits = `manualSeed(42);
const { train, test } = data.load("digits").split(0.8);
const net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
const opt = optim.Adam(net.parameters(), { lr: 0.01 });
const curve = plot.live({ y: "loss", log: true });
for (const { x, y } of train.batches(64, { epochs: 20 })) {
  const loss = F.crossEntropy(net(x), y);
  opt.zeroGrad();
  loss.backward();
  opt.step();
  curve.push({ train: loss });
}
accuracy(net, test)`;

/** Nothing that these cells do looks like a mistake. */
const noMistake = (outputs: readonly { readonly kind: string }[]) =>
  expect(outputs.filter(({ kind }) => kind === "mistake")).toEqual([]);

test("the digits cell trains, draws one live figure, and ends with its accuracy", async () => {
  await using kernel = await startNotebookKernel({ data });
  await kernel.run(imports, "imports");
  const { status, result, outputs, error } = await kernel.run(digits, "digits");
  expect(error).toBeUndefined();
  expect(status).toBe("ok");
  expect(Number(result)).toBeGreaterThan(0.9);
  noMistake(outputs);
  const figures = outputs.filter((output) => "data" in output && FIGURE_MIME in output.data);
  expect(figures.filter((output) => output.kind === "display")).toHaveLength(1);
  expect(outputs).toContainEqual(
    expect.objectContaining({ kind: "progress", done: 460, total: 460 }),
  );
  expect(kernel.notices.findLast((notice) => notice.kind === "finished")).toMatchObject({
    report: { trained: true, drew: true },
  });
}, 60_000);

test("a cell that only reads a model is light", async () => {
  await using kernel = await startNotebookKernel({ data });
  await kernel.run(imports, "imports");
  await kernel.run("manualSeed(1); const net = nn.Linear(2, 1);", "net");
  await kernel.run(
    'const w = ui.slider("w", { min: 0, max: 1, value: 0.5 }); net.weight.item === w.value',
    "read",
  );
  expect(kernel.notices.findLast((notice) => notice.kind === "finished")).toMatchObject({
    report: { trained: false, drew: false, readKnobs: ["read/w"] },
  });
});

test("a run reports the models and tensors of other cells that it writes, not those it reads", async () => {
  await using kernel = await startNotebookKernel();
  const wrote = async (source: string, cell: string) => {
    await kernel.run(source, cell);
    const end = kernel.notices.findLast((notice) => notice.kind === "finished");
    return end?.report?.wrote;
  };
  await wrote(
    'import { nn, ones, optim, zeros } from "descent";\nconst net = nn.Linear(2, 1);\nconst w = zeros([2]);',
    "made",
  );
  expect(await wrote("net(ones([1, 2])).item() + w.sum().item()", "reads")).toEqual([]);
  expect(await wrote("w.add_(1);", "writes")).toEqual(["w"]);
  const train = `const opt = optim.SGD(net.parameters(), { lr: 0.1 });
    net(ones([1, 2])).sum().backward();
    opt.step();`;
  expect((await wrote(train, "trains"))?.toSorted()).toEqual(["net", "opt"]);
});

test("save() and load() keep a model in the notebook's files, bit for bit", async () => {
  await using kernel = await startNotebookKernel({ data });
  await kernel.run(imports, "imports");
  await kernel.run(
    `const make = () => nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2));
     const net = make();`,
    "net",
  );
  const saved = await kernel.run('await save("net.safetensors", net, { note: "fresh" });', "save");
  expect(saved.outputs).toContainEqual(
    expect.objectContaining({
      kind: "display",
      data: expect.objectContaining({
        [FILE_MIME]: {
          name: "net.safetensors",
          sizeBytes: kernel.files.get("net.safetensors")?.length,
        },
      }) as unknown,
    }),
  );
  const { result } = await kernel.run(
    `const copy = make();
     const { note } = await load("net.safetensors", copy);
     [note, String(copy.parameters()) === String(net.parameters())]`,
    "load",
  );
  expect(result).toBe('["fresh", true]');
  const { error } = await kernel.run('await load("nothing.safetensors", net)', "missing");
  expect(error?.message).toBe(
    'load: this notebook has no file "nothing.safetensors": save it first',
  );
});
