import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { broadcastView, rowMajor, sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted, plainNumbers } from "./samples.ts";

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 20 });

  function copies(x: View) {
    const copy = wasm.copy(x, x.storage.dtype);
    expect(copy.shape).toEqual(x.shape);
    expect(copy.strides).toEqual(rowMajor(x.shape));
    expect(copy.storage).not.toBe(x.storage);
    expect(elements(copy)).toEqual(elements(x));
  }

  const sizes = [1, 3, 4, 5, 15, 16, 17, 33];

  test("matrices of every size are turned", () => {
    const random = new Generator(1);
    for (const rows of sizes)
      for (const columns of sizes)
        copies(permuted(laid(plainNumbers(random, rows * columns), [rows, columns]), [1, 0]));
  });

  test("dimensions in any order, stretched, cut and backwards", () => {
    const random = new Generator(2);
    const x = laid(plainNumbers(random, 4 * 18 * 5), [4, 18, 5], 3);
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ])
      copies(permuted(x, order));
    copies({ ...x, shape: [4, 9, 5], strides: [90, 10, 1] });
    copies({ ...x, strides: [90, -5, 1], offset: x.offset + 85 });
    copies({ ...x, strides: [90, 5, -1], offset: x.offset + 4 });
    copies(broadcastView(laid(plainNumbers(random, 5), [5, 1]), [3, 5, 7]));
    copies(broadcastView(laid(plainNumbers(random, 18), [18, 1]), [3, 18, 101]));
    copies(broadcastView(laid(plainNumbers(random, 1), []), [3, 5]));
    copies(laid(new Float32Array(0), [3, 0, 2]));
    copies(laid(plainNumbers(random, 1), []));
  });

  test("whole numbers keep their bits", () => {
    const x = laid(
      Int32Array.from({ length: 12 }, (_, i) => (i - 6) * 123_456_789),
      [3, 4],
    );
    copies(x);
    copies(permuted(x, [1, 0]));
  });

  test("bool, bytes and whole numbers become f32", () => {
    const random = new Generator(3);
    for (const n of [0, 1, 3, 4, 7, 16, 19]) {
      const bytes = reference.adopt(Uint8Array.from({ length: n }, () => random.below(256)));
      const truths = reference.adopt(
        Uint8Array.from({ length: n }, () => random.below(2)),
        "bool",
      );
      const whole = reference.adopt(Int32Array.from({ length: n }, () => random.below(1000) - 500));
      for (const storage of [bytes, truths, whole]) {
        const x = { storage, shape: [n], strides: [1], offset: 0 };
        const copy = wasm.copy(x, "f32");
        expect(copy.storage.dtype).toBe("f32");
        expect(elements(copy)).toEqual(elements(reference.copy(x, "f32")));
      }
    }
  });

  test("assign() writes where the target's strides lead, and nowhere else", () => {
    const random = new Generator(4);
    const cases: readonly (readonly [Partial<View>, Shape])[] = [
      [{ shape: [3, 5], strides: [20, 2], offset: 1 }, [3, 5]],
      [{ shape: [5, 3], strides: [2, 20], offset: 0 }, [5, 3]],
      [{ shape: [20], strides: [3], offset: 0 }, [1]],
      [{ shape: [6, 10], strides: [10, 1], offset: 0 }, [10]],
      [{ shape: [4], strides: [-5], offset: 40 }, [4]],
      [{ shape: [2, 0], strides: [10, 1], offset: 0 }, [2, 0]],
    ];
    for (const [layout, from] of cases) {
      const source = laid(plainNumbers(random, sizeOf(from)), from);
      const [mine, wanted] = [0, 1].map(() => laid(new Float32Array(60), [60])) as [View, View];
      wasm.assign({ ...mine, ...layout }, source);
      reference.assign({ ...wanted, ...layout }, source);
      expect(elements(mine)).toEqual(elements(wanted));
      expect(mine.storage.version).toBe(1);
    }
  });

  test("a part that is written over another part of its own reads old values", () => {
    const x = laid(Float32Array.from([1, 2, 3, 4, 5]), [5]);
    wasm.assign({ ...x, shape: [4], offset: 1 }, { ...x, shape: [4] });
    expect(elements(x)).toEqual([1, 1, 2, 3, 4]);
  });
});
