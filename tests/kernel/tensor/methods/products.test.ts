/** Products: what cannot be multiplied is named with both whole shapes. */
import { expect, test, vi } from "vitest";
import { backend } from "../../../../kernel/tensor/backends/current.ts";
import { linalg, ones, tensor, zeros } from "../../../../kernel/tensor/index.ts";

test("dot() is the sum of products, and outer() all of them", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([4, 5, 6])];
  expect(a.dot(b).toArray()).toBe(32);
  expect(a.outer(tensor([1, 10])).toArray()).toEqual([
    [1, 10],
    [2, 20],
    [3, 30],
  ]);
  expect(
    zeros([0])
      .dot(zeros([0]))
      .item(),
  ).toBe(0);
  expect(ones([2]).outer(zeros([0])).shape).toEqual([2, 0]);
});

test("the slope of a matrix that multiplies a batch is one product, without a batch to sum", () => {
  const products = vi.spyOn(backend(), "matmul");
  try {
    const weight = ones([4, 5], { requiresGrad: true });
    ones([2, 3, 4]).matmul(weight).sum().backward();
    expect(weight.grad?.toArray()).toEqual(Array.from({ length: 4 }, () => [6, 6, 6, 6, 6]));
    const [, slope] = products.mock.results;
    expect(slope?.value).toMatchObject({ shape: [4, 5] });
  } finally {
    products.mockRestore();
  }
});

test.each<[number[], number[], string | undefined]>([
  [[5, 20], [10, 20], ".T of the second fits"],
  [[20, 5], [20, 10], ".T of the first fits"],
  [[3, 4], [3, 4], ".T of the second fits"],
  [[8, 3, 4], [8, 5, 4], ".transpose(-2, -1) of the second fits"],
  [[8, 4, 3], [4], ".transpose(-2, -1) of the first fits"],
  [[3], [2, 3], ".T of the second fits"],
  [[3], [4], undefined],
  [[32, 10], [20, 5], undefined],
])("matmul() of %j and %j says which one would fit transposed", (a, b, hint) => {
  const shapes = `[${a.join(", ")}] x [${b.join(", ")}]`;
  let caught: unknown;
  try {
    zeros(a).matmul(zeros(b));
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ message: expect.stringContaining(`matmul: ${shapes} - inner`) });
  expect((caught as { hint?: string }).hint).toBe(hint);
});

const a = zeros([3]);

test.each<readonly [() => unknown, string]>([
  [
    () => zeros([32, 10]).matmul(zeros([20, 5]) as never),
    "matmul: [32, 10] x [20, 5] - inner sizes 10 and 20 must match",
  ],
  [
    () => zeros([2, 3, 4]).matmul(zeros([5, 4, 6]) as never),
    "matmul: [2, 3, 4] x [5, 4, 6] - leading sizes 2 and 5 must be equal, or one of them 1",
  ],
  [
    () => zeros([]).matmul(zeros([2]) as never),
    "matmul: [] x [2] - both need at least one dimension",
  ],
  [() => a.matmul([1, 2, 3] as never), "matmul: an array - wanted a tensor"],
  [() => a.dot(zeros([4]) as never), "dot: [3] . [4] - sizes 3 and 4 must match"],
  [() => a.dot(zeros([3, 1]) as never), "dot: [3] . [3, 1] - wanted two vectors"],
  [() => a.dot(undefined as never), "dot: undefined for other - wanted a tensor"],
  [() => a.mm(zeros([3, 2])), "mm: [3] x [3, 2] - wanted two matrices"],
  [() => zeros([2, 3]).mm(zeros([2, 3])), "mm: [2, 3] x [2, 3] - inner sizes 3 and 2 must match"],
  [
    () => zeros([2, 3, 4]).bmm(zeros([4, 5])),
    "bmm: [2, 3, 4] x [4, 5] - wanted two lists of matrices, 3-d",
  ],
  [
    () => zeros([1, 3, 4]).bmm(zeros([2, 4, 5])),
    "bmm: [1, 3, 4] x [2, 4, 5] - leading sizes 1 and 2 must be equal",
  ],
  [() => a.outer(zeros([3, 1]) as never), "outer: [3] x [3, 1] - wanted two vectors"],
  [() => a.outer(2 as never), "outer: a number for other - wanted a tensor"],
  [
    () => linalg.solve(zeros([2, 3, 3]), zeros([4, 3, 1])),
    "solve: [2, 3, 3] x = [4, 3, 1] - leading sizes 2 and 4 must be equal, or one of them 1",
  ],
])("a product that cannot be is named with both shapes, %#", (run, message) => {
  expect(run).toThrow(message);
});
