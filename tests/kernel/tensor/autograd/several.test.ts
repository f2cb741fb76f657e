import { expect, test } from "vitest";
import { grad, gradcheck, ones, randn, tensor } from "../../../../kernel/tensor/index.ts";
import { pieces } from "../../../../kernel/tensor/autograd/several.ts";

test("pieces() cuts a tensor into views", () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const [a, b, c] = pieces(x, 1, [1, 0, 2]);
  expect([a, b, c].map((piece) => piece?.toArray())).toEqual([
    [[1], [4]],
    [[], []],
    [
      [2, 3],
      [5, 6],
    ],
  ]);
  expect(c?.storage).toBe(x.storage);
});

test("slopes of pieces meet at the tensor they came from, also where one has none", () => {
  const x = ones([2, 3], { requiresGrad: true });
  const [a, , c] = pieces(x, 1, [1, 1, 1]);
  a?.mul(2)
    .sum()
    .add(c?.mul(3).sum() ?? 0)
    .backward();
  expect(x.grad?.toArray()).toEqual([
    [2, 0, 3],
    [2, 0, 3],
  ]);
});

test("pieces of a transposed tensor have the slope of finite differences, and a second one", () => {
  const run = (x: ReturnType<typeof randn>) => {
    const [a, b] = pieces(x.T, 0, [1, 2]);
    return a === undefined || b === undefined ? x : a.mul(b).mul(b);
  };
  gradcheck(run, [randn([2, 3])]);
  gradcheck(
    (x) => {
      const [slope] = grad(run(x).sum(), [x], { createGraph: true });
      return slope?.square() ?? x;
    },
    [randn([2, 3])],
  );
});

test("a retained graph gives the same slopes again", () => {
  const x = ones([4], { requiresGrad: true });
  const [a, b] = pieces(x, 0, [2, 2]);
  const loss = a
    ?.mul(2)
    .add(b ?? 0)
    .sum();
  loss?.backward({ retainGraph: true });
  loss?.backward();
  expect(x.grad?.toArray()).toEqual([4, 4, 2, 2]);
});
