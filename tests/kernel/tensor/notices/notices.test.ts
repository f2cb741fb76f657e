/** The eight notices: each tells its mistake, and is silent about what only looks like it. */
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  accuracy,
  detectAnomaly,
  F,
  Generator,
  manualSeed,
  nn,
  noGrad,
  ones,
  optim,
  rand,
  randint,
  randn,
  silence,
  type Tensor,
  tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";
import {
  beginNotices,
  endNotices,
  type Notice,
  noticeRules,
  observeNotices,
} from "../../../../kernel/tensor/notices/notice.ts";

let told: Notice[] = [];
beforeEach(() => {
  told = [];
  manualSeed(0);
  observeNotices((notice) => told.push(notice));
});
afterAll(() => observeNotices(null));

/** The rules that spoke by the end of the run. */
function rules(): string[] {
  endNotices();
  return told.map(({ rule }) => rule);
}

const x = randn([16, 4], { generator: new Generator(1) });
const y = Array.from({ length: 16 }, (_, i) => i % 3);
const target = rand([16, 1], { generator: new Generator(2) });

interface Step {
  readonly net: (input: typeof x) => typeof x;
  readonly opt: { zeroGrad(): void; step(): void };
}

function train(
  steps: number,
  { net, opt }: Step,
  each?: { zero?: boolean; first?: () => void },
): void {
  for (let i = 0; i < steps; i++) {
    each?.first?.();
    const loss = F.crossEntropy(net(x), y);
    if (each?.zero !== false) opt.zeroGrad();
    loss.backward();
    opt.step();
  }
}

function linearStep(): Step {
  const net = nn.Linear(4, 3);
  return { net, opt: optim.SGD(net.parameters(), { lr: 0.01 }) };
}

test("a sound training tells nothing", () => {
  const net = nn.Sequential(
    nn.Linear(4, 8),
    nn.BatchNorm1d(8),
    nn.ReLU(),
    nn.Dropout(0.2),
    nn.Linear(8, 3),
  );
  train(60, { net, opt: optim.Adam(net.parameters()) });
  net.eval();
  noGrad(() => accuracy(net(x), y));
  expect(rules()).toEqual([]);
});

interface Net {
  (input: typeof x): typeof x;
  train(): unknown;
  eval(): unknown;
  parameters(): (typeof x)[];
}

describe("nothing is told of sound trainings", () => {
  const optimisers: [string, (parameters: Tensor[]) => Step["opt"]][] = [
    ["SGD with momentum", (all) => optim.SGD(all, { lr: 0.05, momentum: 0.9, nesterov: true })],
    ["Adam", (all) => optim.Adam(all)],
    ["AdamW", (all) => optim.AdamW(all)],
    ["RMSprop", (all) => optim.RMSprop(all)],
    ["Adagrad", (all) => optim.Adagrad(all)],
  ];
  test.each(optimisers)("with %s", (_, make) => {
    const net = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3));
    train(15, { net, opt: make(net.parameters()) });
    expect(rules()).toEqual([]);
  });

  const nets: [string, Net, () => typeof x][] = [
    [
      "convolutions",
      nn.Sequential(
        nn.Conv2d(1, 2, 3),
        nn.BatchNorm2d(2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(8, 3),
      ),
      () => rand([16, 1, 6, 6]),
    ],
    [
      "embeddings",
      nn.Sequential(nn.Embedding(5, 4), nn.Flatten(), nn.Linear(8, 3)),
      () => randint(0, 5, [16, 2]),
    ],
    ["layer norm", nn.Sequential(nn.LayerNorm(4), nn.Linear(4, 3)), () => x],
  ];
  test.each(nets)("of %s, with accuracy on the way and evaluation between", (_, net, inputs) => {
    const opt = optim.Adam(net.parameters(), { lr: 0.01 });
    for (let i = 0; i < 12; i++) {
      net.train();
      const logits = net(inputs());
      const loss = F.crossEntropy(logits, y);
      opt.zeroGrad();
      loss.backward();
      opt.step();
      accuracy(logits, y);
      net.eval();
      noGrad(() => F.crossEntropy(net(inputs()), y));
      accuracy(net, { x: inputs(), y: tensor(y, { dtype: "i32" }) });
    }
    expect(rules()).toEqual([]);
  });

  test("of a recurrent network with clipped slopes", () => {
    const rnn = nn.GRU(4, 6);
    const head = nn.Linear(6, 3);
    const all = [...rnn.parameters(), ...head.parameters()];
    const opt = optim.SGD(all, { lr: 0.1 });
    for (let i = 0; i < 12; i++) {
      const [outputs] = rnn(randn([5, 16, 4]));
      const loss = F.crossEntropy(head(outputs.at(-1)), y);
      opt.zeroGrad();
      loss.backward();
      nn.clipGradNorm_(all, 1);
      opt.step();
    }
    expect(rules()).toEqual([]);
  });

  test("of a generator and its judge, which take turns", () => {
    const [maker, judge] = [nn.Linear(2, 4), nn.Linear(4, 1)];
    const [makes, judges] = [maker, judge].map((net) => optim.Adam(net.parameters(), { lr: 0.01 }));
    for (let i = 0; i < 12; i++) {
      const fake = maker(randn([16, 2]));
      judges?.zeroGrad();
      F.bceWithLogits(judge(x), ones([16, 1]))
        .add(F.bceWithLogits(judge(fake.detach()), zeros([16, 1])))
        .backward();
      judges?.step();
      makes?.zeroGrad();
      F.bceWithLogits(judge(fake), ones([16, 1])).backward();
      makes?.step();
    }
    expect(rules()).toEqual([]);
  });
});

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

describe("double-softmax", () => {
  test("is told at once when a softmax feeds crossEntropy", () => {
    F.crossEntropy(nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))(x), y);
    expect(rules()).toEqual(["double-softmax"]);
  });

  test("is told of unrecorded probabilities when three calls saw nothing else", () => {
    const probabilities = noGrad(() => randn([16, 3]).softmax(1));
    for (let i = 0; i < 2; i++) F.crossEntropy(probabilities, y);
    expect(rules()).toEqual([]);
    F.crossEntropy(probabilities, y);
    expect(rules()).toEqual(["double-softmax"]);
  });

  test("is silent about logits, and about shares as targets", () => {
    for (let i = 0; i < 5; i++) F.crossEntropy(randn([16, 3]), y);
    F.crossEntropy(randn([16, 3]), randn([16, 3]).softmax(1));
    expect(rules()).toEqual([]);
  });
});

describe("eval-mode", () => {
  const make = () => nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 3));

  test("is told when outputs are judged under noGrad in training mode", () => {
    const net = make();
    noGrad(() => accuracy(net(x), y));
    expect(rules()).toEqual(["eval-mode"]);
  });

  test("is told when a loss is", () => {
    const net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 3));
    noGrad(() => F.crossEntropy(net(x), y));
    expect(rules()).toEqual(["eval-mode"]);
  });

  test("is told of recorded outputs that are judged and never walked back", () => {
    accuracy(make()(x), y);
    expect(told).toEqual([]);
    expect(rules()).toEqual(["eval-mode"]);
    expect(told[0]?.fix).toBe("Call net.eval() before, and net.train() after.");
  });

  test("is silent about the training's own outputs", () => {
    const net = make();
    const opt = optim.SGD(net.parameters(), { lr: 0.1 });
    for (let i = 0; i < 4; i++) {
      const logits = net(x);
      const loss = F.crossEntropy(logits, y);
      accuracy(logits, y);
      opt.zeroGrad();
      loss.backward();
      opt.step();
      accuracy(logits, y);
    }
    expect(rules()).toEqual([]);
  });

  test("is silent when accuracy() is given the model, which it puts into evaluation mode", () => {
    accuracy(make(), { x, y: tensor(y, { dtype: "i32" }) });
    expect(rules()).toEqual([]);
  });

  test("is silent about a network of other layers", () => {
    noGrad(() => accuracy(nn.Linear(4, 3)(x), y));
    expect(rules()).toEqual([]);
  });
});

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

  test("is told when a parameter has got no slope in ten steps", () => {
    const { a, b, net } = make();
    const unused = nn.Linear(5, 5, { bias: false });
    const all = [...a.parameters(), ...b.parameters(), ...unused.parameters()];
    train(9, { net, opt: optim.SGD(all, { lr: 0.1 }) });
    expect(rules()).toEqual([]);
    train(10, { net, opt: optim.SGD(all, { lr: 0.1 }) });
    expect(told.map(({ text }) => text)).toEqual([
      "A parameter [5, 5] got no slope in 10 steps: the loss does not depend on it.",
    ]);
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

describe("a rule", () => {
  const mistake = () => tensor(1, { requiresGrad: true }).backward();

  test("speaks once a run", () => {
    mistake();
    mistake();
    expect(rules()).toEqual(["detached-loss"]);
    beginNotices();
    mistake();
    expect(rules()).toEqual(["detached-loss", "detached-loss"]);
  });

  test("that is silenced stays silent in later runs", () => {
    silence("nan-loss");
    beginNotices();
    tensor(Number.NaN, { requiresGrad: true }).mul(1).backward();
    expect(rules()).toEqual([]);
  });

  test("that does not exist cannot be silenced", () => {
    const list = noticeRules.map((rule) => `"${rule}"`).join(", ");
    expect(() => silence("zerograd" as never)).toThrow(`silence: "zerograd" - wanted ${list}`);
    expect(() => silence()).toThrow("silence: no rule - wanted");
    expect(() => silence(3 as never)).toThrow("silence: a number - wanted");
  });

  test("is not followed where nobody observes", () => {
    observeNotices(null);
    mistake();
    expect(told).toEqual([]);
  });
});
