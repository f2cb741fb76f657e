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
import type { Division } from "../threads/division.ts";

/**
 * What an element takes, in nanoseconds: of a polynomial, and of an instruction or a few. Those take 0.2,
 * but what one processor has in its cache another one has to fetch: of fewer than some 400,000 nothing is
 * saved.
 */
const SLOW = 2;
const QUICK = 0.04;
const slowSlopes = new Set(["elu", "silu", "softplus", "logSigmoid", "gelu", "geluTanh"]);
const quickFunctions = new Set(
  "neg abs sign square floor ceil round trunc sqrt rsqrt reciprocal relu leakyRelu".split(" "),
);

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

  function pair(
    kernel: PairKernel,
    a: View,
    b: View,
    dtype: "f32" | "bool",
    parameter: number,
    nanoseconds: number,
  ): View {
    let walk = walkOf(a, b);
    if (walk === null) {
      [a, b] = [layout.dense(a), layout.dense(b)];
      walk = walkOf(a, b);
      if (walk === null) throw new Error("internal: dense operands cannot be walked");
    }
    const out = fresh(dtype, a.shape);
    arena.hold(storageOf(a), storageOf(b), storageOf(out));
    const width = dtype === "f32" ? 4 : 1;
    runPair(machine, kernel, walk, a, b, out, parameter, width, nanoseconds);
    return out;
  }

  /** A power that is a product or quotient, else null. */
  function powerOfAll(x: View, exponent: number): View | null {
    if (exponent === -1) return backend.unary("reciprocal", x);
    if (exponent !== 2 && exponent !== 3) return null;
    const square = backend.unary("square", x);
    if (exponent === 2) return square;
    const cube = backend.binary("mul", square, x);
    square.storage.release();
    return cube;
  }

  const backend: Pick<Backend, "unary" | "slope" | "binary" | "compare" | "where"> = {
    unary(name, given, parameter = 0) {
      const kernel = kernels[name];
      if (kernel === undefined || !isForKernels(given))
        return reference.unary(name, given, parameter);
      const x = layout.dense(given);
      const out = fresh("f32", x.shape);
      arena.hold(storageOf(x), storageOf(out));
      const n = sizeOf(x.shape);
      const work = (quickFunctions.has(name) ? QUICK : SLOW) * n;
      const told = machine.isShared(work)
        ? machine.share(kernel, [at(x), at(out), n, parameter], n, byElements, work)
        : kernel(at(x), at(out), n, parameter);
      // Of angles, that some are too large: counting their turns takes more than the kernel has.
      return told >= 0 ? reference.unary(name, given, parameter) : out;
    },

    slope(name, g, saved, parameter = 0) {
      const kernel = slopes[name];
      if (kernel === undefined || !isForKernels(g))
        return reference.slope(name, g, saved, parameter);
      return pair(kernel, g, saved, "f32", parameter, slowSlopes.has(name) ? SLOW : QUICK);
    },

    binary(name, a, b) {
      const kernel = kernels[name];
      if (kernel === undefined || !isForKernels(a)) return reference.binary(name, a, b);
      if (name === "pow" && isUniform(b)) {
        const power = powerOfAll(a, b.storage.host()[b.offset] ?? 0);
        if (power !== null) return power;
      }
      return pair(kernel, a, b, "f32", 0, name === "pow" ? SLOW : QUICK);
    },

    compare(name, a, b) {
      const kernel = kernels[name];
      if (kernel === undefined || !isForKernels(a)) return reference.compare(name, a, b);
      return pair(kernel, a, b, "bool", 0, QUICK);
    },

    where(condition, a, b) {
      if (!isForKernels(a)) return reference.where(condition, a, b);
      const mask = isContiguous(condition) ? condition : reference.copy(condition, "bool");
      const [one, other] = [a, b].map((x) => (isUniform(x) ? x : layout.dense(x))) as [View, View];
      const out = fresh("f32", a.shape);
      arena.hold(storageOf(mask), storageOf(one), storageOf(other), storageOf(out));
      const start = storageOf(mask).address + mask.offset;
      const step = (x: View) => (isContiguous(x) ? 1 : 0);
      const n = sizeOf(a.shape);
      const values = [start, at(one), step(one), at(other), step(other), at(out), n];
      const steps = [1, 4 * step(one), 0, 4 * step(other), 0, 4];
      machine.call(choose, values, n, { steps, size: 6, grain: 64 }, QUICK * n);
      return out;
    },
  };
  return backend;
}
