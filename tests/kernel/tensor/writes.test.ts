import { expect, test } from "vitest";
import { F, nn, noGrad, ones, optim, zeros } from "../../../kernel/tensor/index.ts";
import { writesInto } from "../../../kernel/tensor/writes.ts";

test("writesInto() grows with writes in place, of a tensor and of lists and records of them", () => {
  const x = zeros([3]);
  for (const value of [x, [x, 1], { x, name: "x" }]) {
    const before = writesInto(value);
    noGrad(() => x.add_(1));
    expect(writesInto(value)).toBeGreaterThan(before);
  }
});

test("writesInto() grows when a module is trained or its buffers follow, and not when it is read", () => {
  const net = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2));
  const opt = optim.SGD(net.parameters(), { lr: 0.1 });
  const before = writesInto(net);
  net.eval();
  noGrad(() => net(ones([4, 2])));
  expect(writesInto(net)).toBe(before);
  net.train();
  const loss = F.mse(net(ones([4, 2])), zeros([4, 2]));
  const followed = writesInto(net);
  expect(followed).toBeGreaterThan(before);
  loss.backward();
  expect(writesInto(net)).toBe(followed);
  opt.step();
  expect(writesInto(net)).toBeGreaterThan(followed);
});

test("writesInto() calls no getter, and is 0 for what refuses to be read", () => {
  let calls = 0;
  const odd = {
    get x() {
      calls += 1;
      throw new Error("no");
    },
  };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const trapped = new Proxy([1], {
    get() {
      throw new Error("no");
    },
  });
  expect([odd, [odd], proxy, { proxy }, trapped].map(writesInto)).toEqual([0, 0, 0, 0, 0]);
  expect(calls).toBe(0);
});

test("writesInto() is 0 for what holds no tensors, however long", () => {
  const long = Array.from({ length: 5_000 }, () => zeros([1]));
  expect([null, undefined, 3, "x", () => 1, new Map(), [], {}, long].map(writesInto)).toEqual(
    Array.from({ length: 9 }, () => 0),
  );
});
