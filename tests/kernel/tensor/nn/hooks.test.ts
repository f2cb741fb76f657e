import { expect, test } from "vitest";
import { nn, ones, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";
import { ModuleHooks } from "../../../../kernel/tensor/nn/hooks.ts";

const sizes = (slopes: readonly (Tensor | null)[]) =>
  slopes.map((slope) => slope?.shape.join("x") ?? "none").join(" ");

/** A network that writes down each of its hooks as it is called. */
function watched(): { net: nn.Sequential; log: string[] } {
  const net = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1)) as nn.Sequential;
  const log: string[] = [];
  for (const [path, module] of net.namedModules()) {
    const name = path === "" ? "net" : path;
    module.registerForwardPreHook(() => void log.push(`${name} pre`));
    module.registerForwardHook(() => void log.push(`${name} after`));
    module.registerFullBackwardHook((_, gradInput, gradOutput) => {
      log.push(`${name} back ${sizes(gradInput)} of ${sizes(gradOutput)}`);
    });
  }
  return { net, log };
}

const forward = "net pre, 0 pre, 0 after, 1 pre, 1 after, 2 pre, 2 after, net after";

test("hooks run in PyTorch's order, children of a Sequential included", () => {
  const { net, log } = watched();
  net(ones([3, 2], { requiresGrad: true }))
    .sum()
    .backward();
  expect(log.join(", ")).toBe(
    `${forward}, 2 back 3x2 of 3x1, 1 back 3x2 of 3x2, 0 back 3x2 of 3x2, net back 3x2 of 3x1`,
  );
});

test("a backward hook of a module whose input wants no slope runs when its output has one", () => {
  const { net, log } = watched();
  net(ones([3, 2]))
    .sum()
    .backward();
  expect(log.join(", ")).toBe(
    `${forward}, net back none of 3x1, 2 back 3x2 of 3x1, 1 back 3x2 of 3x2, 0 back none of 3x2`,
  );
});

test("what a forward hook returns takes the output's place", () => {
  const layer = nn.Identity();
  layer.registerForwardPreHook((_, [x]) => [x.add(1)]);
  layer.registerForwardHook((_, [x], y) => y.mul(x));
  expect(layer(tensor([2, 3])).toArray()).toEqual([9, 16]);
});

test("a single tensor from a pre-hook is the only input", () => {
  const layer = nn.Identity();
  layer.registerForwardPreHook((_, [x]) => x.neg());
  expect(layer(tensor([2])).toArray()).toEqual([-2]);
});

test("what a backward hook returns takes the slopes' place", () => {
  class Product extends nn.Module {
    forward(a: Tensor, b: Tensor) {
      return a.mul(b);
    }
  }
  const product = new Product();
  product.registerFullBackwardHook((_, [a, b]) => [a?.mul(10) ?? null, b ?? null]);
  const [a, b] = [tensor(2, { requiresGrad: true }), tensor(3, { requiresGrad: true })];
  product(a, b).backward();
  expect([a.grad?.item(), b.grad?.item()]).toEqual([30, 2]);
});

test("backward hooks see the slopes of a layer that gives several results", () => {
  const lstm = nn.LSTM(2, 3);
  const seen: string[] = [];
  lstm.registerFullBackwardHook((_, __, gradOutput) => void seen.push(sizes(gradOutput)));
  const [output] = lstm(ones([4, 1, 2]));
  output.sum().backward();
  expect(seen).toEqual(["4x1x3"]);
});

test("a hook may be removed, also while it runs", () => {
  const layer = nn.Identity();
  let calls = 0;
  const handle = layer.registerForwardHook(() => {
    calls++;
    handle.remove();
  });
  layer(ones([1]));
  layer(ones([1]));
  handle.remove();
  expect(calls).toBe(1);
});

test.each(["registerForwardPreHook", "registerForwardHook", "registerFullBackwardHook"] as const)(
  "%s() refuses what is no function",
  (method) => {
    const layer = nn.Identity() as unknown as Record<string, (hook: unknown) => void>;
    expect(() => layer[method]?.(3)).toThrow(`${method}: a number - wanted a function`);
  },
);

test("a backward hook that returns too little is refused", () => {
  const layer = nn.Tanh();
  layer.registerFullBackwardHook(() => []);
  const x = ones([2], { requiresGrad: true });
  expect(() => layer(x).sum().backward()).toThrow(
    "registerFullBackwardHook: the hook returned an array - wanted nothing, or a tensor or null for each of the 1 inputs",
  );
});

test("hooks that were all taken away leave none, so that calls pay for none", () => {
  const hooks = new ModuleHooks();
  expect(hooks.isEmpty).toBe(true);
  const handles = [hooks.before(() => {}), hooks.after(() => {}), hooks.back(() => {})];
  for (const handle of handles) {
    expect(hooks.isEmpty).toBe(false);
    handle.remove();
  }
  expect(hooks.isEmpty).toBe(true);
});
