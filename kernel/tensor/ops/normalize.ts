/** The op that batch and layer normalisation share. */
import { backend } from "../backends/current.ts";
import { toFloat, zerosOf } from "../dtype.ts";
import { broadcastView } from "../shape.ts";
import { cast } from "./elementwise.ts";
import { define, type One } from "./op.ts";

export const normalizations = {
  /**
   * Mean 0 and variance 1 over `dims`, which are sorted and not negative.
   *
   * y = (x - μ) / s with s = √(σ² + ε):  dx = (g - mean(g) - y mean(g y)) / s
   */
  standardize: define<One, { readonly dims: readonly number[]; readonly eps: number }>({
    name: "standardize",
    shape: ([x]) => x.shape,
    forward: ([x], { dims, eps }, shape, keep) => {
      const values = cast(x, toFloat(x.storage.dtype));
      const { dtype } = values.storage;
      const mean = backend().reduce("mean", values, dims, 0);
      const variance = backend().reduce("var", values, dims, 0);
      const storage = backend().adopt(zerosOf(dtype, 1).fill(eps));
      const margin = broadcastView({ storage, shape: [], strides: [], offset: 0 }, variance.shape);
      const spread = backend().unary("sqrt", backend().binary("add", variance, margin));
      const rate = backend().unary("reciprocal", spread);
      keep(rate);
      const centred = backend().binary("sub", values, broadcastView(mean, shape));
      return backend().binary("mul", centred, broadcastView(rate, shape));
    },
    gradient: [
      (g, saved) => {
        const { dims, eps } = saved.params;
        const y = saved.output();
        const rate = saved.recording
          ? saved.input(0).var(dims, { correction: 0, keepdim: true }).add(eps).sqrt().reciprocal()
          : saved.kept(0);
        const level = g.mean(dims, { keepdim: true });
        const tilt = g.mul(y).mean(dims, { keepdim: true });
        return g.sub(level).sub(y.mul(tilt)).mul(rate);
      },
    ],
  }),
};
