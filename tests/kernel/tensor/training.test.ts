import { expect, test } from "vitest";
import {
  accuracy,
  activity,
  data,
  F,
  manualSeed,
  nn,
  optim,
  type Tensor,
} from "../../../kernel/tensor/index.ts";

class Net extends nn.Module {
  hidden = nn.Linear(2, 16);
  out = nn.Linear(16, 2);
  forward(x: Tensor): Tensor {
    return this.out(this.hidden(x).tanh());
  }
}

function trained(seed: number): { net: Net; losses: number[]; score: number } {
  manualSeed(seed);
  const { train, test: held } = data.load("circle").split(0.5);
  const net = new Net();
  const opt = optim.Adam(net.parameters(), { lr: 0.02 });
  const losses: number[] = [];
  for (const { x, y } of train.batches(32, { epochs: 15 })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
    losses.push(loss.item());
  }
  return { net, losses, score: accuracy(net, held) };
}

test("a small network learns a disc in a ring", () => {
  const { losses, score } = trained(1);
  expect(losses[0]).toBeGreaterThan(0.5);
  expect(score).toBeGreaterThan(0.97);
});

test("manualSeed() gives the same run whatever ran before", () => {
  const first = trained(7).losses;
  trained(8);
  expect(trained(7).losses).toEqual(first);
});

test("activity counts backward passes, steps and draws", () => {
  const before = { ...activity };
  const { losses } = trained(3);
  expect(activity.backwards - before.backwards).toBe(losses.length);
  expect(activity.steps - before.steps).toBe(losses.length);
  expect(activity.draws).toBeGreaterThan(before.draws);
});
