/** Parameters as one long row of numbers: read, set to a place in their space, and put back as they were. */
import { noGrad } from "../tensor/autograd/tape.ts";
import { tensor } from "../tensor/creation/create.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A copy of all values, one parameter after the other. */
export function valuesOf(parameters: readonly Tensor[]): Float64Array {
  const values = new Float64Array(parameters.reduce((sum, each) => sum + each.numel(), 0));
  let at = 0;
  for (const parameter of parameters) {
    values.set(parameter.innerData, at);
    at += parameter.numel();
  }
  return values;
}

/** Writes such a row back, unrecorded. */
export function setValues(parameters: readonly Tensor[], values: Float64Array): void {
  noGrad(() => {
    let at = 0;
    for (const parameter of parameters) {
      const own = values.subarray(at, at + parameter.numel());
      at += parameter.numel();
      const source = parameter.dtype === "f64" ? Float64Array.from(own) : Float32Array.from(own);
      parameter.copy_(tensor(source).reshape(parameter.shape));
    }
  });
}

/** Runs `body`, and then puts these values back, bit for bit, whatever happened. */
export function restoring<T>(tensors: readonly Tensor[], body: () => T): T {
  const before = valuesOf(tensors);
  try {
    return body();
  } finally {
    setValues(tensors, before);
  }
}
