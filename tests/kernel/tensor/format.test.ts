/** Printed tensors against PyTorch's own text (tests/oracle/printing.py). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  cat,
  customOp,
  type DType,
  F,
  rand,
  type Tensor,
  tensor,
} from "../../../kernel/tensor/index.ts";

interface Sample {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly text: string;
  readonly values?: readonly (number | string)[];
  /** Element i is (a i mod m) / d. */
  readonly pattern?: readonly [a: number, m: number, d: number];
}

interface Printed extends Sample {
  readonly leaf?: string;
  readonly computed?: string;
}

const golden = JSON.parse(
  readFileSync(new URL("../../oracle/golden/printing.json", import.meta.url), "utf8"),
) as {
  readonly cases: readonly Printed[];
  readonly samples: readonly Sample[];
  readonly nodes: Readonly<Record<string, string>>;
};

const numberOf = (value: number | string): number =>
  value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number(value);

function made({ dtype, shape, values, pattern }: Sample): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const [a, m, d] = pattern ?? [0, 1, 1];
  const numbers =
    values?.map(numberOf) ?? Array.from({ length: size }, (_, i) => ((a * i) % m) / d);
  return tensor(numbers, { dtype }).reshape(shape);
}

test.each(golden.cases.map((each) => [each.text.slice(0, 60), each] as const))(
  "%s prints as in PyTorch",
  (_, sample) => {
    expect(String(made(sample))).toBe(sample.text);
    if (sample.leaf === undefined) return;
    const parameter = made(sample);
    parameter.requiresGrad = true;
    expect(String(parameter)).toBe(sample.leaf);
    expect(String(parameter.mul(1))).toBe(sample.computed);
  },
);

test("tensors of random shapes, types and sizes of numbers print as in PyTorch", () => {
  expect(golden.samples.length).toBeGreaterThan(400);
  for (const sample of golden.samples) expect(String(made(sample))).toBe(sample.text);
});

test("a tensor prints the same from any layout", () => {
  const x = tensor([
    [1.5, -2],
    [300, 0.25],
  ]);
  expect(String(x.T.contiguous())).toBe(String(x.T));
  expect(String(x.flip(0))).toBe(String(x.flip(0).clone()));
});

test.each(Object.entries(golden.nodes))("%s prints PyTorch's name for its node", (text, name) => {
  const leaf = (shape: readonly number[]) => rand(shape, { requiresGrad: true });
  const names = {
    x: leaf([3, 4]),
    y: leaf([3, 4]),
    v: leaf([4]),
    w: leaf([5, 4]),
    b: leaf([5]),
    z: leaf([2, 3, 4]),
    i: tensor([[0], [0], [0]], { dtype: "i32" }),
    F,
    cat,
  };
  // oxlint-disable-next-line no-implied-eval, no-new-func -- the expression is the golden file's key
  const evaluate = new Function(...Object.keys(names), `return ${text};`) as (
    ...values: unknown[]
  ) => Tensor;
  expect(String(evaluate(...Object.values(names)))).toContain(`grad_fn=<${name}>)`);
});

test("the node of a custom op has the op's name", () => {
  const cube = customOp({
    name: "Cube",
    forward: (_, x: Tensor) => x.pow(3),
    backward: (_, g) => g,
  });
  expect(String(cube(tensor(2, { requiresGrad: true })))).toBe(
    "tensor(8., grad_fn=<CubeBackward>)",
  );
});

test("a result prints its node after the graph was walked and freed", () => {
  const loss = F.crossEntropy(rand([3, 4], { requiresGrad: true }), [0, 1, 2]);
  const before = String(loss);
  loss.backward();
  expect(String(loss)).toBe(before);
});
