import { expect, test } from "vitest";
import { nn, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

/** A parameter whose slope is `slope`. */
function sloped(slope: readonly number[]): Tensor {
  const made = tensor(
    slope.map(() => 0),
    { requiresGrad: true },
  );
  made.grad = tensor(slope);
  return made;
}

test("clipGradNorm_() scales all slopes together and gives the norm they had", () => {
  const [a, b, c] = [sloped([3, 0]), sloped([-4]), tensor([1], { requiresGrad: true })];
  expect(nn.clipGradNorm_([a, b, c], 1).item()).toBe(5);
  expect([a.grad?.toArray(), b.grad?.toArray(), c.grad]).toEqual([
    [expect.closeTo(0.6, 5), 0],
    [expect.closeTo(-0.8, 5)],
    null,
  ]);
});

test("clipGradNorm_() leaves slopes within the limit as they are", () => {
  const a = sloped([0.3, 0.4]);
  nn.clipGradNorm_(a, 0.6);
  expect(a.grad?.data).toEqual(Float32Array.of(0.3, 0.4));
});

/** Printed by PyTorch's clip_grad_norm_ for the slopes [1, -2, 3] and [-4]. */
test.each([
  [1, 10],
  [2, 5.4772258],
  [3, 4.6415887],
  [0.5, 37.776569],
  [Infinity, 4],
])("clipGradNorm_() with normType %f gives PyTorch's norm", (normType, norm) => {
  const made = [sloped([1, -2, 3]), sloped([-4])];
  expect(nn.clipGradNorm_(made, 1, { normType }).item() / norm).toBeCloseTo(1, 5);
  expect(nn.clipGradNorm_(made, 9, { normType }).item()).toBeCloseTo(1, 4);
});

test("clipGradNorm_() does not overflow where the squares would", () => {
  expect(nn.clipGradNorm_(sloped([3e30, 4e30]), 1).item() / 5e30).toBeCloseTo(1, 6);
});

test("clipGradNorm_() of no slopes is 0", () => {
  expect(nn.clipGradNorm_([tensor(1, { requiresGrad: true })], 1).item()).toBe(0);
});

test("clipGradNorm_() refuses a norm that is not finite where asked to", () => {
  const a = sloped([1, Number.NaN]);
  expect(() => nn.clipGradNorm_(a, 1, { errorIfNonfinite: true })).toThrow(
    "clipGradNorm_: the norm of the slopes is NaN - wanted a finite one",
  );
  expect(nn.clipGradNorm_(a, 1).item()).toBeNaN();
});

test("clipGradValue_() limits each slope by itself", () => {
  const a = sloped([3, -0.5, -7]);
  nn.clipGradValue_([a], 2);
  expect(a.grad?.toArray()).toEqual([2, -0.5, -2]);
});

test.each([
  [
    () => nn.clipGradNorm_(anything(nn.Linear(1, 1)), 1),
    "clipGradNorm_: a function for the parameters - wanted a list of tensors, such as net.parameters()",
  ],
  [
    () => nn.clipGradNorm_([anything(1)], 1),
    "clipGradNorm_: parameter 0 is a number - wanted a tensor",
  ],
  [
    () => nn.clipGradNorm_([], anything(undefined)),
    "clipGradNorm_: maxNorm is undefined - wanted a number, 0 or more",
  ],
  [
    () => nn.clipGradNorm_([], 1, { normType: 0 }),
    "clipGradNorm_: normType is 0 - wanted a number above 0",
  ],
  [
    () => nn.clipGradNorm_([], 1, anything(1)),
    "clipGradNorm_: 1 for the options - wanted an object such as { normType: ... }",
  ],
  [() => nn.clipGradValue_([], -1), "clipGradValue_: clipValue is -1 - wanted a number, 0 or more"],
])("clipping refuses what it cannot limit: %#", (clip, message) => {
  expect(clip).toThrow(message);
});
