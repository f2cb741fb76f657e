import { expect, test } from "vitest";
import { F, nn, ones, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";

test("a ModuleList's modules belong to the network, under PyTorch's names", () => {
  class Net extends nn.Module {
    layers = nn.ModuleList([nn.Linear(2, 3), nn.Linear(3, 1)]);
    forward(x: Tensor) {
      let value = x;
      for (const layer of this.layers) value = layer(value);
      return value;
    }
  }
  const net = new Net();
  expect(net(ones([5, 2])).shape).toEqual([5, 1]);
  expect(Object.keys(net.stateDict())).toEqual([
    "layers.0.weight",
    "layers.0.bias",
    "layers.1.weight",
    "layers.1.bias",
  ]);
  expect(String(net)).toBe(`Net(
  (layers): ModuleList(
    (0): Linear(in_features=2, out_features=3, bias=True)
    (1): Linear(in_features=3, out_features=1, bias=True)
  )
)`);
});

test("a plain array of layers is printed as the ModuleList it stands for", () => {
  class Net extends nn.Module {
    layers = [nn.Tanh(), nn.Sequential(nn.ReLU())];
    last = nn.Identity();
  }
  expect(String(new Net())).toBe(`Net(
  (layers): ModuleList(
    (0): Tanh()
    (1): Sequential(
      (0): ReLU()
    )
  )
  (last): Identity()
)`);
});

test("a ModuleList grows, and counts from both ends", () => {
  const list = nn.ModuleList([nn.Tanh()]);
  expect(list.append(nn.ReLU()).extend([nn.Identity()]).size).toBe(3);
  expect([String(list[1]), String(list.at(-1))]).toEqual(["ReLU()", "Identity()"]);
  expect(() => list.at(3)).toThrow("ModuleList: module 3 - it has 3 modules");
});

test("a Sequential's layers can be read, replaced, added and cut out", () => {
  const net = nn.Sequential(nn.Linear(2, 3), nn.Tanh());
  net.append(nn.Linear(3, 1));
  expect(net.size).toBe(3);
  expect(net(ones([5, 2])).shape).toEqual([5, 1]);
  (net as nn.Sequential)[1] = nn.ReLU();
  expect([...net].map(String)).toEqual([
    "Linear(in_features=2, out_features=3, bias=True)",
    "ReLU()",
    "Linear(in_features=3, out_features=1, bias=True)",
  ]);
  const head = net.slice(0, 2);
  expect(head(ones([5, 2])).shape).toEqual([5, 3]);
  expect(head.parameters()[0]).toBe(net.parameters()[0]);
  expect(net.slice(-1).size).toBe(1);
  expect(() => net.at(3)).toThrow("Sequential: layer 3 - it has layers 0 to 2");
});

test("F.embedding() refuses an option that it has not", () => {
  const wrong = { paddingIndex: 0 } as never;
  expect(() => F.embedding([0], ones([2, 1]), wrong)).toThrow(
    'embedding: option "paddingIndex" - wanted paddingIdx',
  );
});

test("an embedding's padding starts at 0 and is not learned", () => {
  const table = nn.Embedding(4, 2, { paddingIdx: -4 });
  expect(table.weight.at(0).toArray()).toEqual([0, 0]);
  expect(String(table)).toBe("Embedding(4, 2, padding_idx=0)");
  table([0, 1, 0, 1]).sum().backward();
  expect(table.weight.grad?.toArray()).toEqual([
    [0, 0],
    [2, 2],
    [0, 0],
    [0, 0],
  ]);
});

test("Linear takes PyTorch's third argument", () => {
  expect(nn.Linear(2, 2, false).bias).toBe(null);
  expect(nn.Linear(2, 2, true).bias).not.toBe(null);
});

test("a running mean of all batches is their mean", () => {
  const norm = nn.BatchNorm1d(1, { momentum: null });
  norm(tensor([[1], [3]]));
  norm(tensor([[5], [7]]));
  expect(norm.running_mean.item()).toBe(4);
  expect(norm.num_batches_tracked.item()).toBe(2);
  norm.reset();
  expect([norm.running_mean.item(), norm.running_var.item()]).toEqual([0, 1]);
});

// As cells call it, without types.
const unchecked = nn as unknown as Record<string, (...args: readonly unknown[]) => unknown>;

test.each([
  ["Parameter", [[1, 2]], "Parameter: an array for the data - wanted a tensor"],
  ["Buffer", [undefined], "Buffer: undefined for the data - wanted a tensor"],
] as const)("nn.%s refuses what is no tensor", (name, args, message) => {
  expect(() => unchecked[name]?.(...args)).toThrow(message);
});
