/** What recording costs on the heap, in a loop of small ops; its time is a row of the benchmark (add-64). */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backend, setBackend } from "../../../../../kernel/tensor/backends/current.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { randn, type Tensor } from "../../../../../kernel/tensor/index.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const before = backend();
beforeAll(() => setBackend(wasmBackend({ variant: "plain" })));
afterAll(() => setBackend(before));

/** So many that what the arena still holds, of eight thousand storages at most, is little for each. */
const OPS = 30_000;

/** Bytes of the JavaScript heap that are held, for each of the ops. */
function heapPerOp(): number {
  collect();
  return process.memoryUsage().heapUsed / OPS;
}

test("a recorded op of 64 elements is less than a kilobyte on the heap, and backward() frees it", () => {
  const leaf = randn([64], { requiresGrad: true });
  const chain = (): Tensor => {
    let sum: Tensor = leaf;
    for (let i = 0; i < OPS; i++) sum = sum.add(leaf);
    return sum.sum();
  };
  // What is compiled, and the arrays for slopes, come with the first.
  chain().backward();
  const start = heapPerOp();
  const loss = chain();
  const recorded = heapPerOp() - start;
  loss.backward();
  const left = heapPerOp() - start;
  expect(recorded).toBeGreaterThan(100);
  expect(recorded).toBeLessThan(1000);
  expect(left).toBeLessThan(100);
  expect(loss.shape).toEqual([]);
});
