/** What the arena's owner says of its bytes. */
import { expect, test } from "vitest";
import { emptyHomes } from "../../../../../kernel/tensor/backends/homes.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { fullView } from "../../../../../kernel/tensor/shape.ts";

/** What 1,000 floats take in the arena, whose blocks come in steps. */
const BLOCK = 4096;

const setting = () => {
  emptyHomes();
  const device = wasmBackend({ variant: "plain", capacity: 2 ** 20 });
  const x = fullView(device.adopt(new Float32Array(1000).fill(1)), [1000]);
  return { device, x };
};

test("values are live when a kernel has them, cached when they were released", () => {
  const { device, x } = setting();
  expect(device.memory()).toEqual({ live: 0, cached: 0, peak: 0 });
  const y = device.binary("add", x, x);
  expect(device.memory()).toEqual({ live: 2 * BLOCK, cached: 0, peak: 2 * BLOCK });
  y.storage.release();
  expect(device.memory()).toEqual({ live: BLOCK, cached: BLOCK, peak: 2 * BLOCK });
});

test("a released block is used for the next values of its size", () => {
  const { device, x } = setting();
  for (let i = 0; i < 100; i++) device.binary("add", x, x).storage.release();
  expect(device.memory().peak).toBe(2 * BLOCK);
});

test("the peak begins anew when it is forgotten", () => {
  const { device, x } = setting();
  device.binary("add", x, x).storage.release();
  device.forgetPeak();
  expect(device.memory().peak).toBe(BLOCK);
});

test("a full arena moves its values to the heap and goes on", () => {
  const { device, x } = setting();
  const all = Array.from({ length: 600 }, () => device.binary("add", x, x));
  expect(device.memory().live).toBeLessThanOrEqual(2 ** 20);
  expect(device.memory().peak).toBeLessThanOrEqual(2 ** 20);
  expect(all.every((each) => each.storage.host()[999] === 2)).toBe(true);
});

test("an op that is larger than the arena has its operands in it and nothing else", () => {
  emptyHomes();
  const device = wasmBackend({ variant: "plain", capacity: 65_536 });
  const square = () => fullView(device.adopt(new Float32Array(40_000).fill(1)), [200, 200]);
  const small = fullView(device.adopt(new Float32Array(1000).fill(1)), [1000]);
  device.binary("add", small, small);
  const product = device.matmul(square(), square());
  // 160,000 bytes lie in a block of the next size.
  const { live, cached } = device.memory();
  expect(live).toBe(3 * 163_840);
  expect(cached).toBe(0);
  device.binary("add", small, small);
  expect(device.memory().live).toBe(2 * BLOCK);
  expect(product.storage.host()[39_999]).toBe(200);
});

test("long calls go on in a memory of one thread that had to grow", () => {
  const memory = new WebAssembly.Memory({ initial: 80, maximum: 400 });
  const device = wasmBackend({ variant: "plain", capacity: 65_536, memory });
  const ones = (n: number) => fullView(device.adopt(new Float32Array(n * n).fill(1)), [n, n]);
  const { buffer } = memory;
  for (let i = 0; i < 2; i++) {
    // So many products that they are made in parts.
    const product = device.matmul(ones(400), ones(400));
    expect(product.storage.host()[159_999]).toBe(400);
  }
  expect(memory.buffer).not.toBe(buffer);
});

test("large numbers given to it are computed with where they lie, as they were", () => {
  emptyHomes();
  const device = wasmBackend({ variant: "plain", capacity: 2 ** 20 });
  const given = new Float32Array(65_536).fill(1);
  const x = fullView(device.store(given), [65_536]);
  given.fill(7);
  expect(device.memory().live).toBe(2 ** 18);
  const sum = device.binary("add", x, x);
  expect(device.memory().peak).toBe(2 ** 19);
  for (let i = 0; i < 4; i++) device.binary("add", x, x);
  expect([x.storage.host()[65_535], sum.storage.host()[65_535]]).toEqual([1, 2]);
});

test("nobody leaves for numbers that are given to it: without room for them they stay on the heap", () => {
  const device = wasmBackend({ variant: "plain", capacity: 2 ** 20 });
  const live: number[] = [];
  const all = Array.from({ length: 6 }, (_, i) => {
    const storage = device.store(new Float32Array(65_536).fill(i));
    live.push(device.memory().live / 2 ** 18);
    return storage;
  });
  expect(live).toEqual([1, 2, 3, 4, 4, 4]);
  expect(all.every((storage, i) => storage.host().every((value) => value === i))).toBe(true);
});

test.each([
  ["few numbers", new Float32Array(1000).fill(3)],
  ["more than half of what it holds", new Float32Array(140_000).fill(3)],
  ["whole numbers", new Int32Array(65_536).fill(3)],
  ["bytes", new Uint8Array(65_536).fill(3)],
])("%s given to it stay on the heap until then, as they were", (_, given) => {
  const device = wasmBackend({ variant: "plain", capacity: 2 ** 20 });
  const storage = device.store(given);
  given.fill(7);
  expect(device.memory().live).toBe(0);
  expect(storage.host().every((value) => value === 3)).toBe(true);
});
