/** Softmax, and cross-entropy fused with it. What is not f32 the heap computes. */
import type { Backend } from "../../../backend.ts";
import { sizeAt, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, fresh, isForKernels, storageOf } from "../floats.ts";
import type { Layout } from "../layout.ts";
import type { Machine } from "../machine.ts";
import type { Division } from "../threads/division.ts";

/** An element takes about as long. */
const NANOSECONDS = 1.2;

/** Rows of `n`, from the first address to the second, and of one number each at the last ones. */
const byRows = (n: number): Division => ({ steps: [4 * n, 4 * n, 0, 0, 4, 4], size: 2 });
const backByRows = (n: number): Division => ({ steps: [4 * n, 4 * n, 4 * n], size: 3 });

export function softmax(
  machine: Machine,
  layout: Layout,
): Pick<Backend, "softmax" | "softmaxSlope" | "crossEntropy" | "softmaxResidual"> {
  const { arena } = machine;
  const [plain, log, entropy, residual] = [
    machine.kernel("softmaxRows"),
    machine.kernel("logSoftmaxRows"),
    machine.kernel("crossEntropyRows"),
    machine.kernel("softmaxResidualRows"),
  ];
  const [slope, logSlope] = [
    machine.kernel("softmaxSlopeRows"),
    machine.kernel("logSoftmaxSlopeRows"),
  ];
  const dense = (x: View) => layout.dense(x);

  return {
    softmax(given, isLog) {
      const n = given.shape.at(-1) ?? 1;
      if (!isForKernels(given) || n === 0) return reference.softmax(given, isLog);
      const x = dense(given);
      const out = fresh("f32", x.shape);
      arena.hold(storageOf(x), storageOf(out));
      const [rows, work] = [sizeOf(x.shape) / n, NANOSECONDS * sizeOf(x.shape)];
      machine.call(isLog ? log : plain, [at(x), at(out), rows, n], rows, byRows(n), work);
      return out;
    },

    softmaxSlope(given, output, isLog) {
      const n = output.shape.at(-1) ?? 1;
      if (!isForKernels(output) || n === 0) return reference.softmaxSlope(given, output, isLog);
      const [g, y] = [dense(given), dense(output)];
      const out = fresh("f32", y.shape);
      arena.hold(storageOf(g), storageOf(y), storageOf(out));
      const [rows, work] = [sizeOf(y.shape) / n, NANOSECONDS * sizeOf(y.shape)];
      const values = [at(g), at(y), at(out), rows, n];
      machine.call(isLog ? logSlope : slope, values, rows, backByRows(n), work);
      return out;
    },

    crossEntropy(logits, labels) {
      if (!isForKernels(logits)) return reference.crossEntropy(logits, labels);
      const [x, classes] = [dense(logits), dense(labels)];
      const [rows, n] = [sizeAt(x.shape, 0), sizeAt(x.shape, 1)];
      const [losses, shares] = [fresh("f32", [rows]), fresh("f32", x.shape)];
      arena.hold(storageOf(x), storageOf(classes), storageOf(losses), storageOf(shares));
      const values = [at(x), at(shares), rows, n, at(classes), at(losses)];
      const wrong = machine.call(entropy, values, rows, byRows(n), NANOSECONDS * rows * n);
      // The reference says what is wrong with the label.
      return wrong < 0 ? { losses, softmax: shares } : reference.crossEntropy(logits, labels);
    },

    softmaxResidual(p, labels, scale) {
      if (!isForKernels(p)) return reference.softmaxResidual(p, labels, scale);
      const [x, classes, factors] = [dense(p), dense(labels), dense(scale)];
      const out = fresh("f32", x.shape);
      arena.hold(storageOf(x), storageOf(classes), storageOf(factors), storageOf(out));
      const [rows, n] = [sizeAt(x.shape, 0), sizeAt(x.shape, 1)];
      const values = [at(x), at(out), rows, n, at(classes), at(factors)];
      machine.call(residual, values, rows, byRows(n), (NANOSECONDS / 20) * rows * n);
      return out;
    },
  };
}
