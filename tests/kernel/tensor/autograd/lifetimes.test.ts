/** What the engine made for itself dies on time, and nothing that a person can reach does. */
import { describe, expect, test } from "vitest";
import { lifetimes } from "../../../../kernel/tensor/autograd/lifetimes.ts";
import {
  customOp,
  F,
  grad,
  manualSeed,
  nn,
  noGrad,
  optim,
  randn,
  tensor,
  type Tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";
import { watchBurials } from "../burials.ts";

const leaf = (data: number[]) => tensor(data, { requiresGrad: true });

const dead = watchBurials();

test("tests run with the dead poisoned", () => {
  expect(lifetimes.poisons).toBe(true);
});

test("what an in-place method computes on the way to its tensor dies there", () => {
  const x = tensor([1, 2, 3]);
  const before = dead.size;
  x.mul_(2).add_(1);
  expect(dead.size).toBe(before + 2);
  expect(x.toArray()).toEqual([3, 5, 7]);
});

describe("slopes on their way back", () => {
  test("die when the next ones are known, with what was made on the way", () => {
    const x = leaf([1, 2, 3]);
    let y: Tensor = x;
    for (let i = 0; i < 10; i++) y = y.tanh();
    y.sum().backward();
    // The slope of every tanh but the first, which got a view of the seed; that of x is kept.
    expect(dead.size).toBeGreaterThanOrEqual(9);
    expect(dead.has(x.grad.storage)).toBe(false);
    expect(x.grad.toArray()).not.toContain(Number.NaN);
  });

  test("die once where two branches meet, and where one slope goes to both", () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    const c = a.mul(b);
    c.add(c.tanh()).add(c).mul(a).sum().backward();
    const s = c.toArray() as number[];
    const t = s.map(Math.tanh);
    const wanted = [0, 1].map((i) => {
      const [ai, bi, si, ti] = [a.toArray(), b.toArray(), s, t].map((v) => (v as number[])[i] ?? 0);
      return (2 + 1 - ti! ** 2) * bi! * ai! + (2 * si! + ti!);
    });
    expect(a.grad.toArray()).toEqual(wanted.map((each) => expect.closeTo(each, 4)));
  });

  test("live where a hook has seen them", () => {
    const x = leaf([1, 2]);
    const seen: Tensor[] = [];
    const y = x.mul(3);
    y.registerHook((slope) => void seen.push(slope));
    x.registerHook((slope) => void seen.push(slope));
    y.square().sum().backward();
    x.grad = null;
    expect(seen.map((slope) => slope.toArray())).toEqual([
      [6, 12],
      [18, 36],
    ]);
  });

  test("live where an op from a cell has seen them", () => {
    const seen: Tensor[] = [];
    const pass = customOp({
      name: "pass",
      forward: (_, x: Tensor) => x.mul(1),
      backward(_, g) {
        seen.push(g);
        return g;
      },
    });
    const x = leaf([1, 2]);
    pass(pass(x.mul(2)).mul(5))
      .sum()
      .backward();
    expect(seen.map((slope) => slope.toArray())).toEqual([
      [1, 1],
      [5, 5],
    ]);
    expect(x.grad.toArray()).toEqual([10, 10]);
  });

  test("live where they were asked for", () => {
    const x = leaf([1, 2]);
    const y = x.square();
    const z = y.mul(2).sum();
    const [ofY, ofX] = grad(z, [y, x]);
    expect([ofY?.toArray(), ofX?.toArray()]).toEqual([
      [2, 2],
      [4, 8],
    ]);
  });

  test("live where they are recorded", () => {
    const x = leaf([2]);
    const [slope] = grad(x.pow(3).sum(), [x], { createGraph: true });
    slope?.mul(slope).sum().backward();
    // (3x²)² has slope 36x³
    expect([slope?.item(), x.grad.item()]).toEqual([12, 288]);
  });

  test("live in every leaf they came to, each for itself", () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    a.add(b).mul(2).sum().backward();
    a.grad.mul_(10);
    expect(b.grad.toArray()).toEqual([2, 2]);
  });
});

describe("a kept slope", () => {
  const step = (x: Tensor) => x.square().sum().backward();

  test("dies when it is forgotten and nobody has read it", () => {
    const x = leaf([1, 2]);
    const opt = optim.SGD([x], { lr: 0.1 });
    step(x);
    opt.step();
    const { storage } = x.innerGrad ?? x;
    opt.zeroGrad();
    expect(dead.has(storage)).toBe(true);
    expect(x.toArray()).toEqual([0.8, 1.6].map((each) => expect.closeTo(each, 6)));
  });

  test("lives when somebody has read it", () => {
    const x = leaf([1, 2]);
    step(x);
    const read = x.grad;
    x.grad = null;
    step(x);
    x.grad = null;
    expect(read.toArray()).toEqual([2, 4]);
  });

  test("dies when another walk adds to it", () => {
    const x = leaf([1, 2]);
    step(x);
    const { storage } = x.innerGrad ?? x;
    step(x);
    expect(dead.has(storage)).toBe(true);
    expect(x.grad.toArray()).toEqual([4, 8]);
  });
});

describe("what a forward kept for its gradient", () => {
  test("dies with the graph", () => {
    manualSeed(0);
    const logits = randn([4, 3], { requiresGrad: true });
    const losses = F.crossEntropy(logits, [0, 1, 2, 0]);
    losses.backward({ retainGraph: true });
    const before = logits.grad.toArray();
    const early = dead.size;
    losses.backward();
    expect(dead.size).toBeGreaterThan(early);
    expect(logits.grad.div(2).toArray()).toEqual(before);
  });
});

describe("what a layer of ours makes on its way", () => {
  const net = () => {
    manualSeed(1);
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2));
  };

  test("dies at once where nothing is recorded", () => {
    const x = randn([5, 3]);
    const y = noGrad(() => net()(x));
    // What both linear layers but the last gave, and the tanh.
    expect(dead.size).toBe(2);
    expect(y.toArray()).toEqual(net()(x).toArray());
  });

  test("dies with the graph where something is", () => {
    const x = randn([5, 3]);
    const y = net()(x);
    const loss = y.square().mean();
    expect(dead.size).toBe(0);
    loss.backward();
    expect(dead.has(y.storage)).toBe(false);
    expect(dead.has(x.storage)).toBe(false);
    // Two results between the layers, and slopes.
    expect(dead.size).toBeGreaterThan(4);
  });

  test("lives when the graph is kept", () => {
    const model = net();
    const [weight] = model.parameters() as [Tensor];
    const loss = model(randn([5, 3]))
      .square()
      .mean();
    loss.backward({ retainGraph: true });
    const once = weight.grad.toArray();
    weight.grad = null;
    loss.backward();
    expect(weight.grad.toArray()).toEqual(once);
  });

  test("lives when a hook of a layer has seen it", () => {
    const model = net();
    const seen: Tensor[] = [];
    model.get("1").registerForwardHook((_, __, output) => void seen.push(output as Tensor));
    model.get("2").registerForwardPreHook((_, [input]) => void seen.push(input as Tensor));
    model(randn([5, 3]))
      .sum()
      .backward();
    expect(seen[0]?.toArray()).toEqual(seen[1]?.toArray());
    expect(seen[0]?.toArray()).not.toContain(Number.NaN);
  });

  test("lives when a function or a layer from a cell has seen it", () => {
    const seen: Tensor[] = [];
    class Spy extends nn.Module {
      forward(x: Tensor): Tensor {
        seen.push(x);
        return x.mul(2);
      }
    }
    const keeps = (x: Tensor): Tensor => {
      seen.push(x);
      return x.add(1);
    };
    const model = nn.Sequential(nn.Linear(3, 4), keeps, nn.Tanh(), new Spy(), nn.Linear(4, 2));
    const x = randn([5, 3]);
    model(x).sum().backward();
    noGrad(() => model(x));
    const [first, second, third, fourth] = seen.map((each) => each.toArray());
    expect([first, second]).toEqual([third, fourth]);
    expect(JSON.stringify(seen.map((each) => each.toArray()))).not.toContain("null");
  });

  test("lives where a layer was given a forward of its own", () => {
    const seen: Tensor[] = [];
    const model = net();
    const tanh = model[1] as nn.Module & { forward: (x: Tensor) => Tensor };
    tanh.forward = (x) => {
      seen.push(x);
      return x.tanh();
    };
    noGrad(() => model(randn([5, 3])));
    expect(seen[0]?.toArray()).not.toContain(Number.NaN);
  });

  test("lives where its array was read, even by a function in a place where a layer belongs", () => {
    const attention = nn.MultiheadAttention(4, 2, { bias: false });
    const arrays: Float32Array[] = [];
    Reflect.set(attention, "out_proj", (x: Tensor) => {
      arrays.push(x.data as Float32Array);
      return x.mul(1);
    });
    const x = randn([3, 1, 4]);
    const before = noGrad(() => attention(x, x, x)[0]).toArray();
    const [read] = arrays.map((each) => [...each]);
    noGrad(() => attention(x, x, x));
    zeros([12]).add(7);
    expect([...(arrays[0] ?? [])]).toEqual(read);
    expect((before as number[][][]).flat(2)).toEqual(read);
  });

  test("is public after a layer that failed", () => {
    const narrow: Tensor = randn([5, 2]);
    expect(() => net()(narrow)).toThrow("linear");
    expect(lifetimes.isAtWork).toBe(false);
    const x = randn([2]);
    x.mul(2).add(1);
    expect(dead.size).toBe(0);
  });

  test("changes no number: a network trains as it does with a forward from a cell", () => {
    const losses = (isOurs: boolean): number[] => {
      manualSeed(3);
      const layers = nn.Sequential(
        nn.Conv2d(1, 4, 3),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(4 * 9, 8),
        nn.LayerNorm([8]),
        nn.Dropout(0.2),
        nn.GELU(),
        nn.Linear(8, 3),
      );
      const model = isOurs
        ? layers
        : (x: Tensor): Tensor => [...layers].reduce((value, layer) => layer(value), x);
      const opt = optim.Adam(layers.parameters(), { lr: 0.01 });
      const x = randn([6, 1, 8, 8]);
      return Array.from({ length: 4 }, () => {
        opt.zeroGrad();
        const loss = F.crossEntropy(model(x), [0, 1, 2, 0, 1, 2]);
        loss.backward();
        nn.clipGradNorm_(layers.parameters(), 1);
        opt.step();
        return loss.item();
      });
    };
    const ours = losses(true);
    expect(dead.size).toBeGreaterThan(0);
    expect(ours).toEqual(losses(false));
  });
});

describe("what a loss makes on its way", () => {
  const losses: [string, (x: Tensor, y: Tensor) => Tensor, number][] = [
    ["mse", (x, y) => F.mse(x, y), 2],
    ["l1", (x, y) => F.l1(x, y), 2],
    ["huber", (x, y) => F.huber(x, y, { delta: 0.5 }), 6],
    ["smoothL1", (x, y) => F.smoothL1(x, y, { beta: 0.5 }), 7],
    ["bceWithLogits", (x, y) => F.bceWithLogits(x, y), 4],
  ];
  test.each(losses)("%s: dies at once where nothing is recorded", (_, loss, count) => {
    manualSeed(5);
    const [x, y] = [randn([20]), randn([20])];
    noGrad(() => loss(x, y));
    expect(dead.size).toBe(count);
  });

  test.each(losses)(
    "%s: dies with the graph where something is, its slopes the same",
    (_, loss) => {
      manualSeed(5);
      const [x, y] = [randn([20], { requiresGrad: true }), randn([20])];
      const apart = loss(x, y);
      expect(dead.size).toBe(0);
      apart.backward();
      expect(dead.size).toBeGreaterThan(0);
      const [kept] = grad(loss(x, y), [x], { retainGraph: true });
      expect(x.grad.toArray()).toEqual(kept?.toArray());
    },
  );
});
