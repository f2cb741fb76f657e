/** Notices about graphs that are kept. */
import { describe, expect, test } from "vitest";
import {
  F,
  nn,
  noGrad,
  optim,
  randn,
  tensor,
  type Tensor,
} from "../../../../kernel/tensor/index.ts";
import { linearStep, rules, told, x, y } from "./observed.ts";

/** Trains, and lets `add` keep something of every loss, before its walk or after it. */
function training(steps: number, add: (total: Tensor, loss: Tensor) => Tensor, before = false) {
  const { net, opt } = linearStep();
  let total: Tensor = tensor(0);
  for (let i = 0; i < steps; i++) {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    if (before) total = add(total, loss);
    loss.backward();
    opt.step();
    if (!before) total = add(total, loss);
  }
  return total;
}

describe("kept-graph", () => {
  const sums: [string, (total: Tensor, loss: Tensor) => Tensor][] = [
    ["as they are", (total, loss) => total.add(loss)],
    ["with weights", (total, loss) => loss.mul(16).div(100).add(total)],
    ["as a moving average", (total, loss) => total.mul(0.9).add(loss.mul(0.1))],
  ];
  for (const before of [true, false])
    test.each(sums)(`is told when losses are summed over steps %s, before: ${before}`, (_, add) => {
      training(30, add, before);
      expect(rules()).toEqual(["kept-graph"]);
      expect(told[0]?.text).toMatch(/^This sum remembers the graphs of 20 losses/);
    });

  test("has the stack of the line that adds", () => {
    const addsUp = (total: Tensor, loss: Tensor) => total.add(loss);
    training(30, addsUp);
    expect(told[0]?.site.stack).toContain("addsUp");
  });

  test("is silent about numbers, detached losses and unrecorded sums", () => {
    let number = 0;
    training(30, (total, loss) => {
      number += loss.item();
      return total;
    });
    training(30, (total, loss) => total.add(loss.detach()));
    training(30, (total, loss) => noGrad(() => total.add(loss)));
    expect(number).toBeGreaterThan(0);
    expect(rules()).toEqual([]);
  });

  test.each<[string, (loss: Tensor) => Tensor]>([
    ["as they are", (loss) => loss],
    ["with weights", (loss) => loss.mul(0.04)],
  ])("is silent about losses of a list that are added up once, %s", (_, weighted) => {
    const losses: Tensor[] = [];
    training(25, (total, loss) => {
      losses.push(loss);
      return total;
    });
    const mean = losses.map(weighted).reduce((a, b) => a.add(b));
    expect(mean.item()).toBeGreaterThan(0);
    expect(rules()).toEqual([]);
  });

  test("is silent about a few", () => {
    training(10, (total, loss) => total.add(loss));
    expect(rules()).toEqual([]);
  });

  test("is silent about the losses of a long sequence, walked together", () => {
    const [from, back] = [nn.Linear(4, 8), nn.Linear(8, 8)];
    const out = nn.Linear(8, 3);
    const opt = optim.SGD(
      [from, back, out].flatMap((each) => each.parameters()),
      { lr: 0.01 },
    );
    for (let step = 0; step < 3; step++) {
      let h: Tensor = randn([16, 8]).mul(0);
      let total: Tensor = tensor(0);
      for (let t = 0; t < 40; t++) {
        h = from(x).add(back(h)).tanh();
        total = total.add(F.crossEntropy(out(h), y));
      }
      opt.zeroGrad();
      total.div(40).backward();
      opt.step();
    }
    expect(rules()).toEqual([]);
  });

  test("is silent about slopes gathered over small batches", () => {
    const { net, opt } = linearStep();
    for (let step = 0; step < 30; step++) {
      let total: Tensor = tensor(0);
      opt.zeroGrad();
      for (let part = 0; part < 4; part++) {
        const loss = F.crossEntropy(net(x), y).div(4);
        loss.backward();
        total = total.add(loss);
      }
      opt.step();
      expect(total.item()).toBeGreaterThan(0);
    }
    expect(rules()).toEqual([]);
  });

  test("is silent about losses of several parts, a penalty among them", () => {
    const net = nn.Linear(4, 3);
    const opt = optim.SGD(net.parameters(), { lr: 0.01 });
    for (let step = 0; step < 40; step++) {
      const weights = net.weight.square().sum().mul(0.01);
      const loss = F.crossEntropy(net(x), y).add(weights).add(net.bias.abs().sum());
      opt.zeroGrad();
      loss.backward();
      opt.step();
    }
    expect(rules()).toEqual([]);
  });
});
