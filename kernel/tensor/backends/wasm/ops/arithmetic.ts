/** Two operands of one shape. What is not f32, or does not lie in row-major order, the heap computes. */
import type { Backend } from "../../../backend.ts";
import { isContiguous, sizeOf } from "../../../shape.ts";
import { reference } from "../../reference.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import { arithmeticForms } from "../kernels/arithmetic.ts";
import type { Kernel, Machine } from "../machine.ts";

export function arithmetic(machine: Machine): Pick<Backend, "binary"> {
  const kernels: Record<string, Kernel | undefined> = {};
  for (const name of Object.keys(arithmeticForms)) kernels[name] = machine.kernel(name);
  return {
    binary(name, a, b) {
      const kernel = kernels[name];
      if (kernel === undefined || !isFloats(a) || !isContiguous(a) || !isContiguous(b))
        return reference.binary(name, a, b);
      const out = fresh("f32", a.shape);
      machine.arena.hold(storageOf(a), storageOf(b), storageOf(out));
      kernel(at(a), at(b), at(out), sizeOf(a.shape));
      return out;
    },
  };
}
