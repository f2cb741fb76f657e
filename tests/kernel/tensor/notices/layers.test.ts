/** Notices about a softmax too many and a network judged in training mode. */
import { describe, expect, test } from "vitest";
import {
  accuracy,
  F,
  nn,
  noGrad,
  optim,
  randn,
  tensor,
  type Tensor,
} from "../../../../kernel/tensor/index.ts";
import { beginNotices } from "../../../../kernel/tensor/notices/notice.ts";
import { told, rules, x, y } from "./observed.ts";

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

  const labels = tensor(y, { dtype: "i32" });
  const byHand: [string, (logits: Tensor) => Tensor][] = [
    ["labels", (logits) => logits.argmax(1).eq(labels).to("f32").mean()],
    ["labels in a column", (logits) => logits.argmax(1).unsqueeze(1).eq(labels.unsqueeze(1)).sum()],
    ["labels of another type", (logits) => labels.to("f32").ne(logits.argmax(1).to("f32")).sum()],
  ];
  describe.each(byHand)("of an accuracy by hand, with %s,", (_, score) => {
    const normed = () => nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 3));

    test("is told, recorded or not", () => {
      noGrad(() => score(normed()(x)));
      expect(rules()).toEqual(["eval-mode"]);
      beginNotices();
      score(make()(x));
      expect(rules()).toEqual(["eval-mode", "eval-mode"]);
    });

    test("is silent in evaluation mode", () => {
      score(make().eval()(x));
      noGrad(() => score(normed().eval()(x)));
      expect(rules()).toEqual([]);
    });

    test("is silent about the training's own outputs, judged before the walk and after", () => {
      const net = make();
      const opt = optim.SGD(net.parameters(), { lr: 0.1 });
      for (let i = 0; i < 4; i++) {
        const logits = net(x);
        score(logits);
        noGrad(() => score(logits));
        accuracy(logits, y);
        opt.zeroGrad();
        F.crossEntropy(logits, y).backward();
        opt.step();
        score(logits);
      }
      expect(rules()).toEqual([]);
    });
  });

  test("has the stack of the line that compares", () => {
    const compares = (logits: Tensor) => logits.argmax(1).eq(labels);
    noGrad(() => compares(make()(x)));
    expect(told[0]?.site.stack).toContain("compares");
  });

  test("is silent about choices that are no judgement", () => {
    const net = make();
    noGrad(() => {
      const choice = net(x).argmax(1);
      choice.eq(2).sum();
      choice.eq(net(x).argmax(1)).sum();
      choice.mul(2).add(labels);
    });
    expect(rules()).toEqual([]);
  });

  test("is silent about two networks that are judged before one walk", () => {
    const nets = [make(), make()] as const;
    for (let i = 0; i < 3; i++) {
      const [a, b] = [nets[0](x), nets[1](x)];
      for (const logits of [a, b]) accuracy(logits, y);
      F.crossEntropy(a, y).add(F.crossEntropy(b, y)).backward();
    }
    expect(rules()).toEqual([]);
  });

  test("is told when evaluations go on that are never walked back", () => {
    const net = make();
    for (let i = 0; i < 5; i++) accuracy(net(x), y);
    expect(told.map(({ rule }) => rule)).toEqual(["eval-mode"]);
  });

  test("is silent when accuracy() is given the model, which it puts into evaluation mode", () => {
    accuracy(make(), { x, y: tensor(y, { dtype: "i32" }) });
    expect(rules()).toEqual([]);
  });

  test("is told when the outputs are worked on before they are judged", () => {
    const net = make();
    noGrad(() => accuracy(net(x).softmax(1).unsqueeze(0).squeeze(0), y));
    expect(rules()).toEqual(["eval-mode"]);
  });

  test("is told when the layers are called one by one", () => {
    const [hidden, drop, out] = [nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 3)];
    const logits = noGrad(() => out(drop(hidden(x).relu())));
    accuracy(logits.detach(), y);
    expect(rules()).toEqual(["eval-mode"]);
  });

  test("is silent about a network that is judged after another ran in training mode", () => {
    const [other, judged] = [make(), nn.Linear(4, 3)];
    noGrad(() => {
      other(x);
      accuracy(judged(x), y);
      F.crossEntropy(judged(x), y);
    });
    expect(rules()).toEqual([]);
  });

  test("is silent about the one of two networks that is in evaluation mode", () => {
    const [noisy, judged] = [make(), make().eval()];
    noGrad(() => accuracy(judged(noisy(x).matmul(randn([3, 4]))), y));
    expect(rules()).toEqual([]);
  });

  test("is silent about a network of other layers", () => {
    noGrad(() => accuracy(nn.Linear(4, 3)(x), y));
    expect(rules()).toEqual([]);
  });
});
