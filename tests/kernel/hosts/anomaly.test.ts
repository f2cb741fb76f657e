/** Anomaly mode in a notebook: the error points at the line of the forward pass. */
import { expect, test } from "vitest";
import { startNotebookKernel } from "./notebook-kernel.ts";

test("a fault of the backward points at the cell's line that called the op", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run('import { detectAnomaly, tensor } from "descent";', "imports");
  const source = `const x = tensor([4, 0], { requiresGrad: true });
detectAnomaly(() => {
  const root = x.sqrt();
  const loss = root.sum();
  loss.backward();
});`;
  const { error } = await kernel.run(source, "walk");
  expect(error).toMatchObject({
    name: "AnomalyError",
    message:
      "sqrt: [2], backward() gave its input the slope Infinity at [1], where the input is 0 - wanted finite slopes",
    hint: "add a small number under the root",
  });
  expect(error?.frames[0]).toMatchObject({ cell: "walk", line: 3 });
});

test("a fault of the forward points at its own line, inside a function of another cell too", async () => {
  await using kernel = await startNotebookKernel();
  await kernel.run(
    'import { detectAnomaly, tensor } from "descent";\nfunction odd(x) {\n  return x.log();\n}',
    "tools",
  );
  const { error } = await kernel.run("detectAnomaly(() => odd(tensor([0])));", "use");
  expect(error?.frames).toMatchObject([
    { cell: "tools", line: 3, function: "odd" },
    { cell: "use", line: 1 },
    { cell: "use", line: 1 },
  ]);
});
