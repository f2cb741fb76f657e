import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { nodeKernelFiles } from "../../../../../../kernel/hosts/bundle.mjs";
import { Layout } from "../../../../../../kernel/tensor/backends/wasm/layout.ts";
import { Machine } from "../../../../../../kernel/tensor/backends/wasm/machine.ts";
import { createMemory } from "../../../../../../kernel/tensor/backends/wasm/memory.ts";
import { elementwise } from "../../../../../../kernel/tensor/backends/wasm/ops/elementwise.ts";
import { matmul } from "../../../../../../kernel/tensor/backends/wasm/ops/matmul.ts";
import type { ThreadStart } from "../../../../../../kernel/tensor/backends/wasm/threads/serve.ts";
import { Generator, randn, type Tensor } from "../../../../../../kernel/tensor/index.ts";
import type { View } from "../../../../../../kernel/tensor/view.ts";

const THREADS = 3;
const workers: Worker[] = [];
let alone: Machine;
let team: Machine;

beforeAll(async () => {
  const { threadFile } = await nodeKernelFiles();
  alone = new Machine({ variant: "plain" });
  const memory = createMemory(true, THREADS);
  if (memory === null) throw new Error("no shared memory");
  team = new Machine({
    variant: "plain",
    memory,
    helpers: {
      threads: THREADS,
      start(module) {
        for (let index = 1; index < THREADS; index++) {
          const workerData: ThreadStart = { module, memory, index };
          workers.push(new Worker(threadFile, { workerData }));
        }
      },
    },
  });
  expect(team.isShared(1)).toBe(false);
  expect(workers).toHaveLength(0);
  await vi.waitFor(() => expect(team.isShared(1e9)).toBe(true), 10_000);
  expect(workers).toHaveLength(THREADS - 1);
});
afterAll(() => Promise.all(workers.map((worker) => worker.terminate())));

const generator = new Generator(4);
const draw = (...shape: number[]): Tensor => randn(shape, { generator });

type Backends = ReturnType<typeof elementwise> & ReturnType<typeof matmul>;
const opsOf = (machine: Machine): Backends => ({
  ...elementwise(machine, new Layout(machine)),
  ...matmul(machine),
});

/** With helpers and without, one after the other: a storage lies in one arena. */
function expectSame(compute: (ops: Backends) => View): void {
  const bits = (machine: Machine) => {
    const values = compute(opsOf(machine)).storage.host();
    machine.arena.evict();
    return new Uint8Array(values.slice().buffer);
  };
  // Faster than toEqual() by three orders of magnitude.
  expect(Buffer.compare(bits(alone), bits(team))).toBe(0);
}

describe("threads give the bits that one thread gives", () => {
  const shapes = [
    [200, 300, 250],
    [1, 3000, 2000],
    [1001, 64, 67],
    [64, 640, 1000],
  ] as const;
  test.each(shapes)("matmul() of [%d, %d] and [.., %d]", (m, k, n) => {
    const [a, b] = [draw(m, k), draw(k, n)];
    expectSame((ops) => ops.matmul(a, b));
  });

  test("matmul() of a batch", () => {
    const [a, b] = [draw(20, 50, 64), draw(20, 64, 50)];
    expectSame((ops) => ops.matmul(a, b));
  });

  test("functions and pairs of elements, rows, columns and single numbers", () => {
    const x = draw(601, 1003);
    const y = draw(601, 1003);
    for (const other of [y, draw(1003), draw(601, 1), draw(1)]) {
      const stretched = other.expand([601, 1003]);
      expectSame((ops) => ops.binary("add", x, stretched));
    }
    expectSame((ops) => ops.unary("exp", x));
  });
});

test("many calls in a row lose nothing", () => {
  const x = draw(400, 1000);
  expectSame((ops) => {
    let y: View = x;
    for (let i = 0; i < 200; i++) y = ops.binary("add", y, x);
    return y;
  });
});

test("a thread that fails is heard of, and the next call works", () => {
  const x = draw(200_000);
  const kernel = team.kernel("exp");
  const outside = 2 ** 31 - 16;
  const call = () =>
    team.share(kernel, [outside, outside, 200_000, 0], 200_000, { steps: [], size: 2 });
  expect(call).toThrow("internal: a kernel failed in a thread");
  expectSame((ops) => ops.unary("exp", x));
});
