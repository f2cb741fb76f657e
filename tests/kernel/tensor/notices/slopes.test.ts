/** Notices about slopes that are kept too long, or reach no optimiser. */
import { describe, expect, test } from "vitest";
import { F, nn, noGrad, ones, optim, randn } from "../../../../kernel/tensor/index.ts";
import { told, rules, x, y, train, linearStep } from "./observed.ts";

describe("zero-grad", () => {
  test("is told when slopes are carried over three steps", () => {
    train(3, linearStep(), { zero: false });
    expect(rules()).toEqual([]);
    train(4, linearStep(), { zero: false });
    expect(rules()).toEqual(["zero-grad"]);
    expect(told[0]?.text).toContain("The slopes of earlier steps were never forgotten");
    expect(told[0]?.fix).toBe("Call the optimiser's zeroGrad() before backward().");
  });

  test("is told of a loop by hand, with its own fix", () => {
    const w = ones([4], { requiresGrad: true });
    for (let i = 0; i < 5; i++) {
      x.matmul(w).square().mean().backward();
      noGrad(() => w.sub_(w.grad?.mul(0.01) ?? 0));
    }
    expect(told.map(({ rule, fix }) => [rule, fix])).toEqual([
      ["zero-grad", "Set the parameter's grad to null after each step."],
    ]);
  });

  test("is silent about slopes added up on purpose, before one step", () => {
    const { net, opt } = linearStep();
    for (let i = 0; i < 8; i++) {
      opt.zeroGrad();
      for (let part = 0; part < 3; part++) F.crossEntropy(net(x), y).div(3).backward();
      opt.step();
    }
    expect(rules()).toEqual([]);
  });

  test("is silent when slopes are zeroed in place, by hand or by the module", () => {
    const { net, opt } = linearStep();
    const parameters = (net as ReturnType<typeof nn.Linear>).parameters();
    const zero = () => {
      for (const parameter of parameters) parameter.grad?.zero_();
    };
    train(8, { net, opt }, { zero: false, first: zero });
    expect(rules()).toEqual([]);
  });

  test("is silent about two optimisers that take turns", () => {
    const [a, b] = [nn.Linear(4, 3), nn.Linear(3, 3)];
    const [first, second] = [
      optim.SGD(a.parameters(), { lr: 0.01 }),
      optim.SGD(b.parameters(), { lr: 0.01 }),
    ];
    for (let i = 0; i < 8; i++) {
      const opt = i % 2 === 0 ? first : second;
      opt.zeroGrad();
      F.crossEntropy(b(a(x)), y).backward();
      opt.step();
    }
    expect(rules()).toEqual([]);
  });
});

describe("missing-parameter", () => {
  const make = () => {
    const [a, b] = [nn.Linear(4, 8), nn.Linear(8, 3)];
    return { a, b, net: (input: typeof x) => b(a(input)) };
  };

  test("is told when a layer gets slopes and no optimiser has it", () => {
    const { b, net } = make();
    train(3, { net, opt: optim.SGD(b.parameters(), { lr: 0.1 }) });
    expect(rules()).toEqual(["missing-parameter"]);
    expect(told[0]?.text).toBe(
      "2 parameters ([8, 4], [8]) get slopes, but no optimiser has them: nothing is learned there.",
    );
  });

  test("is told when a parameter has got no slope in 50 steps", () => {
    const { a, b, net } = make();
    const unused = nn.Linear(5, 5, { bias: false });
    const all = [...a.parameters(), ...b.parameters(), ...unused.parameters()];
    train(49, { net, opt: optim.SGD(all, { lr: 0.1 }) });
    expect(rules()).toEqual([]);
    train(50, { net, opt: optim.SGD(all, { lr: 0.1 }) });
    expect(told.map(({ text }) => text)).toEqual([
      "A parameter [5, 5] got no slope in 50 steps: the loss does not depend on it.",
    ]);
  });

  test("is told when a network has a layer that the optimiser has not, the last one too", () => {
    const { a, b } = make();
    train(3, {
      net: nn.Sequential(a, nn.Sequential(b)),
      opt: optim.SGD(a.parameters(), { lr: 0.1 }),
    });
    expect(told.map(({ text }) => text)).toEqual([
      "2 parameters ([3, 8], [3]) get slopes, but no optimiser has them: nothing is learned there.",
    ]);
  });

  test("is told when of layers that are called one by one the last is missing", () => {
    const { a, net } = make();
    train(3, { net, opt: optim.SGD(a.parameters(), { lr: 0.1 }) });
    expect(rules()).toEqual(["missing-parameter"]);
  });

  test("is told when what comes before the learned network is a network of its own", () => {
    const encoder = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 8));
    const { b } = make();
    train(3, { net: (input) => b(encoder(input)), opt: optim.SGD(b.parameters(), { lr: 0.1 }) });
    expect(rules()).toEqual(["missing-parameter"]);
  });

  test("is silent about a network of its own that judges what is learned", () => {
    const judge = nn.Sequential(nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 3));
    const { a } = make();
    train(12, { net: (input) => judge(a(input)), opt: optim.SGD(a.parameters(), { lr: 0.1 }) });
    expect(rules()).toEqual([]);
  });

  test("is silent about parameters that were loaded", () => {
    const { a, b, net } = make();
    a.loadStateDict(nn.Linear(4, 8).stateDict());
    train(12, { net, opt: optim.SGD(b.parameters(), { lr: 0.1 }) });
    expect(rules()).toEqual([]);
  });

  test("is told of a layer that was not loaded with the others", () => {
    const { a, b } = make();
    a.loadStateDict(nn.Linear(4, 8).stateDict());
    const whole = nn.Sequential(a, nn.Linear(8, 8), b);
    train(3, { net: whole, opt: optim.SGD(b.parameters(), { lr: 0.1 }) });
    expect(told.map(({ text }) => text)).toEqual([
      "2 parameters ([8, 8], [8]) get slopes, but no optimiser has them: nothing is learned there.",
    ]);
  });

  test("is silent about a branch that is rarely taken", () => {
    const experts = [nn.Linear(4, 3), nn.Linear(4, 3), nn.Linear(4, 3)] as const;
    const opt = optim.Adam(experts.flatMap((expert) => expert.parameters()));
    for (let i = 0; i < 60; i++) {
      const expert = i % 12 === 11 ? experts[2] : experts[i % 2 === 0 ? 0 : 1];
      const loss = F.crossEntropy(expert(x), y);
      opt.zeroGrad();
      loss.backward();
      opt.step();
    }
    expect(rules()).toEqual([]);
  });

  test("is silent when steps by hand take care of what the optimiser has not", () => {
    const { a, b, net } = make();
    const opt = optim.SGD(b.parameters(), { lr: 0.1 });
    for (let i = 0; i < 12; i++) {
      opt.zeroGrad();
      a.zeroGrad();
      F.crossEntropy(net(x), y).backward();
      opt.step();
      noGrad(() => {
        for (const each of a.parameters()) if (each.grad !== null) each.sub_(each.grad.mul(0.1));
      });
    }
    expect(rules()).toEqual([]);
  });

  test("is silent about frozen layers", () => {
    const { a, b, net } = make();
    for (const parameter of a.parameters()) parameter.requiresGrad = false;
    train(12, { net, opt: optim.SGD(b.parameters(), { lr: 0.1 }) });
    expect(rules()).toEqual([]);
  });

  test("is silent when an input is learned and the network is not", () => {
    const net = nn.Linear(4, 3);
    const picture = randn([16, 4], { requiresGrad: true });
    const opt = optim.SGD([picture], { lr: 0.1 });
    train(12, { net: () => net(picture), opt });
    expect(rules()).toEqual([]);
  });

  test("is silent when two optimisers share a network", () => {
    const { a, b, net } = make();
    const opts = [a, b].map((layer) => optim.SGD(layer.parameters(), { lr: 0.1 }));
    for (let i = 0; i < 12; i++) {
      for (const opt of opts) opt.zeroGrad();
      F.crossEntropy(net(x), y).backward();
      for (const opt of opts) opt.step();
    }
    expect(rules()).toEqual([]);
  });
});
