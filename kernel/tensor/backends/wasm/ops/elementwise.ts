/** Ops that work element by element. What is not f32 the heap computes. */
import type { Backend } from "../../../backend.ts";
import { isContiguous, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { type PairKernel, runPair, walkOf } from "../broadcast.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import { arithmeticNames } from "../kernels/arithmetic.ts";
import { slopeNames } from "../kernels/slopes.ts";
import { unaryNames } from "../kernels/unary.ts";
import type { Kernel, Machine } from "../machine.ts";

export function elementwise(machine: Machine): Pick<Backend, "unary" | "slope" | "binary"> {
  const { arena } = machine;
  const kernels: Record<string, Kernel | undefined> = {};
  for (const name of [...unaryNames, ...arithmeticNames]) kernels[name] = machine.kernel(name);
  const slopes: Record<string, Kernel | undefined> = {};
  for (const name of slopeNames) slopes[name] = machine.kernel(`slope.${name}`);
  const dense = (x: View) => (isContiguous(x) ? x : reference.copy(x, "f32"));

  function pair(kernel: PairKernel, a: View, b: View, parameter: number): View {
    let walk = walkOf(a, b);
    if (walk === null) {
      [a, b] = [dense(a), dense(b)];
      walk = walkOf(a, b);
      if (walk === null) throw new Error("internal: dense operands cannot be walked");
    }
    const out = fresh("f32", a.shape);
    arena.hold(storageOf(a), storageOf(b), storageOf(out));
    runPair(kernel, walk, a, b, out, parameter);
    return out;
  }

  return {
    unary(name, given, parameter = 0) {
      const kernel = kernels[name];
      if (kernel === undefined || !isFloats(given)) return reference.unary(name, given, parameter);
      const x = dense(given);
      const out = fresh("f32", x.shape);
      arena.hold(storageOf(x), storageOf(out));
      kernel(at(x), at(out), sizeOf(x.shape), parameter);
      return out;
    },

    slope(name, g, saved, parameter = 0) {
      const kernel = slopes[name];
      if (kernel === undefined || !isFloats(g)) return reference.slope(name, g, saved, parameter);
      return pair(kernel, g, saved, parameter);
    },

    binary(name, a, b) {
      const kernel = kernels[name];
      if (kernel === undefined || !isFloats(a)) return reference.binary(name, a, b);
      return pair(kernel, a, b, 0);
    },
  };
}
