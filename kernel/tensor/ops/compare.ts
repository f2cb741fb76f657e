/** Comparisons and logic: their result is bool and has no slope. */
import type { CompareKernel } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { promote } from "../dtype.ts";
import { broadcastShapes, broadcastView } from "../shape.ts";
import { cast } from "./elementwise.ts";
import { define, none, type One, type Op, type Two } from "./op.ts";

function compare(kernel: CompareKernel): Op<Two, undefined> {
  return define<Two>({
    name: kernel,
    shape: ([a, b]) => broadcastShapes(kernel, a.shape, b.shape),
    forward: ([a, b], _, shape) => {
      const dtype = promote(a.storage.dtype, b.storage.dtype);
      return backend().compare(
        kernel,
        broadcastView(cast(a, dtype), shape),
        broadcastView(cast(b, dtype), shape),
      );
    },
    gradient: [none, none],
  });
}

export const comparison = {
  eq: compare("eq"),
  ne: compare("ne"),
  lt: compare("lt"),
  le: compare("le"),
  gt: compare("gt"),
  ge: compare("ge"),
  not: define<One>({
    name: "not",
    shape: ([x]) => x.shape,
    forward: ([x]) => backend().unary("not", x),
    gradient: [none],
  }),
};
