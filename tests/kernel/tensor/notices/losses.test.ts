/** Notices about what a walk back begins with. */
import { describe, expect, test } from "vitest";
import {
  detectAnomaly,
  F,
  nn,
  noGrad,
  ones,
  optim,
  randn,
  tensor,
  type Tensor,
} from "../../../../kernel/tensor/index.ts";
import { told, rules, x, y, target, linearStep } from "./observed.ts";

describe("broadcast", () => {
  test("is told when [n, 1] meets [n] on the way to a loss", () => {
    const net = nn.Linear(4, 1);
    const wrong = target.squeeze(1);
    net(x).sub(wrong).square().mean().backward();
    expect(rules()).toEqual(["broadcast"]);
    expect(told[0]?.text).toBe(
      "sub of [16, 1] and [16] made [16, 16], so this loss compares every prediction with every target.",
    );
  });

  test.each<[string, (table: Tensor) => Tensor]>([
    ["a penalty beside it", (table) => table.mean().add(1)],
    ["sums of rows that are added up", (table) => table.sum(1).mean()],
  ])("is told with %s", (_, reduce) => {
    const net = nn.Linear(4, 1);
    reduce(net(x).sub(target.squeeze(1)).square()).backward();
    expect(rules()).toEqual(["broadcast"]);
  });

  test("has the stack of the line that combined them", () => {
    const net = nn.Linear(4, 1);
    const difference = () => target.squeeze(1).sub(net(x));
    const walk = () => difference().abs().mean().backward();
    walk();
    expect(told[0]?.site.stack).toContain("difference");
  });

  test("is silent about tables made on purpose", () => {
    const points = randn([16], { requiresGrad: true });
    points.unsqueeze(1).sub(points).square().mean().backward();
    tensor([1, 2, 3])
      .unsqueeze(1)
      .mul(tensor([1, 2, 3]));
    nn.Linear(4, 1)(x).sub(target).square().mean().backward();
    expect(rules()).toEqual([]);
  });
});

describe("broadcast is silent where a table is meant:", () => {
  const column = x.at(null, [0, 1]);
  const row = randn([16], { requiresGrad: true });
  const tables: [string, () => Tensor][] = [
    ["scales of rows and columns", () => column.mul(row).mean()],
    ["waves of learned frequencies", () => column.mul(row).sin().square().mean()],
    ["as many centres as points", () => column.sub(row).square().neg().exp().sum()],
    ["the nearest of the predicted centres", () => column.sub(row.mul(2)).square().min(1).mean()],
    [
      "a sum for each column",
      () => column.sub(row.mul(2)).abs().sum(0).sub(x.at(null, 1)).square().mean(),
    ],
    ["a mean for each row", () => column.sub(row.mul(2)).abs().mean(1).log().sum()],
    [
      "the energy distance of two samples",
      () => energyDistance(row.unsqueeze(1).mul(2), x.at(null, 0)),
    ],
    ["the same, of rows", () => energyDistance(row.mul(2).unsqueeze(1), x.at(null, 1))],
    ["shares of rows", () => column.sub(row.mul(2)).softmax(1).square().mean()],
  ];
  const energyDistance = (a: Tensor<[number, number]>, b: Tensor) =>
    a.sub(b).abs().mean().sub(a.sub(a.T).abs().mean().div(2));

  test.each(tables)("%s", (_, loss) => {
    loss().backward();
    expect(rules()).toEqual([]);
  });
});

describe("unscaled-input", () => {
  const regress = (inputs: typeof x, lr: number, steps: number) => {
    const net = nn.Linear(4, 1);
    const opt = optim.SGD(net.parameters(), { lr });
    for (let i = 0; i < steps; i++) {
      const loss = F.mse(net(inputs), target);
      opt.zeroGrad();
      loss.backward();
      opt.step();
    }
  };

  test("is told when large inputs make the loss infinite", () => {
    regress(x.mul(500), 0.1, 30);
    expect(rules()).toEqual(["unscaled-input"]);
    expect(told[0]?.text).toMatch(
      /^The inputs \[16, 4\] lie around ±\d+ and the loss became infinite at step \d+: layers begin/,
    );
  });

  test("is told when with large inputs the loss does not fall", () => {
    const net = nn.Sequential(nn.Linear(4, 8), nn.Sigmoid(), nn.Linear(8, 3));
    const opt = optim.SGD(net.parameters(), { lr: 1e-6 });
    for (let i = 0; i < 50; i++) {
      const loss = F.crossEntropy(net(x.mul(1000)), y);
      opt.zeroGrad();
      loss.backward();
      opt.step();
    }
    expect(rules()).toEqual(["unscaled-input"]);
  });

  test("is silent about large inputs that train well, and about small ones", () => {
    regress(x.mul(100), 1e-5, 60);
    regress(x.mul(4), 1e-3, 60);
    expect(rules()).toEqual([]);
  });
});

describe("detached-loss", () => {
  test("is told when the walk begins at a leaf", () => {
    const { net } = linearStep();
    const loss = F.crossEntropy(net(x), y);
    tensor(loss.item(), { requiresGrad: true }).backward();
    expect(rules()).toEqual(["detached-loss"]);
  });

  test("is told when the loss was computed unrecorded", () => {
    const { net } = linearStep();
    const loss = noGrad(() => F.crossEntropy(net(x), y));
    loss.requiresGrad = true;
    loss.backward();
    expect(rules()).toEqual(["detached-loss"]);
  });

  test("is silent about a leaf whose own slope is asked for, also after a training", () => {
    const p = tensor(3, { requiresGrad: true });
    p.backward();
    expect(p.grad?.item()).toBe(1);
    F.crossEntropy(linearStep().net(x), y).backward();
    p.backward();
    expect(p.grad?.item()).toBe(2);
    expect(rules()).toEqual([]);
  });

  test("is silent about a loss of parameters", () => {
    ones([3], { requiresGrad: true }).sum().backward();
    expect(rules()).toEqual([]);
  });
});

describe("nan-loss", () => {
  const burst = (steps: number) => {
    const w = tensor(1, { requiresGrad: true });
    for (let i = 1; i <= steps; i++) {
      w.grad = null;
      w.sub(i < steps ? 0.5 : 1)
        .log()
        .mul(0)
        .backward();
    }
  };

  test("tells at which step the loss became NaN, and offers anomaly mode", () => {
    burst(4);
    expect(rules()).toEqual(["nan-loss"]);
    expect(told[0]?.text).toBe("The loss became NaN at step 4.");
    expect(told[0]?.fix).toContain("detectAnomaly(() => { ... })");
  });

  test("says so when it was NaN from the start", () => {
    burst(1);
    expect(told[0]?.text).toBe("The loss is NaN from the first step.");
  });

  test("is silent in anomaly mode, which throws", () => {
    expect(() => detectAnomaly(() => burst(2))).toThrow("log: [] gave -Infinity");
    expect(rules()).toEqual([]);
  });
});
