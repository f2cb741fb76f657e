/** Ops that run along one dimension: sums and products up to each element, and linear recurrences. */
import type { ScanOrder } from "../backend.ts";
import { operand } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { promote, toFloat, toWide } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { printShape, resolveDim, sameShape, sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { cast } from "./elementwise.ts";
import { define, type One, type Two } from "./op.ts";

export interface ScanParams extends ScanOrder {
  readonly dim: number;
}

export const cumulative = {
  // Element i went into the sums from i on: its slope is theirs, summed from the other end.
  cumsum: define<One, ScanParams>({
    name: "cumsum",
    shape: ([x], { dim }) => (resolveDim("cumsum", dim, x.shape), x.shape),
    forward: ([x], { dim, ...order }) =>
      backend().scan(
        "sum",
        cast(x, toWide(x.storage.dtype)),
        resolveDim("cumsum", dim, x.shape),
        order,
      ),
    gradient: [
      (g, { params: { dim, reverse, exclusive } }) =>
        g.runningSum(dim, { reverse: !reverse, exclusive }),
    ],
  }),

  // y_k = Π_{j≤k} x_j:  dx_i = Π_{j<i} x_j · R_i,  R_i = g_i + x_{i+1} R_{i+1}.
  // No division, so zeros are right. Leaving elements out moves g by one place.
  cumprod: define<One, ScanParams>({
    name: "cumprod",
    shape: ([x], { dim }) => (resolveDim("cumprod", dim, x.shape), x.shape),
    forward: ([x], { dim, ...order }) =>
      backend().scan(
        "prod",
        cast(x, toWide(x.storage.dtype)),
        resolveDim("cumprod", dim, x.shape),
        order,
      ),
    gradient: [
      (g, saved) => {
        const x = saved.input(0);
        const { dim, reverse, exclusive } = saved.params;
        const slopes = exclusive ? shifted(g, dim, !reverse) : g;
        const before = x.runningProduct(dim, { reverse, exclusive: true });
        // From the other end the factor between two elements is the earlier one.
        const links = reverse ? shifted(x, dim, false) : x;
        return before.mul(links.recurrence(slopes, dim, !reverse));
      },
    ],
  }),

  // h_i = b_i + a_i h_{i-1}:  db_i = λ_i = g_i + a_{i+1} λ_{i+1},  da_i = λ_i h_{i-1};
  // in reverse h_i = b_i + a_{i+1} h_{i+1}:  λ_i = g_i + a_i λ_{i-1},  da_i = λ_{i-1} h_i.
  recurrence: define<Two, { readonly dim: number; readonly reverse: boolean }>({
    name: "recurrence",
    shape: ([a, b], { dim }) => {
      resolveDim("recurrence", dim, b.shape);
      if (!sameShape(a.shape, b.shape))
        throw new ShapeError(
          `recurrence: ${printShape(a.shape)} and ${printShape(b.shape)} - shapes must be equal`,
        );
      return b.shape;
    },
    forward: ([a, b], { dim, reverse }) => {
      const dtype = toFloat(promote(a.storage.dtype, b.storage.dtype));
      const at = resolveDim("recurrence", dim, b.shape);
      return backend().recur(cast(a, dtype), cast(b, dtype), at, reverse);
    },
    gradient: [
      (g, saved) => {
        const { dim, reverse } = saved.params;
        const flow = saved.input(0).recurrence(g, dim, !reverse);
        const h = saved.output();
        return reverse ? shifted(flow, dim, false).mul(h) : flow.mul(shifted(h, dim, false));
      },
      (g, saved) => {
        const { dim, reverse } = saved.params;
        return saved.input(0).recurrence(g, dim, !reverse);
      },
    ],
  }),
};

/** Each element moved one place on along `dim`, or back; 0 where none came from. */
function shifted(t: Tensor, dim: number, back: boolean): Tensor {
  // A number has no neighbour.
  if (t.ndim === 0) return operand(0, t.dtype);
  const at = resolveDim("shift", dim, t.shape);
  const size = sizeAt(t.shape, at);
  if (size === 0) return t;
  const part = (start: number) =>
    t.shape.map((n, i) => ({
      start: i === at ? start : 0,
      step: 1,
      size: i === at ? size - 1 : n,
    }));
  return t.cut(part(back ? 1 : 0)).uncut(part(back ? 0 : 1), t.shape);
}
