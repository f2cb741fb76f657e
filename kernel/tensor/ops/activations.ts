/** Activations: the bends between the layers of a network. */
import { tuned, unary, wholeUnary } from "./elementwise.ts";
import { inOnePass } from "./slope.ts";

const geluScale = Math.sqrt(2 / Math.PI);
const geluCube = 0.044715;

export const activations = {
  // Lets the slope through where x > 0, and nothing elsewhere: an infinite one times 0 would be NaN.
  relu: wholeUnary(
    "relu",
    inOnePass("relu", "output", (g, saved) => g.maskedFill(saved.output().le(0), 0)),
  ),
  // Lets it through whole where x > 0, else `slope` times.
  leakyRelu: tuned<{ readonly slope: number }>(
    "leakyRelu",
    ({ slope }) => slope,
    inOnePass(
      "leakyRelu",
      "input",
      (g, saved) => g.where(saved.input(0).gt(0), g.mul(saved.params.slope)),
      ({ slope }) => slope,
    ),
  ),
  // y = α(eˣ - 1) below 0:  dy = αeˣ dx = (y + α) dx
  elu: tuned<{ readonly alpha: number }>(
    "elu",
    ({ alpha }) => alpha,
    inOnePass(
      "elu",
      "input",
      (g, saved) => {
        const below = saved.output().add(saved.params.alpha);
        return g.mul(below).where(saved.input(0).le(0), g);
      },
      ({ alpha }) => alpha,
    ),
  ),
  // dσ = σ(1 - σ) dx
  sigmoid: unary(
    "sigmoid",
    inOnePass("sigmoid", "output", (g, saved) => {
      const y = saved.output();
      return g.mul(y.sub(y.square()));
    }),
  ),
  // d(xσ) = (σ + xσ(1 - σ)) dx = (σ + y(1 - σ)) dx
  silu: unary(
    "silu",
    inOnePass("silu", "input", (g, saved) => {
      const s = saved.input(0).sigmoid();
      return g.mul(s.add(saved.output().mul(s.neg().add(1))));
    }),
  ),
  // d log(1 + eˣ) = σ(x) dx
  softplus: unary(
    "softplus",
    inOnePass("softplus", "input", (g, saved) => g.mul(saved.input(0).sigmoid())),
  ),
  // d log σ(x) = σ(-x) dx
  logSigmoid: unary(
    "logSigmoid",
    inOnePass("logSigmoid", "input", (g, saved) => g.mul(saved.input(0).neg().sigmoid())),
  ),
  // d(xΦ(x)) = (Φ(x) + xφ(x)) dx
  gelu: unary(
    "gelu",
    inOnePass("gelu", "input", (g, saved) => g.mul(saved.input(0).geluSlope())),
  ),
  // d(Φ(x) + xφ(x)) = (2 - x²)φ(x) dx
  geluSlope: unary("geluSlope", (g, saved) => {
    const square = saved.input(0).square();
    const density = square
      .mul(-0.5)
      .exp()
      .mul(1 / Math.sqrt(2 * Math.PI));
    return g.mul(density).mul(square.neg().add(2));
  }),
  // y = x/2 (1 + t), t = tanh(c(x + kx³)):  dy = (1 + t + x(1 - t²)c(1 + 3kx²))/2 dx
  geluTanh: unary(
    "geluTanh",
    inOnePass("geluTanh", "input", (g, saved) => {
      const x = saved.input(0);
      const square = x.square();
      const t = x.mul(square.mul(geluCube).add(1)).mul(geluScale).tanh();
      const inner = square
        .mul(3 * geluCube)
        .add(1)
        .mul(x)
        .mul(geluScale);
      return g.mul(t.square().neg().add(1).mul(inner).add(t).add(1).mul(0.5));
    }),
  ),
};
