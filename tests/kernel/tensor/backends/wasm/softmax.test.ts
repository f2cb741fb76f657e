import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { broadcastView, sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted, plainNumbers } from "./samples.ts";

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 20 });

  /** As near as the logits are: what is rounded of them counts. `scale` where results are differences. */
  function close(found: View, wanted: View, scale = 0) {
    expect(found.shape).toEqual(wanted.shape);
    const truth = elements(wanted);
    elements(found).forEach((value, i) => {
      const size = Math.abs(truth[i] ?? 0) + scale;
      if (Object.is(value, truth[i])) return;
      expect(Math.abs(value - (truth[i] ?? 0)), `${value} for ${truth[i]}`).toBeLessThanOrEqual(
        size * 2 ** -18 + 2 ** -126,
      );
    });
  }

  const widths = [1, 2, 3, 4, 5, 10, 15, 16, 17, 31, 64, 65, 1000];

  test("softmax and its logarithm of rows of every width", () => {
    const random = new Generator(1);
    for (const n of widths)
      for (const log of [false, true]) {
        const x = laid(
          plainNumbers(random, 3 * n).map((v) => 5 * v),
          [3, n],
          n % 4,
        );
        close(wasm.softmax(x, log), reference.softmax(x, log), log ? 20 : 0);
      }
  });

  test("softmax of other shapes and of views", () => {
    const random = new Generator(2);
    for (const shape of [[], [7], [0, 4], [4, 0], [2, 3, 5]]) {
      const x = laid(plainNumbers(random, sizeOf(shape)), shape);
      close(wasm.softmax(x, false), reference.softmax(x, false));
    }
    const x = permuted(laid(plainNumbers(random, 60), [3, 4, 5]), [2, 0, 1]);
    close(wasm.softmax(x, true), reference.softmax(x, true), 4);
  });

  test("the slopes of softmax and its logarithm, of rows of every width and of views", () => {
    const random = new Generator(4);
    const both = (g: View, x: View) => {
      for (const log of [false, true]) {
        const y = reference.softmax(x, log);
        close(wasm.softmaxSlope(g, y, log), reference.softmaxSlope(g, y, log), 4);
      }
    };
    for (const n of widths)
      both(
        laid(plainNumbers(random, 3 * n), [3, n], n % 4),
        laid(plainNumbers(random, 3 * n), [3, n]),
      );
    for (const shape of [[], [7], [0, 4], [4, 0], [2, 3, 5]]) {
      const n = sizeOf(shape);
      both(laid(plainNumbers(random, n), shape), laid(plainNumbers(random, n), shape));
    }
    const x = permuted(laid(plainNumbers(random, 60), [3, 4, 5]), [2, 0, 1]);
    both(broadcastView(laid(plainNumbers(random, 4), [4, 1]), [3, 4, 5]), x);
  });

  test("masked elements get exactly nothing, rows without any number NaN", () => {
    const hidden = -Infinity;
    for (const row of [
      [1, hidden, 2, hidden, hidden],
      [hidden, hidden, hidden, hidden, hidden],
      [0, 1, Infinity, 2, 3],
      [0, NaN, 1, 2, 3],
      [0, -80, -90, -100, -200],
      [3e38, -3e38, 0, 0, 0],
    ]) {
      const x = laid(Float32Array.from(row), [1, 5]);
      for (const log of [false, true]) close(wasm.softmax(x, log), reference.softmax(x, log));
      close(wasm.reduce("logsumexp", x, [1], 0), reference.reduce("logsumexp", x, [1], 0));
    }
    const [first, second] = elements(
      wasm.softmax(laid(Float32Array.from([0, hidden]), [1, 2]), false),
    );
    expect([first, second]).toEqual([1, 0]);
  });

  test("crossEntropy() gives losses and softmax, softmaxResidual() the way back", () => {
    const random = new Generator(3);
    for (const n of widths) {
      const x = laid(plainNumbers(random, 6 * n), [6, n], n % 3);
      const labels = laid(
        Int32Array.from({ length: 6 }, () => random.below(n)),
        [6],
        1,
      );
      const [found, wanted] = [wasm.crossEntropy(x, labels), reference.crossEntropy(x, labels)];
      close(found.softmax, wanted.softmax);
      // A difference, so what is lost counts against the logits.
      const losses = elements(wanted.losses);
      elements(found.losses).forEach((loss, i) => expect(loss).toBeCloseTo(losses[i] ?? NaN, 5));
      const scale = laid(plainNumbers(random, 6), [6]);
      close(
        wasm.softmaxResidual(wanted.softmax, labels, scale),
        reference.softmaxResidual(wanted.softmax, labels, scale),
      );
    }
  });

  test("doubles stay on the heap", () => {
    const turned = (values: Float64Array) => ({
      storage: reference.adopt(values),
      shape: [2, 2],
      strides: [1, 2],
      offset: 0,
    });
    const x = turned(Float64Array.of(1, 2, 3, 5));
    const labels = laid(Int32Array.of(0, 1), [2]);
    expect(elements(wasm.softmax(x, false))).toEqual(elements(reference.softmax(x, false)));
    const [found, wanted] = [wasm, reference].map((each) => each.crossEntropy(x, labels).losses);
    expect(found && elements(found)).toEqual(wanted && elements(wanted));
  });

  test("a label that is no class is refused by row and number", () => {
    const x = laid(new Float32Array(8), [2, 4]);
    for (const label of [4, -1])
      expect(() => wasm.crossEntropy(x, laid(Int32Array.of(0, label), [2]))).toThrow(
        `crossEntropy: label ${label} at row 1 - 4 classes take labels 0 to 3`,
      );
  });
});
