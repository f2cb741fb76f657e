import { expect, test } from "vitest";
import { nn, ones, optim, type Tensor, tensor, zeros } from "../../../../kernel/tensor/index.ts";

class Counting extends nn.Module {
  seen = nn.Buffer(zeros([]));
  cache = nn.Buffer(zeros([3]), { persistent: false });
  inner = nn.Linear(2, 1);
  forward(x: Tensor) {
    this.seen.add_(1);
    return this.inner(x);
  }
}

test("buffers are kept with the parameters and learned by nobody", () => {
  const net = new Counting();
  net(ones([1, 2]));
  expect(net.namedBuffers().map(([name]) => name)).toEqual(["seen", "cache"]);
  expect(Object.keys(net.stateDict())).toEqual(["seen", "inner.weight", "inner.bias"]);
  expect(net.namedParameters().map(([name]) => name)).toEqual(["inner.weight", "inner.bias"]);
  const copy = new Counting();
  copy.loadStateDict(net.stateDict());
  expect(copy.seen.item()).toBe(1);
});

class Tied extends nn.Module {
  embed = nn.Embedding(5, 3);
  out = nn.Linear(3, 5, { bias: false });
  constructor() {
    super();
    Object.assign(this.out, { weight: this.embed.weight });
  }
  forward(index: Tensor) {
    return this.out(this.embed(index));
  }
}

test("a shared parameter is learned once and kept under both names, as in PyTorch", () => {
  const net = new Tied();
  expect(net.namedParameters().map(([name]) => name)).toEqual(["embed.weight"]);
  expect(Object.keys(net.stateDict())).toEqual(["embed.weight", "out.weight"]);
  expect(net.summary().total).toBe(15);
});

test("a module that knows the one above it does not go round in circles", () => {
  class Child extends nn.Module {
    above: nn.Module | null = null;
    weight = nn.Parameter(ones([1]));
  }
  class Parent extends nn.Module {
    child = new Child();
  }
  const parent = new Parent();
  parent.child.above = parent;
  expect(parent.namedModules().map(([name]) => name)).toEqual(["", "child"]);
  expect(Object.keys(parent.stateDict())).toEqual(["child.weight"]);
});

test("loadStateDict() tells what it could not match", () => {
  const net = nn.Sequential(nn.Linear(1, 1));
  const state = { "0.weight": ones([1, 1]), "1.weight": ones([2]) };
  expect(net.loadStateDict(state, { strict: false })).toEqual({
    missing: ["0.bias"],
    unexpected: ["1.weight"],
  });
  expect(() => net.loadStateDict(state)).toThrow(
    'loadStateDict: missing "0.bias", unexpected "1.weight" - names must be equal',
  );
});

test.each([
  [undefined, "loadStateDict: undefined for the state - wanted tensors by name"],
  [ones([1]), "loadStateDict: a tensor for the state"],
  [{ weight: [1], bias: ones([1]) }, 'loadStateDict: "weight" is an array - wanted a tensor'],
])("loadStateDict() refuses what is no state: %#", (state, message) => {
  expect(() => nn.Linear(1, 1).loadStateDict(state as unknown as nn.StateDict)).toThrow(message);
});

const parts = () =>
  nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Sequential(nn.Linear(3, 3)), nn.Linear(3, 1));
const frozen = (net: nn.Module) =>
  net.namedParameters().flatMap(([name, { requiresGrad }]) => (requiresGrad ? [] : [name]));

test.each([
  [undefined, ["0.weight", "0.bias", "2.0.weight", "2.0.bias", "3.weight", "3.bias"]],
  ["2", ["2.0.weight", "2.0.bias"]],
  ["3.bias", ["3.bias"]],
  ["*.weight", ["0.weight", "2.0.weight", "3.weight"]],
  [/^[03]\./, ["0.weight", "0.bias", "3.weight", "3.bias"]],
])("freeze(%s) takes those parameters out of training, unfreeze() back", (names, wanted) => {
  const net = parts();
  expect(net.freeze(names)).toBe(net);
  expect(frozen(net)).toEqual(wanted);
  expect(net.summary().trainable).toBeLessThan(net.summary().total);
  expect(frozen(net.unfreeze(names))).toEqual([]);
});

test("a frozen parameter keeps its value and gets no slope", () => {
  const net = parts().freeze("0");
  const opt = optim.SGD(net.parameters(), { lr: 1 });
  const before = net.stateDict()["0.weight"]?.toArray();
  net(ones([1, 2]))
    .sum()
    .backward();
  opt.step();
  expect(net.stateDict()["0.weight"]?.toArray()).toEqual(before);
});

test("a plain leaf that was frozen is found again", () => {
  class Scale extends nn.Module {
    factor = tensor([2], { requiresGrad: true });
  }
  const scale = new Scale().freeze();
  expect(scale.parameters()).toHaveLength(1);
  expect(scale.unfreeze().factor.requiresGrad).toBe(true);
});

test("freeze() names the parameters when none fits", () => {
  expect(() => nn.Linear(1, 1).freeze("head")).toThrow(
    'freeze: no parameter is named head - wanted one of "weight", "bias"',
  );
  expect(() => nn.Linear(1, 1).freeze(3 as unknown as string)).toThrow("freeze: a number");
});

test("get() finds a submodule by its dotted name", () => {
  const net = parts();
  expect(String(net.get("2.0"))).toBe("Linear(in_features=3, out_features=3, bias=True)");
  expect(() => net.get("4")).toThrow(
    'get: no module "4" - wanted one of "0", "1", "2", "2.0", "3"',
  );
});

test("apply() visits children before the module itself", () => {
  const names: string[] = [];
  nn.Sequential(nn.Tanh(), nn.Sequential(nn.ReLU())).apply((module) => {
    names.push(module.constructor.name);
  });
  expect(names).toEqual(["Tanh", "ReLU", "Sequential", "Sequential"]);
  expect(() => nn.Tanh().apply(3 as never)).toThrow("apply: a number - wanted a function");
});
