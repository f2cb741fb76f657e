/** Layer normalisation. What is not f32, and rows too long for the scratch, the heap computes. */
import type { Backend } from "../../../backend.ts";
import { isContiguous, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import type { Machine } from "../machine.ts";

/** Two rows of so many elements fit into the scratch. */
const LONGEST = 2 ** 18;

export function layerNorms(machine: Machine): Pick<Backend, "layerNorm" | "layerNormSlopes"> {
  const { arena } = machine;
  const forward = machine.kernel("layerNorm");
  const backward = machine.kernel("layerNormSlopes");
  const dense = (x: View) => (isContiguous(x) ? x : reference.copy(x, "f32"));

  return {
    layerNorm(given, weight, bias, eps) {
      const n = sizeOf(weight.shape);
      if (!isFloats(given) || n === 0) return reference.layerNorm(given, weight, bias, eps);
      const [x, scale, shift] = [dense(given), dense(weight), dense(bias)];
      const rows = sizeOf(x.shape) / n;
      const values = fresh("f32", x.shape);
      const moments = fresh("f32", [3, rows]);
      const parts = [storageOf(scale), storageOf(shift)] as const;
      arena.hold(storageOf(x), ...parts, storageOf(values), storageOf(moments));
      forward(at(x), at(scale), at(shift), at(values), at(moments), rows, n, eps);
      return { values, moments };
    },

    layerNormSlopes(slope, given, weight, moments) {
      const n = sizeOf(weight.shape);
      if (!isFloats(given) || n === 0 || n > LONGEST)
        return reference.layerNormSlopes(slope, given, weight, moments);
      const [g, x, scale] = [dense(slope), dense(given), dense(weight)];
      const rows = sizeOf(x.shape) / n;
      const dx = fresh("f32", x.shape);
      const [dw, db] = [fresh("f32", weight.shape), fresh("f32", weight.shape)];
      arena.holdEach([g, x, scale, moments, dx, dw, db].map(storageOf));
      const out = [at(dx), at(dw), at(db)];
      backward(at(g), at(x), at(scale), at(moments), ...out, rows, n, machine.scratch);
      return { x: dx, weight: dw, bias: db };
    },
  };
}
