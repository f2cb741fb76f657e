import { expect, test } from "vitest";
import {
  F,
  manualSeed,
  nn,
  optim,
  ones,
  randn,
  type Tensor,
  tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";

class Net extends nn.Module {
  hidden = nn.Linear(2, 16);
  out = nn.Linear(16, 2);
  forward(x: Tensor) {
    return this.out(this.hidden(x).tanh());
  }
}

test("a module is called like a function and is an instance of its class", () => {
  const net = new Net();
  const y: Tensor = net(ones([3, 2]));
  expect(y.shape).toEqual([3, 2]);
  expect(typeof net).toBe("function");
  expect(net instanceof Net).toBe(true);
  expect(net instanceof nn.Module).toBe(true);
  expect(net instanceof nn.Linear).toBe(false);
});

test("a module's call has the arguments of its forward", () => {
  const net = new Net();
  // @ts-expect-error a number is no tensor
  expect(() => net(3)).toThrow();
});

test("a layer refuses a tensor that it would not look at", () => {
  const layers = [nn.Linear(2, 2), nn.Sequential(nn.Tanh()), nn.RNN(2, 2)];
  const [linear, chain, rnn] = layers as unknown as ((...args: unknown[]) => unknown)[];
  const x = ones([3, 2]);
  expect(() => linear?.(x, x)).toThrow("Linear: a tensor as argument 2 - wanted 1 argument");
  expect(() => chain?.(x, x)).toThrow("Sequential: a tensor as argument 2 - wanted 1 argument");
  expect(() => rnn?.(x, zeros([1, 2]), x)).toThrow(
    "RNN: a tensor as argument 3 - wanted 2 arguments",
  );
});

test("a layer maps an array of tensors", () => {
  const layer = nn.Linear(2, 3);
  const map = layer as unknown as (x: Tensor) => Tensor;
  expect([ones([1, 2]), ones([4, 2])].map(map).map(({ shape }) => shape)).toEqual([
    [1, 3],
    [4, 3],
  ]);
});

test("layers are made with and without new, and can be extended", () => {
  class Tall extends nn.Linear {
    constructor() {
      super(2, 8);
    }
  }
  for (const layer of [nn.Linear(2, 8), new nn.Linear(2, 8), new Tall()]) {
    expect(layer(ones([1, 2])).shape).toEqual([1, 8]);
    expect(layer instanceof nn.Linear).toBe(true);
    expect(layer.weight.shape).toEqual([8, 2]);
  }
  expect(String(new Tall())).toBe("Tall(in_features=2, out_features=8, bias=True)");
});

test("parameters() finds fields, arrays and nested modules, each tensor once", () => {
  class Deep extends nn.Module {
    first = new Net();
    layers = [nn.Linear(2, 3, { bias: false }), nn.Tanh()];
    again = this.first;
    scale = tensor([1], { requiresGrad: true });
    untouched = tensor([1]);
    forward(x: Tensor): Tensor {
      return x.mul(this.scale);
    }
  }
  expect(new Deep().namedParameters().map(([name]) => name)).toEqual([
    "scale",
    "first.hidden.weight",
    "first.hidden.bias",
    "first.out.weight",
    "first.out.bias",
    "layers.0.weight",
  ]);
});

test("a frozen parameter stays in the state and out of training", () => {
  const net = nn.Linear(2, 1);
  net.weight.requiresGrad = false;
  const before = Array.from(net.weight.data);
  const opt = optim.SGD(net.parameters(), { lr: 1, weightDecay: 0.1 });
  net(ones([1, 2]))
    .sum()
    .backward();
  opt.step();
  expect(Object.keys(net.stateDict())).toEqual(["weight", "bias"]);
  expect(Array.from(net.weight.data)).toEqual(before);
});

test("a function may stand between layers", () => {
  const net = nn.Sequential(nn.Linear(2, 4), (x) => x.square(), nn.Linear(4, 1));
  expect(net(ones([5, 2])).shape).toEqual([5, 1]);
  expect(net.namedParameters().map(([name]) => name)).toEqual([
    "0.weight",
    "0.bias",
    "2.weight",
    "2.bias",
  ]);
});

test("toString() prints the tree as PyTorch does", () => {
  const net = nn.Sequential(
    nn.Embedding(27, 2),
    nn.Flatten(),
    nn.Sequential(nn.Linear(6, 4), nn.ReLU()),
  );
  expect(String(net)).toBe(`Sequential(
  (0): Embedding(27, 2)
  (1): Flatten(start_dim=1, end_dim=-1)
  (2): Sequential(
    (0): Linear(in_features=6, out_features=4, bias=True)
    (1): ReLU()
  )
)`);
});

test("train() and eval() reach every module below", () => {
  const net = new Net().eval();
  expect([net.training, net.hidden.training]).toEqual([false, false]);
  expect(net.train().out.training).toBe(true);
});

test("zeroGrad() forgets slopes, which add up otherwise", () => {
  const net = nn.Linear(2, 1);
  const slope = () => {
    net(ones([1, 2]))
      .sum()
      .backward();
    return net.bias?.grad?.item();
  };
  expect([slope(), slope()]).toEqual([1, 2]);
  net.zeroGrad();
  expect(net.bias?.grad).toBe(null);
});

test("a network may call its fields as it likes", () => {
  class Own extends nn.Module {
    hooks = [nn.Linear(1, 1)];
    override name = "own";
    override training = false;
    forward(x: Tensor) {
      return x;
    }
  }
  const own = new Own();
  expect(own.namedParameters().map(([name]) => name)).toEqual(["hooks.0.weight", "hooks.0.bias"]);
  expect(own.training).toBe(false);
});

test("calling a module without forward names the class", () => {
  class Empty extends nn.Module {}
  const empty: unknown = new Empty();
  expect(() => (empty as () => void)()).toThrow("Empty: no forward method");
});

test("loadStateDict() with strict: false loads what fits", () => {
  manualSeed(1);
  const [a, b] = [nn.Sequential(nn.Linear(2, 3)), nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))];
  b.loadStateDict(a.stateDict(), { strict: false });
  expect(b.stateDict()["0.weight"]?.toArray()).toEqual(a.stateDict()["0.weight"]?.toArray());
});

test("loadStateDict() names a parameter of another shape", () => {
  expect(() => nn.Linear(2, 3).loadStateDict(nn.Linear(3, 3).stateDict())).toThrow(
    'loadStateDict: "weight" is [3, 3] - wanted [3, 2]',
  );
});

test("Embedding takes number lists and tensors of any shape", () => {
  const table = nn.Embedding(5, 2);
  expect(table([4, 0]).shape).toEqual([2, 2]);
  expect(table(tensor(Int32Array.of(1, 2, 3, 4)).reshape(2, 2)).shape).toEqual([2, 2, 2]);
  expect(() => table([5])).toThrow("embedding: index 5 at row 0 - 5 rows take indices 0 to 4");
});

test("Linear without a bias is the product alone", () => {
  const layer = nn.Linear(3, 2, { bias: false });
  const x = randn([4, 3]);
  expect(layer(x).toArray()).toEqual(x.matmul(layer.weight.T).toArray());
  expect(layer.parameters()).toHaveLength(1);
});

test("F.linear() names both shapes when they do not fit", () => {
  // @ts-expect-error the types see it too
  expect(() => F.linear(ones([4, 2]), ones([5, 3]), ones([5]))).toThrow(
    "linear: [4, 2] x weight [5, 3] - the last size of the input must be 3",
  );
});

test.each([
  [[5], "Sequential: layer 1 is a number - wanted a layer or a function"],
  [
    [[nn.ReLU()]],
    "Sequential: layer 1 is an array - wanted the layers one by one, without brackets",
  ],
  [[nn.ReLU], "Sequential: layer 1 is the class ReLU - wanted a layer of it, as ReLU() makes"],
])("Sequential() refuses what is no layer when it is made: %#", (layers, message) => {
  expect(() => nn.Sequential(nn.Linear(2, 2), ...(layers as never[]))).toThrow(message);
});

test("Sequential() takes plain functions as layers", () => {
  expect(
    nn
      .Sequential((x) => x.mul(2))(ones([2]))
      .toArray(),
  ).toEqual([2, 2]);
});
