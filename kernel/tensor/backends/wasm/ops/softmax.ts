/** Softmax, and cross-entropy fused with it. What is not f32 the heap computes. */
import type { Backend } from "../../../backend.ts";
import { sizeAt, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, fresh, isForKernels, storageOf } from "../floats.ts";
import type { Layout } from "../layout.ts";
import type { Machine } from "../machine.ts";

export function softmax(
  machine: Machine,
  layout: Layout,
): Pick<Backend, "softmax" | "crossEntropy" | "softmaxResidual"> {
  const { arena } = machine;
  const [plain, log, entropy, residual] = [
    machine.kernel("softmaxRows"),
    machine.kernel("logSoftmaxRows"),
    machine.kernel("crossEntropyRows"),
    machine.kernel("softmaxResidualRows"),
  ];
  const dense = (x: View) => layout.dense(x);

  return {
    softmax(given, isLog) {
      const n = given.shape.at(-1) ?? 1;
      if (!isForKernels(given) || n === 0) return reference.softmax(given, isLog);
      const x = dense(given);
      const out = fresh("f32", x.shape);
      arena.hold(storageOf(x), storageOf(out));
      (isLog ? log : plain)(at(x), at(out), sizeOf(x.shape) / n, n);
      return out;
    },

    crossEntropy(logits, labels) {
      if (!isForKernels(logits)) return reference.crossEntropy(logits, labels);
      const [x, classes] = [dense(logits), dense(labels)];
      const [rows, n] = [sizeAt(x.shape, 0), sizeAt(x.shape, 1)];
      const [losses, shares] = [fresh("f32", [rows]), fresh("f32", x.shape)];
      arena.hold(storageOf(x), storageOf(classes), storageOf(losses), storageOf(shares));
      const wrong = entropy(at(x), at(shares), rows, n, at(classes), at(losses));
      // The reference says what is wrong with the label.
      return wrong < 0 ? { losses, softmax: shares } : reference.crossEntropy(logits, labels);
    },

    softmaxResidual(p, labels, scale) {
      if (!isForKernels(p)) return reference.softmaxResidual(p, labels, scale);
      const [x, classes, factors] = [dense(p), dense(labels), dense(scale)];
      const out = fresh("f32", x.shape);
      arena.hold(storageOf(x), storageOf(classes), storageOf(factors), storageOf(out));
      const [rows, n] = [sizeAt(x.shape, 0), sizeAt(x.shape, 1)];
      residual(at(x), at(out), rows, n, at(classes), at(factors));
      return out;
    },
  };
}
