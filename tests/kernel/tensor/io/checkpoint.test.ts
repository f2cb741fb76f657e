import { afterEach, beforeEach, expect, test } from "vitest";
import {
  defaultGenerator,
  F,
  manualSeed,
  nn,
  ones,
  optim,
  rand,
  type Tensor,
} from "../../../../kernel/tensor/index.ts";
import { captureCheckpoint, restoreCheckpoint } from "../../../../kernel/tensor/io/checkpoint.ts";
import { beginWork } from "../../../../kernel/tensor/optim/at-work.ts";

beforeEach(beginWork);
afterEach(() => void restoreCheckpoint(null, new Map(), () => {}));

class Net extends nn.Module {
  hidden = nn.Linear(3, 4);
  norm = nn.BatchNorm1d(4);
  out = nn.Linear(4, 2);
  forward(x: Tensor) {
    return this.out(this.norm(this.hidden(x)).relu());
  }
}

function make() {
  const net = new Net();
  return { net, opt: optim.Adam(net.parameters(), { lr: 0.1 }) };
}

function train({ net, opt }: ReturnType<typeof make>, steps: number): void {
  const x = rand([8, 3]);
  for (let step = 0; step < steps; step++) {
    opt.zeroGrad();
    F.mse(net(x), ones([8, 2])).backward();
    opt.step();
  }
}

const named = (values: object) => new Map<string, unknown>(Object.entries(values));

test("a checkpoint names what it holds as the notebook does, and counts its steps", () => {
  manualSeed(1);
  const { net, opt } = make();
  expect(captureCheckpoint(named({ net, opt }))).toBe(null);
  train({ net, opt }, 3);
  const found = captureCheckpoint(named({ net, other: nn.Linear(2, 2), opt }));
  expect(found?.trained).toEqual([{ optimizer: "opt", kind: "Adam", models: ["net"], steps: 3 }]);
  // Three times the parameters, and the buffers of one layer.
  expect(found?.sizeBytes).toBe(4 * (3 * 34 + 9));
});

test("an optimiser without a name is kept while it is at work", () => {
  manualSeed(1);
  train(make(), 2);
  expect(captureCheckpoint(new Map())?.trained).toEqual([
    { optimizer: null, kind: "Adam", models: [], steps: 2 },
  ]);
  beginWork();
  expect(captureCheckpoint(new Map())).toBe(null);
});

test("of very many optimisers at work the latest are kept", () => {
  manualSeed(1);
  for (let i = 0; i < 20; i++) train(make(), i + 1);
  const kept = captureCheckpoint(new Map())?.trained.map(({ steps }) => steps);
  expect(kept).toEqual([17, 18, 19, 20]);
});

test("restoring goes on with the same bits: parameters, buffers, moments, generator", () => {
  manualSeed(1);
  const first = make();
  train(first, 3);
  const bytes = captureCheckpoint(named(first))?.encode() ?? new Uint8Array();
  train(first, 2);
  const wanted = first.net.stateDict();
  const drawn = defaultGenerator.bits();

  manualSeed(9);
  const second = make();
  expect(restoreCheckpoint(bytes, named(second), () => {})).toEqual({
    trained: [{ optimizer: "opt", kind: "Adam", models: ["net"], steps: 3 }],
    left: 0,
  });
  train(second, 2);
  for (const [name, tensor] of Object.entries(second.net.stateDict())) {
    expect(tensor.toArray(), name).toEqual(wanted[name]?.toArray());
  }
  expect(defaultGenerator.bits()).toBe(drawn);
});

test("restoring waits for optimisers that fit, in the order in which they were made", () => {
  manualSeed(1);
  const [a, b] = [make(), make()];
  train(a, 1);
  train(b, 2);
  const values = named({ netA: a.net, optA: a.opt, netB: b.net, optB: b.opt });
  const bytes = captureCheckpoint(values)?.encode() ?? new Uint8Array();
  const told: [number, number][] = [];
  const restored = restoreCheckpoint(bytes, new Map(), ({ steps }, left) => {
    told.push([steps, left]);
  });
  expect(restored).toEqual({ trained: [], left: 2 });
  optim.SGD(new Net().parameters(), { lr: 0.1 });
  optim.Adam(nn.Linear(3, 4).parameters(), { lr: 0.1 });
  expect(told).toEqual([]);
  const [c, d] = [make(), make()];
  expect(told).toEqual([
    [1, 1],
    [2, 0],
  ]);
  expect(c.net.out.weight.toArray()).toEqual(a.net.out.weight.toArray());
  expect(d.net.out.weight.toArray()).toEqual(b.net.out.weight.toArray());
  make();
  expect(told.length).toBe(2);
});

test("an optimiser of another name is not written over", () => {
  manualSeed(1);
  const { net, opt } = make();
  train({ net, opt }, 1);
  const bytes = captureCheckpoint(named({ net, opt }))?.encode() ?? new Uint8Array();
  const other = make();
  expect(restoreCheckpoint(bytes, named({ mine: other.opt }), () => {}).left).toBe(1);
});

test("what waits is forgotten on demand", () => {
  manualSeed(1);
  const { net, opt } = make();
  train({ net, opt }, 1);
  const bytes = captureCheckpoint(named({ net, opt }))?.encode() ?? new Uint8Array();
  let told = 0;
  restoreCheckpoint(bytes, new Map(), () => (told += 1));
  expect(restoreCheckpoint(null, new Map(), () => {})).toEqual({ trained: [], left: 0 });
  make();
  expect(told).toBe(0);
});

test("bytes that are no checkpoint are refused", () => {
  expect(() => restoreCheckpoint(new Uint8Array(3), new Map(), () => {})).toThrow(
    "safetensors: the file has 3 bytes - wanted at least 8",
  );
});
