/** Mistakes that run, from the engine through the kernel to its owner. */
import { expect, test } from "vitest";
import { startNotebookKernel, type CellOutcome } from "./notebook-kernel.ts";

const imports = 'import { F, nn, optim, randn, silence, tensor } from "descent";';

const training = `const net = nn.Linear(4, 3);
const opt = optim.SGD(net.parameters(), { lr: 0.1 });
const x = randn([8, 4]);
for (let i = 0; i < 5; i++) {
  const loss = F.crossEntropy(net(x), [0, 1, 2, 0, 1, 2, 0, 1]);
  loss.backward();
  opt.step();
}`;

const mistakesOf = ({ outputs }: CellOutcome) =>
  outputs.flatMap((output) => (output.kind === "mistake" ? [output.mistake] : []));

test("a mistake comes once a run, with its rule, sentences and line", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(imports, "imports");
  for (const _ of [1, 2]) {
    const outcome = await kernel.run(training, "train");
    expect(outcome.status).toBe("ok");
    expect(mistakesOf(outcome)).toEqual([
      {
        rule: "zero-grad",
        text: expect.stringContaining("The slopes of earlier steps") as string,
        fix: "Call the optimiser's zeroGrad() before backward().",
        frame: { function: null, cell: "train", line: 7, column: expect.any(Number) as number },
      },
    ]);
  }
});

test("a mistake inside a function of another cell points there, and belongs to the running cell", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(`${imports}\nfunction walk(loss) {\n  loss.backward();\n}`, "tools");
  const outcome = await kernel.run(
    "const loss = tensor(1, { requiresGrad: true }).mul(2);\nwalk(tensor(loss.item(), { requiresGrad: true }));",
    "use",
  );
  expect(mistakesOf(outcome)).toMatchObject([
    { rule: "detached-loss", frame: { cell: "tools", line: 3, function: "walk" } },
  ]);
});

test("a graph that is kept by mistake is told with the line that keeps it", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(imports, "imports");
  const source = `${training.replace("i < 5", "i < 30").replace("const opt", "let total = tensor(0);\nconst opt")}`;
  const outcome = await kernel.run(
    source.replace(
      "  loss.backward();",
      "  opt.zeroGrad();\n  loss.backward();\n  total = total.add(loss);",
    ),
    "train",
  );
  expect(mistakesOf(outcome)).toMatchObject([
    { rule: "kept-graph", frame: { cell: "train", line: 9 } },
  ]);
});

test("what a run leaves undecided is told at its end, and not in the next run", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run('import { accuracy, nn, randn } from "descent";', "imports");
  const source =
    "const net = nn.Dropout(0.5);\nconst score = accuracy(net(randn([4, 3], { requiresGrad: true })), [0, 1, 2, 0]);";
  expect(mistakesOf(await kernel.run(source, "judge"))).toMatchObject([
    { rule: "eval-mode", frame: { line: 2 } },
  ]);
  expect(mistakesOf(await kernel.run("score", "next"))).toEqual([]);
});

test("a rule that a cell has silenced is not heard again", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(`${imports}\nsilence("zero-grad");`, "imports");
  expect(mistakesOf(await kernel.run(training, "train"))).toEqual([]);
});
