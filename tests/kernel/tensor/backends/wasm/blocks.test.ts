import { expect, test } from "vitest";
import { BlockSizes } from "../../../../../kernel/tensor/backends/wasm/blocks.ts";

test("a block is whole lines, and at most a quarter larger than what it is for", () => {
  const blocks = new BlockSizes();
  for (let bytes = 1; bytes < 200_000; bytes += 37) {
    const size = blocks.round(bytes);
    expect(size % 64).toBe(0);
    expect(size).toBeGreaterThanOrEqual(bytes);
    expect(size).toBeLessThanOrEqual(Math.max(64, Math.ceil(bytes / 64) * 64 * 1.25));
  }
  expect(blocks.round(0)).toBe(64);
  expect(blocks.round(2 ** 30)).toBe(2 ** 30);
});

test("a free block is taken by whatever rounds to its size, once", () => {
  const blocks = new BlockSizes();
  blocks.give(640, 600);
  expect(blocks.take(300)).toBe(0);
  expect(blocks.take(blocks.round(600))).toBe(640);
  expect(blocks.take(600)).toBe(0);
});

test.each([2 ** 31 + 1, 2 ** 37, 2 ** 38 - 64, 2 ** 38, 4e12])(
  "%d bytes are never taken for fewer, and no free block is large enough",
  (bytes) => {
    const blocks = new BlockSizes();
    for (let size = 64; size <= 2 ** 31; size *= 2) blocks.give(size, size);
    expect(blocks.round(bytes)).toBeGreaterThanOrEqual(bytes);
    expect(blocks.take(bytes)).toBe(0);
  },
);
