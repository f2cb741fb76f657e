/** What printed tensors came from, beside what PyTorch 1.13 prints for the same calls. */
import { expect, test } from "vitest";
import {
  F,
  linalg,
  ones,
  stack,
  tensor,
  zeros,
  type Tensor,
} from "../../../../kernel/tensor/index.ts";

const learned = (...shape: number[]) => ones(shape, { requiresGrad: true });
const diagonal = () =>
  tensor(
    [
      [2, 0],
      [0, 3],
    ],
    { requiresGrad: true },
  );
const gradFn = (x: Tensor) => /grad_fn=<(\w+)>/.exec(String(x))?.[1];

const calls: readonly (readonly [string, () => Tensor])[] = [
  ["MseLossBackward0", () => F.mse(learned(2), zeros([2]))],
  ["MseLossBackward0", () => F.mse(learned(2), zeros([2]), { reduction: "none" })],
  ["MeanBackward0", () => F.l1(learned(2), zeros([2]))],
  ["HuberLossBackward0", () => F.huber(learned(2), zeros([2]))],
  ["SmoothL1LossBackward0", () => F.smoothL1(learned(2), zeros([2]))],
  ["SmoothL1LossBackward0", () => F.smoothL1(learned(2), zeros([2]), { beta: 0 })],
  ["BinaryCrossEntropyBackward0", () => F.bce(learned(2), zeros([2]))],
  ["BinaryCrossEntropyBackward0", () => F.bce(learned(2), zeros([2]), { weight: ones([2]) })],
  ["BinaryCrossEntropyWithLogitsBackward0", () => F.bceWithLogits(learned(2), zeros([2]))],
  ["NllLossBackward0", () => F.crossEntropy(learned(2, 3), [0, 1])],
  ["NativeLayerNormBackward0", () => F.layerNorm(learned(2, 3), 3, { weight: ones([3]) })],
  ["NativeBatchNormBackward0", () => F.batchNorm(learned(2, 3), zeros([3]), ones([3]))],
  ["NativeBatchNormBackward0", () => F.batchNorm(learned(2, 3), null, null, { bias: ones([3]) })],
  ["FlipBackward0", () => learned(2, 3).flip(0)],
  ["RollBackward0", () => learned(2, 3).roll(1)],
  ["RollBackward0", () => learned(2, 3).roll(1, 1)],
  ["RepeatBackward0", () => learned(2).repeat(3, 1)],
  ["RepeatBackward0", () => learned(2).tile(3)],
  ["DiagBackward0", () => learned(2).diag()],
  ["DiagBackward0", () => learned(2, 2).diag()],
  ["TrilBackward0", () => learned(2, 2).tril()],
  ["TriuBackward0", () => learned(2, 2).triu(1)],
  ["TraceBackward0", () => learned(2, 2).trace()],
  ["StackBackward0", () => stack([learned(2), ones([2])])],
  ["LerpBackward0", () => learned(2).lerp(zeros([2]), 0.3)],
  ["LerpBackward1", () => learned(2).lerp(zeros([2]), tensor([0.3, 0.9]))],
  ["NllLossBackward0", () => F.nll(learned(2, 3), [0, 1])],
  ["NllLossBackward0", () => F.nll(learned(2, 3), [0, 1], { weight: ones([3]) })],
  ["EmbeddingBackward0", () => F.embedding([0, 1], learned(2, 3))],
  ["EmbeddingBackward0", () => F.embedding([0, 1], learned(2, 3), { paddingIdx: 0 })],
  ["SortBackward0", () => learned(3).sort().values],
  ["TopkBackward0", () => learned(3).topk(2).values],
  ["IndexSelectBackward0", () => learned(2, 3).indexSelect(1, [0, 2])],
  ["IndexSelectBackward0", () => learned(2, 3).repeatInterleave(2, 0)],
  ["MaskedSelectBackward0", () => learned(2).maskedSelect(zeros([2]).lt(1))],
  ["LinalgInvExBackward0", () => linalg.inv(diagonal())],
  ["LinalgEighBackward0", () => linalg.eigh(diagonal()).values],
  ["LinalgEighBackward0", () => linalg.eigh(diagonal()).vectors],
  ["LinalgSvdBackward0", () => linalg.svd(diagonal()).U],
  ["LinalgSvdBackward0", () => linalg.svd(diagonal()).S],
  ["LinalgSvdBackward0", () => linalg.svd(diagonal()).Vh],
  ["MaskedFillBackward0", () => learned(2).maskedFill(zeros([2]).lt(1), 3)],
];

test.each(calls)("a result of several ops is printed with grad_fn=<%s>: %s", (name, call) => {
  expect(gradFn(call())).toBe(name);
});

test("what a composed result was made from, and what is made of it, keep their own names", () => {
  const x = learned(2, 2).mul(2);
  const flipped = x.flip(0);
  expect([x, flipped, flipped.add(1), flipped.clone()].map(gradFn)).toEqual([
    "MulBackward0",
    "FlipBackward0",
    "AddBackward0",
    "CloneBackward0",
  ]);
});
