/** The identity matrix, for ops and functions that cannot load the functions making tensors. */
import { wrap } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { toFloat, zerosOf } from "../dtype.ts";
import { fullView } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** `[n, n]` in the floating-point type of `like`. */
export function eyeLike(like: Tensor, n: number): Tensor {
  const dtype = toFloat(like.dtype);
  const values = zerosOf(dtype, n * n);
  for (let i = 0; i < n; i++) values[i * n + i] = 1;
  return wrap(fullView(backend().adopt(values, dtype), [n, n]));
}
