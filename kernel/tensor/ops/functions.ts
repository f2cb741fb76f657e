/** Functions of one number, element by element: powers, logarithms, angles, rounding. */
import { backend } from "../backends/current.ts";
import { flat, unary, wholeUnary } from "./elementwise.ts";
import { define, none, type One } from "./op.ts";
import { inOnePass } from "./slope.ts";

export const functions = {
  neg: wholeUnary("neg", (g) => g.neg()),
  // d|x| = sign(x) dx
  abs: wholeUnary(
    "abs",
    inOnePass("abs", "input", (g, saved) => g.mul(saved.input(0).sign())),
  ),
  // d(x²) = 2x dx
  square: wholeUnary(
    "square",
    inOnePass("square", "input", (g, saved) => g.mul(saved.input(0)).mul(2)),
  ),

  // Steps, flat between their jumps.
  sign: wholeUnary("sign", flat),
  floor: wholeUnary("floor", flat),
  ceil: wholeUnary("ceil", flat),
  round: wholeUnary("round", flat),
  trunc: wholeUnary("trunc", flat),

  // d(eˣ) = eˣ dx
  exp: unary("exp", (g, saved) => g.mul(saved.output())),
  // d(eˣ - 1) = (y + 1) dx
  expm1: unary("expm1", (g, saved) => g.mul(saved.output().add(1))),
  // d log x = dx/x
  log: unary("log", (g, saved) => g.div(saved.input(0))),
  // d log(1 + x) = dx/(1 + x)
  log1p: unary("log1p", (g, saved) => g.div(saved.input(0).add(1))),
  // d log₂x = dx/(x log 2)
  log2: unary("log2", (g, saved) => g.div(saved.input(0).mul(Math.LN2))),
  // d log₁₀x = dx/(x log 10)
  log10: unary("log10", (g, saved) => g.div(saved.input(0).mul(Math.LN10))),
  // d√x = dx / 2√x
  sqrt: unary(
    "sqrt",
    inOnePass("sqrt", "output", (g, saved) => g.div(saved.output().mul(2))),
  ),
  // d(1/√x) = -y³/2 dx
  rsqrt: unary(
    "rsqrt",
    inOnePass("rsqrt", "output", (g, saved) => g.mul(saved.output().pow(3)).mul(-0.5)),
  ),
  // d(1/x) = -dx/x²
  reciprocal: unary(
    "reciprocal",
    inOnePass("reciprocal", "output", (g, saved) => g.neg().mul(saved.output().square())),
  ),

  // d sin x = cos x dx
  sin: unary("sin", (g, saved) => g.mul(saved.input(0).cos())),
  // d cos x = -sin x dx
  cos: unary("cos", (g, saved) => g.neg().mul(saved.input(0).sin())),
  // d tan x = (1 + tan² x) dx
  tan: unary("tan", (g, saved) => g.mul(saved.output().square().add(1))),
  // d arcsin x = dx/√(1 - x²)
  asin: unary("asin", (g, saved) => g.mul(saved.input(0).square().neg().add(1).rsqrt())),
  // d arccos x = -dx/√(1 - x²)
  acos: unary("acos", (g, saved) => g.neg().mul(saved.input(0).square().neg().add(1).rsqrt())),
  // d arctan x = dx/(1 + x²)
  atan: unary("atan", (g, saved) => g.div(saved.input(0).square().add(1))),
  // d sinh x = cosh x dx
  sinh: unary("sinh", (g, saved) => g.mul(saved.input(0).cosh())),
  // d cosh x = sinh x dx
  cosh: unary("cosh", (g, saved) => g.mul(saved.input(0).sinh())),
  // d tanh x = (1 - tanh² x) dx
  tanh: unary(
    "tanh",
    inOnePass("tanh", "output", (g, saved) => g.sub(g.mul(saved.output().square()))),
  ),
  // d erf x = 2/√π exp(-x²) dx
  erf: unary("erf", (g, saved) =>
    g.mul(
      saved
        .input(0)
        .square()
        .neg()
        .exp()
        .mul(2 / Math.sqrt(Math.PI)),
    ),
  ),

  logicalNot: define<One>({
    name: "logicalNot",
    shape: ([x]) => x.shape,
    forward: ([x]) => backend().unary("logicalNot", x),
    gradient: [none],
  }),
};
