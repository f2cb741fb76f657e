/** Trainings without a mistake, of which nothing is told. */
import { describe, expect, test } from "vitest";
import {
  accuracy,
  F,
  nn,
  noGrad,
  ones,
  optim,
  rand,
  randint,
  randn,
  tensor,
  zeros,
  type Tensor,
} from "../../../../kernel/tensor/index.ts";
import { rules, x, y, train, type Step } from "./observed.ts";

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
