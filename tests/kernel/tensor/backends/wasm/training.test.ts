/**
 * An hour's worth of training steps, by count: after the first hundred nothing grows, in the arena or
 * on the heap. Small batches, since what a step leaves behind does not depend on them.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyHomes } from "../../../../../kernel/tensor/backends/homes.ts";
import { backend, setBackend } from "../../../../../kernel/tensor/backends/current.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import {
  F,
  manualSeed,
  memory,
  nn,
  optim,
  randint,
  randn,
  type Tensor,
} from "../../../../../kernel/tensor/index.ts";
import { soaking } from "../../../../counts.ts";

/** A step of either takes about a tenth of a second at the sizes of the benchmark. */
const STEPS = soaking ? 36_000 : 300;
const MEGABYTE = 2 ** 20;
/** Bytes of the heap: in 200 steps the ops' nodes alone would take more, were they kept. */
const HEAP = soaking ? 4 * MEGABYTE : MEGABYTE;
/** So small that it is emptied many times in a hundred steps. */
const CAPACITY = 16 * MEGABYTE;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const before = backend();
beforeAll(() => setBackend(wasmBackend({ variant: "plain", capacity: CAPACITY })));
afterAll(() => setBackend(before));

interface Held {
  readonly heap: number;
  readonly buffers: number;
}

/** The bytes of the heap that are held now, garbage and what waits to be used again aside. */
function held(): Held {
  // So much that nothing stays in the arena: what it held is on the heap each time.
  const crowd = [randn([(3 * CAPACITY) / 16]), randn([(3 * CAPACITY) / 16])];
  for (const each of crowd) each.sum().item();
  for (const each of crowd) each.dispose();
  emptyHomes();
  // Buffers are swept by a thread of its own, whose work shows at a later collection.
  for (let last = Number.NaN; ;) {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    if (arrayBuffers === last) return { heap: heapUsed, buffers: arrayBuffers };
    last = arrayBuffers;
  }
}

function expectFlat(step: () => Tensor): void {
  let loss = step();
  const first = loss.item();
  for (let i = 1; i < 100; i++) loss = step();
  const start = held();
  memory.reset();
  for (let i = 100; i < STEPS; i++) loss = step();
  const { peak } = memory();
  const end = held();
  expect(loss.item()).toBeLessThan(first);
  expect(end.heap - start.heap).toBeLessThan(HEAP);
  // Small values share arrays, not always with the same ones.
  expect(end.buffers - start.buffers).toBeLessThan(MEGABYTE / 4);
  expect(peak).toBeLessThanOrEqual(CAPACITY);
}

test(`${STEPS} steps of a convnet`, { timeout: 3_600_000 }, () => {
  manualSeed(1);
  const net = nn.Sequential(
    nn.Conv2d(1, 16, 3, { padding: 1 }),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, { padding: 1 }),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(32 * 49, 10),
  );
  const opt = optim.Adam(net.parameters(), { lr: 1e-4 });
  const [x, y] = [randn([4, 1, 28, 28]), randint(0, 10, [4])];
  expectFlat(() => {
    const loss = F.crossEntropy(net(x), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
    return loss;
  });
});

class Block extends nn.Module {
  before = nn.LayerNorm(64);
  attention = nn.MultiheadAttention(64, 4, { batchFirst: true });
  after = nn.LayerNorm(64);
  wide = nn.Linear(64, 256);
  narrow = nn.Linear(256, 64);
  forward(x: Tensor): Tensor {
    const h = this.before(x);
    const seen = x.add(this.attention(h, h, h, { needWeights: false })[0]);
    return seen.add(this.narrow(F.gelu(this.wide(this.after(seen)))));
  }
}

class Transformer extends nn.Module {
  tokens = nn.Embedding(65, 64);
  places = nn.Embedding(32, 64);
  blocks = nn.ModuleList([new Block(), new Block()]);
  out = nn.Linear(64, 65);
  forward(x: Tensor): Tensor {
    let h: Tensor = this.tokens(x).add(this.places.weight);
    for (const block of this.blocks) h = block(h);
    return this.out(h);
  }
}

test(`${STEPS} steps of a transformer`, { timeout: 3_600_000 }, () => {
  manualSeed(2);
  const net = new Transformer();
  const opt = optim.AdamW(net.parameters(), { lr: 1e-4 });
  const [x, y] = [randint(0, 65, [2, 32]), randint(0, 65, [64])];
  expectFlat(() => {
    const loss = F.crossEntropy(net(x).reshape([64, 65]), y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
    return loss;
  });
});
