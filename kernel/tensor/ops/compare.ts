/** Comparisons and logic on two operands: their result is bool and has no slope. */
import type { CompareKernel } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { promote } from "../dtype.ts";
import { broadcastShapes } from "../shape.ts";
import { stretch } from "./elementwise.ts";
import { define, none, type Op, type Two } from "./op.ts";

function compare(kernel: CompareKernel): Op<Two, undefined> {
  return define<Two>({
    name: kernel,
    shape: ([a, b]) => broadcastShapes(kernel, a.shape, b.shape),
    forward: ([a, b], _, shape) => {
      const dtype = promote(a.storage.dtype, b.storage.dtype);
      return backend().compare(kernel, stretch(a, dtype, shape), stretch(b, dtype, shape));
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
  // Anything but 0 counts as true.
  logicalAnd: compare("logicalAnd"),
  logicalOr: compare("logicalOr"),
  logicalXor: compare("logicalXor"),
};
