/** Ops that work element by element. What is not f32 the heap computes. */
import type { Backend } from "../../../backend.ts";
import { isContiguous, isUniform, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { type PairKernel, runPair, walkOf } from "../broadcast.ts";
import { at, fresh, isForKernels, storageOf } from "../floats.ts";
import { arithmeticNames } from "../kernels/arithmetic.ts";
import { compareNames } from "../kernels/compare.ts";
import { slopeNames } from "../kernels/slopes.ts";
import { unaryNames } from "../kernels/unary.ts";
import type { Layout } from "../layout.ts";
import type { Kernel, Machine } from "../machine.ts";
import type { Division } from "../threads/job.ts";

const byElements: Division = { steps: [4, 4], size: 2, grain: 64 };

export function elementwise(
  machine: Machine,
  layout: Layout,
): Pick<Backend, "unary" | "slope" | "binary" | "compare" | "where"> {
  const { arena } = machine;
  const kernels: Record<string, Kernel | undefined> = {};
  for (const name of [...unaryNames, ...arithmeticNames, ...compareNames])
    kernels[name] = machine.kernel(name);
  const slopes: Record<string, Kernel | undefined> = {};
  for (const name of slopeNames) slopes[name] = machine.kernel(`slope.${name}`);
  const choose = machine.kernel("where");

  function pair(kernel: PairKernel, a: View, b: View, dtype: "f32" | "bool", parameter = 0): View {
    let walk = walkOf(a, b);
    if (walk === null) {
      [a, b] = [layout.dense(a), layout.dense(b)];
      walk = walkOf(a, b);
      if (walk === null) throw new Error("internal: dense operands cannot be walked");
    }
    const out = fresh(dtype, a.shape);
    arena.hold(storageOf(a), storageOf(b), storageOf(out));
    runPair(machine, kernel, walk, a, b, out, parameter, dtype === "f32" ? 4 : 1);
    return out;
  }

  return {
    unary(name, given, parameter = 0) {
      const kernel = kernels[name];
      if (kernel === undefined || !isForKernels(given))
        return reference.unary(name, given, parameter);
      const x = layout.dense(given);
      const out = fresh("f32", x.shape);
      arena.hold(storageOf(x), storageOf(out));
      const n = sizeOf(x.shape);
      if (machine.isShared(n)) machine.share(kernel, [at(x), at(out), n, parameter], n, byElements);
      else kernel(at(x), at(out), n, parameter);
      return out;
    },

    slope(name, g, saved, parameter = 0) {
      const kernel = slopes[name];
      if (kernel === undefined || !isForKernels(g))
        return reference.slope(name, g, saved, parameter);
      return pair(kernel, g, saved, "f32", parameter);
    },

    binary(name, a, b) {
      const kernel = kernels[name];
      if (kernel === undefined || !isForKernels(a)) return reference.binary(name, a, b);
      return pair(kernel, a, b, "f32");
    },

    compare(name, a, b) {
      const kernel = kernels[name];
      if (kernel === undefined || !isForKernels(a)) return reference.compare(name, a, b);
      return pair(kernel, a, b, "bool");
    },

    where(condition, a, b) {
      if (!isForKernels(a)) return reference.where(condition, a, b);
      const mask = isContiguous(condition) ? condition : reference.copy(condition, "bool");
      const [one, other] = [a, b].map((x) => (isUniform(x) ? x : layout.dense(x))) as [View, View];
      const out = fresh("f32", a.shape);
      arena.hold(storageOf(mask), storageOf(one), storageOf(other), storageOf(out));
      const start = storageOf(mask).address + mask.offset;
      const step = (x: View) => (isContiguous(x) ? 1 : 0);
      choose(start, at(one), step(one), at(other), step(other), at(out), sizeOf(a.shape));
      return out;
    },
  };
}
