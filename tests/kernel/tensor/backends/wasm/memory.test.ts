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
