/** Memory in a loop that never awaits: nobody frees, and nothing grows. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { backend, setBackend } from "../../../../../kernel/tensor/backends/current.ts";
import { CAPACITY } from "../../../../../kernel/tensor/backends/wasm/memory.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { memory, randn, type Tensor } from "../../../../../kernel/tensor/index.ts";
import { soaking } from "../../../../counts.ts";

const MEGABYTE = 2 ** 20;
const STEPS = soaking ? 200_000 : 2000;

const before = backend();
beforeAll(() => setBackend(wasmBackend({ variant: "plain" })));
afterAll(() => setBackend(before));

function expectSmall(): void {
  expect(memory().peak).toBeLessThanOrEqual(CAPACITY);
  expect(process.memoryUsage().rss).toBeLessThan(600 * MEGABYTE);
}

test(
  `${STEPS} steps of 1 MB each leave arena and process as they are`,
  { timeout: 1_800_000 },
  () => {
    const x = randn([MEGABYTE / 4]);
    const first = x.data[7] ?? Number.NaN;
    let last = x;
    for (let step = 0; step < STEPS; step++) last = x.add(step);
    expect(last.data[7]).toBe(Math.fround(first + STEPS - 1));
    expectSmall();
  },
);

test("what is kept of such a loop keeps its values", { timeout: 1_800_000 }, () => {
  const x = randn([MEGABYTE / 4]);
  const [first, end] = [x.data[0] ?? Number.NaN, x.data.at(-1) ?? Number.NaN];
  const kept: { step: number; tensor: Tensor }[] = [];
  for (let step = 0; step < STEPS; step++) {
    const tensor = x.add(step);
    if (step % 100 === 0) kept.push({ step, tensor });
    if (kept.length > 100) kept.shift();
  }
  for (const { step, tensor } of kept) {
    expect(tensor.data[0]).toBe(Math.fround(first + step));
    expect(tensor.data.at(-1)).toBe(Math.fround(end + step));
  }
  expectSmall();
});
