/**
 * The slope of an embedding as everybody sees it: that of the whole table, though the engine keeps
 * only the rows that were looked up. The judge reads the same rows by a product with ones and zeros.
 */
import { expect, test } from "vitest";
import {
  F,
  grad,
  manualSeed,
  nn,
  noGrad,
  optim,
  randn,
  type Tensor,
  tensor,
} from "../../../../kernel/tensor/index.ts";

const [rows, width] = [300, 64];
const words = [3, 7, 3, 299, 0, 7, 7];

/** Two leaves with the same values. */
function twins(): [Tensor, Tensor] {
  manualSeed(1);
  const values = randn([rows, width]);
  const [one, other] = [values.clone(), values.clone()];
  for (const each of [one, other]) each.requiresGrad = true;
  return [one, other];
}

/** The rows `numbers` of `table`, whose slope is a whole table. */
const picked = (table: Tensor, numbers: readonly number[]): Tensor =>
  F.oneHot(numbers, rows).matmul(table);

/** A number that depends on every element of some rows in its own way. */
function lossOf(found: Tensor): Tensor {
  const weights = Float32Array.from({ length: found.numel() }, (_, i) => Math.cos(i));
  return found.mul(tensor(weights).reshape(found.shape)).square().sum();
}

function close(found: Tensor, wanted: Tensor): void {
  expect(found.shape).toEqual(wanted.shape);
  const far = found.detach().sub(wanted.detach()).abs().max().item();
  expect(far).toBeLessThan(1e-4);
}

test("weight.grad is a dense tensor of the table's shape", () => {
  const [table, judge] = twins();
  lossOf(F.embedding(words, table)).backward();
  lossOf(picked(judge, words)).backward();
  close(table.grad, judge.grad);
  expect(table.grad.at(1).abs().sum().item()).toBe(0);
});

test("slopes of two walks add up, whoever looked in between", () => {
  const [table, judge] = twins();
  for (const numbers of [words, [7, 8, 9], [0]]) {
    lossOf(F.embedding(numbers, table)).backward();
    lossOf(picked(judge, numbers)).backward();
  }
  close(table.grad, judge.grad);
  lossOf(F.embedding([5, 0], table)).backward();
  lossOf(picked(judge, [5, 0])).backward();
  close(table.grad, judge.grad);
});

test("a table that is looked up several times in one loss gets the sum", () => {
  const [table, judge] = twins();
  const loss = (look: (numbers: readonly number[]) => Tensor) =>
    lossOf(look(words))
      .add(lossOf(look([7, 8])))
      .add(lossOf(look([0, 0, 1]).mul(2)));
  loss((numbers) => F.embedding(numbers, table)).backward();
  loss((numbers) => picked(judge, numbers)).backward();
  close(table.grad, judge.grad);
});

test("tied weights get the slopes of both uses", () => {
  const [table, judge] = twins();
  const loss = (found: Tensor, weight: Tensor) =>
    F.crossEntropy(found.matmul(weight.T).mul(0.1), [1, 2, 3, 4, 5, 6, 7]);
  loss(F.embedding(words, table), table).backward();
  loss(picked(judge, words), judge).backward();
  close(table.grad, judge.grad);
});

test.each([
  ["SGD", (w: Tensor) => optim.SGD([w], { lr: 0.1 })],
  ["SGD that climbs", (w: Tensor) => optim.SGD([w], { lr: 0.01, maximize: true })],
  ["SGD with momentum", (w: Tensor) => optim.SGD([w], { lr: 0.1, momentum: 0.9 })],
  ["SGD with weight decay", (w: Tensor) => optim.SGD([w], { lr: 0.1, weightDecay: 0.1 })],
  ["Adam", (w: Tensor) => optim.Adam([w], { lr: 0.1 })],
  ["AdamW", (w: Tensor) => optim.AdamW([w], { lr: 0.1 })],
  ["RMSprop", (w: Tensor) => optim.RMSprop([w], { lr: 0.01, momentum: 0.5 })],
  ["Adagrad", (w: Tensor) => optim.Adagrad([w], { lr: 0.1 })],
] as const)(
  "%s goes the way of a dense slope, rows that were not looked up included",
  (_, make) => {
    const [table, judge] = twins();
    const [one, other] = [make(table), make(judge)];
    for (const numbers of [words, [8, 9], [7, 250, 7]]) {
      one.zeroGrad();
      other.zeroGrad();
      lossOf(F.embedding(numbers, table)).backward();
      lossOf(picked(judge, numbers)).backward();
      one.step();
      other.step();
    }
    close(table, judge);
  },
);

test("momentum moves a row long after it was looked up", () => {
  const [table] = twins();
  const opt = optim.SGD([table], { lr: 0.1, momentum: 0.9 });
  const before = () => table.detach().at(3).clone();
  lossOf(F.embedding([3], table)).backward();
  opt.step();
  const then = before();
  opt.zeroGrad();
  lossOf(F.embedding([4], table)).backward();
  opt.step();
  expect(table.detach().at(3).sub(then).abs().max().item()).toBeGreaterThan(0);
});

test("a hook sees the whole slope, may keep it, and may put another in its place", () => {
  const [table, judge] = twins();
  const seen: Tensor[] = [];
  table.registerHook((slope) => {
    seen.push(slope);
    return slope.mul(2);
  });
  lossOf(F.embedding(words, table)).backward();
  lossOf(picked(judge, words)).backward();
  close(seen[0] as Tensor, judge.grad);
  close(table.grad, judge.grad.mul(2));
});

test("clipGradNorm_() and clipGradValue_() scale and limit it", () => {
  const [table, judge] = twins();
  for (const clip of [
    (w: Tensor) => nn.clipGradNorm_([w], 0.5),
    (w: Tensor) => nn.clipGradValue_([w], 0.01),
  ]) {
    for (const each of [table, judge]) each.grad = null;
    lossOf(F.embedding(words, table)).backward();
    lossOf(picked(judge, words)).backward();
    clip(table);
    clip(judge);
    close(table.grad, judge.grad);
  }
});

test("zeroGrad() forgets it, read or not", () => {
  const [table, judge] = twins();
  const opt = optim.SGD([table], { lr: 1 });
  for (const look of [true, false]) {
    lossOf(F.embedding(words, table)).backward();
    if (look) expect(table.grad.abs().sum().item()).toBeGreaterThan(0);
    opt.zeroGrad();
    expect(table.grad).toBe(null);
  }
  lossOf(F.embedding(words, table)).backward();
  lossOf(picked(judge, words)).backward();
  close(table.grad, judge.grad);
});

test("a slope that was kept stays what it was when the next walk adds to it", () => {
  const [table] = twins();
  lossOf(F.embedding(words, table)).backward();
  const kept = table.grad;
  const values = kept.clone();
  lossOf(F.embedding([7], table)).backward();
  expect(table.grad).not.toBe(kept);
  expect(kept.data).toEqual(values.data);
});

test("createGraph gives slopes that have slopes", () => {
  const [table, judge] = twins();
  const penalty = (weight: Tensor, found: Tensor) => {
    const [slope] = grad(found.pow(3).sum(), [weight], { createGraph: true });
    return (slope as Tensor).square().sum();
  };
  penalty(table, F.embedding(words, table)).backward();
  penalty(judge, picked(judge, words)).backward();
  const far = table.grad.sub(judge.grad).abs().max().item();
  expect(far / judge.grad.abs().max().item()).toBeLessThan(1e-5);
});

test("a step by hand takes the whole slope", () => {
  const [table, judge] = twins();
  lossOf(F.embedding(words, table)).backward();
  lossOf(picked(judge, words)).backward();
  noGrad(() => {
    table.sub_(table.grad.mul(0.1));
    judge.sub_(judge.grad.mul(0.1));
  });
  close(table, judge);
});
