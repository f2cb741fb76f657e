/** Softmax, its logarithm, and cross-entropy fused with it. */
import { apply } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { promote, toFloat } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { printShape, resolveDim, sameShape, sizeAt } from "../shape.ts";
import type { View } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, type Gradient, none, type One, type Two, type Three, wantIntegers } from "./op.ts";

/** `x` with `dim` and the last dimension exchanged; doing it twice gives `x` again. */
function swapWithLast(x: View, dim: number): View {
  const last = x.shape.length - 1;
  if (last <= 0 || dim === last) return x;
  const swap = (sizes: readonly number[]) =>
    sizes.map((n, i) => (i === dim ? sizes[last] : i === last ? sizes[dim] : n) ?? n);
  return { ...x, shape: swap(x.shape), strides: swap(x.strides) };
}

function along(x: View, name: string, dim: number, log: boolean): View {
  const at = resolveDim(name, dim, x.shape);
  const rows = swapWithLast(cast(x, toFloat(x.storage.dtype)), at);
  return swapWithLast(backend().softmax(rows, log), at);
}

export interface Along {
  readonly dim: number;
}

/** Not in the table: never recorded, as the `slope` of functions of one number. */
const slope = define<Two, Along & { readonly log: boolean }>({
  name: "softmaxSlope",
  shape: ([, y]) => y.shape,
  forward: ([g, y], { dim, log }) => {
    const at = resolveDim("softmax", dim, y.shape);
    return swapWithLast(backend().softmaxSlope(swapWithLast(g, at), swapWithLast(y, at), log), at);
  },
  gradient: [none, none],
});

/** `recorded` where the slope shall have slopes, else one kernel. */
const inOnePass =
  (log: boolean, recorded: Gradient<Along>): Gradient<Along> =>
  (g, saved) =>
    saved.recording
      ? recorded(g, saved)
      : apply(slope, [g, saved.output()], { dim: saved.params.dim, log });

export const softmaxes = {
  // y = softmax(x):  dx = y (g - Σ g y)
  softmax: define<One, Along>({
    name: "softmax",
    shape: ([x], { dim }) => (resolveDim("softmax", dim, x.shape), x.shape),
    forward: ([x], { dim }) => along(x, "softmax", dim, false),
    gradient: [
      inOnePass(false, (g, saved) => {
        const y = saved.output();
        const flow = g.mul(y);
        return flow.sub(y.mul(flow.sum(saved.params.dim, { keepdim: true })));
      }),
    ],
  }),

  // y = log softmax(x):  dx = g - eʸ Σ g
  logSoftmax: define<One, Along>({
    name: "logSoftmax",
    shape: ([x], { dim }) => (resolveDim("logSoftmax", dim, x.shape), x.shape),
    forward: ([x], { dim }) => along(x, "logSoftmax", dim, true),
    gradient: [
      inOnePass(true, (g, saved) =>
        g.sub(
          saved
            .output()
            .exp()
            .mul(g.sum(saved.params.dim, { keepdim: true })),
        ),
      ),
    ],
  }),

  /** `logits [n, c]`, `labels [n]` i32 `-> [n]`: -log softmax(logits)[label] of each row. */
  crossEntropy: define<Two>({
    name: "crossEntropy",
    shape: ([logits, labels]) => {
      wantIntegers("crossEntropy", "labels", labels);
      const rows = logits.shape[0];
      if (logits.shape.length !== 2 || labels.shape.length !== 1 || rows !== labels.shape[0])
        throw new ShapeError(
          `crossEntropy: logits ${printShape(logits.shape)} and labels ${printShape(labels.shape)} - ` +
            "wanted [n, classes] and [n]",
        );
      return [sizeAt(logits.shape, 0)];
    },
    forward: ([logits, labels], _, shape, keep) => {
      const { losses, softmax } = backend().crossEntropy(
        cast(logits, toFloat(logits.storage.dtype)),
        labels,
      );
      keep(softmax);
      return { ...losses, shape };
    },
    // d loss = softmax - onehot(label), scaled by the row's slope
    gradient: [
      (g, saved) => {
        const p = saved.recording ? saved.input(0).softmax(1) : saved.kept(0);
        return p.softmaxResidual(saved.input(1), g);
      },
      none,
    ],
  }),

  /** `(p - onehot(labels)) * scale`: `p [n, c]`, `labels [n]`, `scale [n]`. */
  softmaxResidual: define<Three>({
    name: "softmaxResidual",
    shape: ([p, labels, scale]) => {
      wantIntegers("softmaxResidual", "labels", labels);
      if (
        p.shape.length !== 2 ||
        !sameShape(labels.shape, scale.shape) ||
        labels.shape[0] !== p.shape[0]
      )
        throw new ShapeError(
          `softmaxResidual: ${printShape(p.shape)}, labels ${printShape(labels.shape)} and ` +
            `scale ${printShape(scale.shape)} - wanted [n, c], [n] and [n]`,
        );
      return p.shape;
    },
    forward: ([p, labels, scale]) => {
      const dtype = toFloat(promote(p.storage.dtype, scale.storage.dtype));
      return backend().softmaxResidual(cast(p, dtype), labels, cast(scale, dtype));
    },
    gradient: [
      (g, saved) => g.mul(saved.input(2).unsqueeze(1)),
      none,
      (g, saved) => {
        const ones = saved.input(2).mul(0).add(1);
        return g.mul(saved.input(0).softmaxResidual(saved.input(1), ones)).sum(1);
      },
    ],
  }),
};
