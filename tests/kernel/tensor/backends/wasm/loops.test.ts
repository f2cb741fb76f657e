/** Memory in a loop that never awaits: nobody frees, and nothing grows. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backend, setBackend } from "../../../../../kernel/tensor/backends/current.ts";
import { CAPACITY } from "../../../../../kernel/tensor/backends/wasm/memory.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { memory, randn, type Tensor, zeros } from "../../../../../kernel/tensor/index.ts";
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

/**
 * Sums can be computed again and leave no copy, and so do products while few are wanted; sums with what has
 * been written to since move to the heap, each of them.
 */
const makers = {
  "sums of 1 MB"() {
    const x = randn([512, 512]);
    const at = (place: number) => x.data[place] ?? Number.NaN;
    return {
      make: (step: number) => x.add(step),
      wanted: (step: number, place: number) => at(place) + step,
    };
  },
  "products of 1 MB"() {
    const [column, row] = [randn([512, 1]), randn([1, 512])];
    return {
      make: (step: number) => column.add(step).matmul(row),
      wanted: (step: number, place: number) =>
        Math.fround((column.data[place >> 9] ?? Number.NaN) + step) *
        (row.data[place & 511] ?? Number.NaN),
    };
  },
  "sums of 1 MB with what is written in place"() {
    const [x, moving] = [randn([512, 512]), zeros([512, 512])];
    return {
      make: (step: number) => x.add(moving.fill_(step)),
      wanted: (step: number, place: number) => (x.data[place] ?? Number.NaN) + step,
    };
  },
} as const;

describe.each(Object.entries(makers))(`${STEPS} %s`, (_, maker) => {
  const timeout = 1_800_000;

  test("leave arena and process as they are", { timeout }, () => {
    const { make, wanted } = maker();
    let last = make(0);
    for (let step = 1; step < STEPS; step++) last = make(step);
    expect(last.data[777]).toBe(Math.fround(wanted(STEPS - 1, 777)));
    expectSmall();
  });

  test("leave those that are kept their values", { timeout }, () => {
    const { make, wanted } = maker();
    const kept: { step: number; tensor: Tensor }[] = [];
    for (let step = 0; step < STEPS; step++) {
      const tensor = make(step);
      if (step % 100 === 0) kept.push({ step, tensor });
      if (kept.length > 100) kept.shift();
    }
    for (const { step, tensor } of kept)
      for (const place of [0, 777, 2 ** 18 - 1])
        expect(tensor.data[place]).toBe(Math.fround(wanted(step, place)));
    expectSmall();
  });
});
