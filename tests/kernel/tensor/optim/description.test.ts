import { expect, test } from "vitest";
import { nn, ones, optim } from "../../../../kernel/tensor/index.ts";
import { beginWork } from "../../../../kernel/tensor/optim/at-work.ts";
import { describeWork } from "../../../../kernel/tensor/optim/description.ts";

function stepped(optimizer: optim.Optimizer, net: nn.Linear<2> | nn.Sequential): void {
  net(ones([1, 2]))
    .sum()
    .backward();
  optimizer.step();
}

test("describeWork() tells settings, schedules and the networks by their names", () => {
  beginWork();
  const net = nn.Sequential(nn.Linear(2, 3), nn.ReLU());
  const opt = optim.SGD(net.parameters(), { lr: { value: 0.5 }, momentum: 0.9 });
  optim.StepLR(opt, 2, { gamma: 0.5 });
  optim.LambdaLR(opt, () => 1);
  stepped(opt, net);
  const [described, ...others] = describeWork(new Map<string, unknown>([["net", net]]));
  expect(others).toEqual([]);
  expect(described).toMatchObject({
    kind: "SGD",
    settings: { lr: 0.5, momentum: 0.9, nesterov: false },
    schedules: [
      { kind: "StepLR", settings: { stepSize: 2, gamma: 0.5 } },
      { kind: "LambdaLR", settings: { lrLambda: "a function" } },
    ],
    models: [{ name: "net", parameters: 9 }],
  });
  expect(described?.models[0]?.text).toContain("Linear");
});

test("describeWork() tells all values of a setting where groups differ", () => {
  beginWork();
  const net = nn.Linear(2, 1);
  const groups = [
    { params: [net.weight], lr: 0.1 },
    { params: [net.bias], lr: 0.01 },
  ];
  const opt = optim.SGD(groups, { lr: 1 });
  stepped(opt, net);
  expect(describeWork(new Map())[0]?.settings.lr).toBe("0.1, 0.01");
});

test("describeWork() is silent about optimisers that have not stepped", () => {
  beginWork();
  const net = nn.Linear(2, 1);
  const opt = optim.SGD(net.parameters(), { lr: 1 });
  expect(describeWork(new Map<string, unknown>([["opt", opt]]))).toEqual([]);
});
