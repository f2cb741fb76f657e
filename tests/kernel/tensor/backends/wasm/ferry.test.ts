import { describe, expect, test } from "vitest";
import { Ferry } from "../../../../../kernel/tensor/backends/wasm/ferry.ts";

/** Node 20 has no modules of two memories: there the copies are plain ones. */
describe.each([false, true])("copies of a memory, shared: %s", (shared) => {
  const memory = new WebAssembly.Memory({ initial: 40, maximum: 32_768, shared });
  const ferry = new Ferry(memory);
  const numbers = (n: number) => Float32Array.from({ length: n }, (_, i) => i + 0.5);

  test.each([0, 1, 63, 255, 256, 257, 65_535, 65_536, 65_537, 200_001])(
    "%d numbers there and back, and nothing beside them",
    (n) => {
      const all = new Float32Array(memory.buffer, 4096, n + 2).fill(7);
      const part = new Float32Array(memory.buffer, 4100, n);
      const home = new Float32Array(numbers(n + 3).buffer, 4, n);
      ferry.bring(part, home);
      expect(part[0]).toBe(n === 0 ? undefined : 1.5);
      expect([all[0], all[n + 1]]).toEqual([7, 7]);
      const back = new Float32Array(n + 2).fill(9);
      ferry.fetch(back.subarray(1, n + 1), part);
      expect([back[0], back[n + 1]]).toEqual([9, 9]);
      const [found, wanted] = [back.subarray(1, n + 1), numbers(n + 3).subarray(1, n + 1)];
      expect(
        Buffer.compare(Buffer.from(found.slice().buffer), Buffer.from(wanted.slice().buffer)),
      ).toBe(0);
    },
  );

  test("bytes in an array of their own", () => {
    const bytes = new Uint8Array(memory.buffer);
    bytes.set([1, 2, 3, 4], 500);
    const copy = ferry.copyOf(bytes.subarray(500, 504));
    bytes.fill(0, 500, 504);
    expect([...copy]).toEqual([1, 2, 3, 4]);
    expect(copy.buffer).toBeInstanceOf(ArrayBuffer);
  });
});
