/** Cross-entropy of yes-or-no answers from probabilities. */
import { backend } from "../backends/current.ts";
import { promote, toFloat, zerosOf } from "../dtype.ts";
import { broadcastShapes, broadcastView } from "../shape.ts";
import type { Shape, View } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, type Two } from "./op.ts";

/** Logarithms count as no less than this, so that a wrong certainty costs 100 and not infinity. */
const floor = -100;

function constant(value: number, dtype: "f32" | "f64", shape: Shape): View {
  const storage = backend().adopt(zerosOf(dtype, 1).fill(value));
  return broadcastView({ storage, shape: [], strides: [], offset: 0 }, shape);
}

export const entropies = {
  /**
   * Probabilities p, targets t: -(t log p + (1 - t) log(1 - p)), element by element.
   *
   * dp = (p - t) / (p (1 - p)), the divisor no less than 1e-12;  dt = log(1 - p) - log p
   */
  bce: define<Two>({
    name: "bce",
    shape: ([p, t]) => broadcastShapes("bce", p.shape, t.shape),
    forward: ([p, t], _, shape) => {
      const device = backend();
      const dtype = toFloat(promote(p.storage.dtype, t.storage.dtype));
      const [chance, wanted] = [p, t].map((each) => broadcastView(cast(each, dtype), shape)) as [
        View,
        View,
      ];
      const atLeast = constant(floor, dtype, shape);
      const yes = device.binary("maximum", device.unary("log", chance), atLeast);
      const no = device.binary(
        "maximum",
        device.unary("log1p", device.unary("neg", chance)),
        atLeast,
      );
      // -(t yes + (1 - t) no) = t (no - yes) - no
      const gap = device.binary("sub", no, yes);
      return device.binary("sub", device.binary("mul", wanted, gap), no);
    },
    gradient: [
      (g, saved) => {
        const [p, t] = [saved.input(0), saved.input(1)];
        return g.mul(p.sub(t)).div(p.sub(p.square()).maximum(1e-12));
      },
      (g, saved) => {
        const p = saved.input(0);
        const no = p.neg().add(1).log().maximum(floor);
        return g.mul(no.sub(p.log().maximum(floor)));
      },
    ],
  }),
};
