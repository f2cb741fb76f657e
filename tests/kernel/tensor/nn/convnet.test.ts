/** A small convolutional network on the digits: it learns, the same way for the same seed. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import {
  accuracy,
  data,
  F,
  manualSeed,
  nn,
  optim,
  type Tensor,
} from "../../../../kernel/tensor/index.ts";

beforeAll(() => {
  const file = new URL("../../../../notebooks/data/digits.csv.gz", import.meta.url);
  data.provide("digits", gunzipSync(readFileSync(file)));
});

class Net extends nn.Module {
  features = nn.Sequential(
    nn.Conv2d(1, 8, 3, { padding: "same" }),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, { padding: 1 }),
    nn.ReLU(),
    nn.AdaptiveAvgPool2d(2),
    nn.Flatten(),
  );
  out = nn.Linear(64, 10);
  forward(x: Tensor): Tensor {
    return this.out(this.features(x.reshape(-1, 1, 8, 8)));
  }
}

function trained(steps: number): { losses: number[]; score: number } {
  manualSeed(5);
  const { train, test: held } = data.load("digits").split(0.8);
  const net = new Net();
  const opt = optim.Adam(net.parameters(), { lr: 0.01 });
  const losses: number[] = [];
  for (const { x, y } of train.batches(64, { steps })) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
    losses.push(loss.item());
  }
  return { losses, score: accuracy(net, held) };
}

test("a convolutional network learns the digits in 100 steps", () => {
  const { losses, score } = trained(100);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  expect(mean(losses.slice(0, 5))).toBeGreaterThan(2);
  expect(mean(losses.slice(-5))).toBeLessThan(0.5);
  expect(score).toBeGreaterThan(0.85);
});

test("a convolutional network learns the same way again from the same seed", () => {
  expect(trained(5).losses).toEqual(trained(5).losses);
});
