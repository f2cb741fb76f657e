/** Ops that work element by element: one input, or two broadcast against each other. */
import type { BinaryKernel, UnaryKernel } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { type DType, promote, toFloat, zerosOf } from "../dtype.ts";
import { broadcastShapes, broadcastView } from "../shape.ts";
import type { Shape, View } from "../view.ts";
import { define, type Gradient, none, type One, type Op, type Three, type Two } from "./op.ts";

/** The same view in another element type; free when it has it already. */
export function cast(view: View, dtype: DType): View {
  return view.storage.dtype === dtype ? view : backend().copy(view, dtype);
}

/** Computed in floating point whatever the input. */
function unary(kernel: UnaryKernel, gradient: Gradient<undefined>): Op<One, undefined> {
  return define<One>({
    name: kernel,
    shape: ([x]) => x.shape,
    forward: ([x]) => backend().unary(kernel, cast(x, toFloat(x.storage.dtype))),
    gradient: [gradient],
  });
}

/** Integers stay integers; bool counts as i32. */
function wholeUnary(kernel: UnaryKernel, gradient: Gradient<undefined>): Op<One, undefined> {
  return define<One>({
    name: kernel,
    shape: ([x]) => x.shape,
    forward: ([x]) => backend().unary(kernel, cast(x, promote(x.storage.dtype, "i32"))),
    gradient: [gradient],
  });
}

function binary(
  kernel: BinaryKernel,
  result: (a: DType, b: DType) => DType,
  gradient: readonly [Gradient<undefined>, Gradient<undefined>],
): Op<Two, undefined> {
  return define<Two>({
    name: kernel,
    shape: ([a, b]) => broadcastShapes(kernel, a.shape, b.shape),
    forward: ([a, b], _, shape) => {
      const dtype = result(a.storage.dtype, b.storage.dtype);
      return backend().binary(kernel, stretch(a, dtype, shape), stretch(b, dtype, shape));
    },
    gradient,
  });
}

function stretch(view: View, dtype: DType, shape: Shape): View {
  return broadcastView(cast(view, dtype), shape);
}

const arithmetic = (a: DType, b: DType): DType => promote(promote(a, b), "i32");
const fractional = (a: DType, b: DType): DType => toFloat(promote(a, b));

/** The share of `g` that goes to the chosen one of two: all, or half each where they are equal. */
const share = (g: ReturnType<Gradient<undefined>>, wins: typeof g, ties: typeof g) =>
  g.mul(wins.to(g.dtype).add(ties.to(g.dtype).mul(0.5)));

export const elementwise = {
  // d(a + b) = da + db
  add: binary("add", arithmetic, [(g) => g, (g) => g]),
  // d(a - b) = da - db
  sub: binary("sub", arithmetic, [(g) => g, (g) => g.neg()]),
  // d(ab) = b da + a db
  mul: binary("mul", arithmetic, [
    (g, saved) => g.mul(saved.input(1)),
    (g, saved) => g.mul(saved.input(0)),
  ]),
  // d(a/b) = da/b - (a/b) db/b
  div: binary("div", fractional, [
    (g, saved) => g.div(saved.input(1)),
    (g, saved) => g.neg().mul(saved.output()).div(saved.input(1)),
  ]),
  // d(aᵇ) = b aᵇ⁻¹ da + aᵇ log(a) db, where log(0) counts as 0 and b = 0 has no slope in a
  pow: binary("pow", arithmetic, [
    (g, saved) => {
      const b = saved.input(1);
      const slope = b.mul(saved.input(0).pow(b.sub(1)));
      return g.mul(slope.where(b.ne(0), 0));
    },
    (g, saved) => {
      const a = saved.input(0);
      return g.mul(saved.output().mul(a.where(a.ne(0), 1).log()));
    },
  ]),
  maximum: binary("maximum", arithmetic, [
    (g, saved) => share(g, saved.input(0).gt(saved.input(1)), saved.input(0).eq(saved.input(1))),
    (g, saved) => share(g, saved.input(1).gt(saved.input(0)), saved.input(0).eq(saved.input(1))),
  ]),
  minimum: binary("minimum", arithmetic, [
    (g, saved) => share(g, saved.input(0).lt(saved.input(1)), saved.input(0).eq(saved.input(1))),
    (g, saved) => share(g, saved.input(1).lt(saved.input(0)), saved.input(0).eq(saved.input(1))),
  ]),

  neg: wholeUnary("neg", (g) => g.neg()),
  // d|x| = sign(x) dx
  abs: wholeUnary("abs", (g, saved) => g.mul(saved.input(0).sign())),
  // Flat between its steps.
  sign: wholeUnary("sign", (g) => g.mul(0)),
  // d(x²) = 2x dx
  square: wholeUnary("square", (g, saved) => g.mul(saved.input(0)).mul(2)),
  // Lets the slope through where x > 0.
  relu: wholeUnary("relu", (g, saved) => g.mul(saved.output().gt(0))),

  // d(eˣ) = eˣ dx
  exp: unary("exp", (g, saved) => g.mul(saved.output())),
  // d log x = dx/x
  log: unary("log", (g, saved) => g.div(saved.input(0))),
  // d√x = dx / 2√x
  sqrt: unary("sqrt", (g, saved) => g.div(saved.output().mul(2))),
  // d(1/x) = -dx/x²
  reciprocal: unary("reciprocal", (g, saved) => g.neg().mul(saved.output().square())),
  // d sin x = cos x dx
  sin: unary("sin", (g, saved) => g.mul(saved.input(0).cos())),
  // d cos x = -sin x dx
  cos: unary("cos", (g, saved) => g.neg().mul(saved.input(0).sin())),
  // d tanh x = (1 - tanh² x) dx
  tanh: unary("tanh", (g, saved) => g.sub(g.mul(saved.output().square()))),
  // dσ = σ(1 - σ) dx
  sigmoid: unary("sigmoid", (g, saved) => {
    const y = saved.output();
    return g.mul(y.sub(y.square()));
  }),
  // d log(1 + eˣ) = σ(x) dx
  softplus: unary("softplus", (g, saved) => g.mul(saved.input(0).sigmoid())),
  // d(xΦ(x)) = (Φ(x) + xφ(x)) dx
  gelu: unary("gelu", (g, saved) => g.mul(saved.input(0).geluSlope())),
  // d(Φ(x) + xφ(x)) = (2 - x²)φ(x) dx
  geluSlope: unary("geluSlope", (g, saved) => {
    const x = saved.input(0);
    const density = x
      .square()
      .mul(-0.5)
      .exp()
      .mul(1 / Math.sqrt(2 * Math.PI));
    return g.mul(density).mul(x.square().neg().add(2));
  }),

  // Keeps what lies strictly between the limits: there the slope is 1, outside it is 0.
  clamp: define<One, { readonly min: number; readonly max: number }>({
    name: "clamp",
    shape: ([x]) => x.shape,
    forward: ([x], { min, max }, shape) => {
      const limit = (kernel: "maximum" | "minimum", view: View, at: number) =>
        Math.abs(at) === Infinity
          ? view
          : backend().binary(kernel, view, constant(at, view, shape));
      return limit(
        "minimum",
        limit("maximum", cast(x, arithmetic(x.storage.dtype, "i32")), min),
        max,
      );
    },
    gradient: [
      (g, saved) => {
        const x = saved.input(0);
        return g.mul(x.ge(saved.params.min)).mul(x.le(saved.params.max));
      },
    ],
  }),

  // Each element's slope goes to the input it came from.
  where: define<Three>({
    name: "where",
    shape: ([condition, a, b]) =>
      broadcastShapes("where", condition.shape, broadcastShapes("where", a.shape, b.shape)),
    forward: ([condition, a, b], _, shape) => {
      const dtype = promote(a.storage.dtype, b.storage.dtype);
      return backend().where(
        stretch(condition, "bool", shape),
        stretch(a, dtype, shape),
        stretch(b, dtype, shape),
      );
    },
    gradient: [
      none,
      (g, saved) => g.where(saved.input(0), 0),
      (g, saved) => g.where(saved.input(0).not(), 0),
    ],
  }),

  // Conversion is linear; the tape converts slopes back.
  to: define<One, { readonly dtype: DType }>({
    name: "to",
    shape: ([x]) => x.shape,
    forward: ([x], { dtype }) => backend().copy(x, dtype),
    gradient: [(g) => g],
  }),

  clone: define<One>({
    name: "clone",
    shape: ([x]) => x.shape,
    forward: ([x]) => backend().copy(x, x.storage.dtype),
    gradient: [(g) => g],
  }),
};

function constant(value: number, like: View, shape: Shape): View {
  const storage = backend().adopt(zerosOf(like.storage.dtype, 1).fill(value));
  return broadcastView({ storage, shape: [], strides: [], offset: 0 }, shape);
}
