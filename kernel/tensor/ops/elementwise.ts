/** What ops that work element by element share, and those that choose, convert and copy. */
import { wrap } from "../autograd/apply.ts";
import type { BinaryKernel, UnaryKernel } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { type DType, promote, toFloat, toNumber } from "../dtype.ts";
import { broadcastShapes, broadcastView, fullView, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, View } from "../view.ts";
import { define, type Gradient, none, type One, type Op, type Three, type Two } from "./op.ts";

/** The same view in another element type; free when it has it already. */
export function cast(view: View, dtype: DType): View {
  return view.storage.dtype === dtype ? view : backend().copy(view, dtype);
}

export function stretch(view: View, dtype: DType, shape: Shape): View {
  return broadcastView(cast(view, dtype), shape);
}

/** The slope of steps: 0 everywhere, whatever comes back. */
export function flat(g: Tensor): Tensor {
  return wrap(fullView(backend().allocate(g.dtype, sizeOf(g.shape)), g.shape));
}

/** Computed in floating point whatever the input. */
export function unary(kernel: UnaryKernel, gradient: Gradient<undefined>): Op<One, undefined> {
  return define<One>({
    name: kernel,
    shape: ([x]) => x.shape,
    forward: ([x]) => backend().unary(kernel, cast(x, toFloat(x.storage.dtype))),
    gradient: [gradient],
  });
}

/** As `unary`, with a number of its own. */
export function tuned<P>(
  kernel: UnaryKernel,
  parameter: (params: P) => number,
  gradient: Gradient<P>,
): Op<One, P> {
  return define<One, P>({
    name: kernel,
    shape: ([x]) => x.shape,
    forward: ([x], params) =>
      backend().unary(kernel, cast(x, toFloat(x.storage.dtype)), parameter(params)),
    gradient: [gradient],
  });
}

/** Integers stay integers; bool counts as i32. */
export function wholeUnary(kernel: UnaryKernel, gradient: Gradient<undefined>): Op<One, undefined> {
  return define<One>({
    name: kernel,
    shape: ([x]) => x.shape,
    forward: ([x]) => backend().unary(kernel, cast(x, toNumber(x.storage.dtype))),
    gradient: [gradient],
  });
}

export function binary(
  name: string,
  kernel: BinaryKernel,
  result: (a: DType, b: DType) => DType,
  gradient: readonly [Gradient<undefined>, Gradient<undefined>],
): Op<Two, undefined> {
  return define<Two>({
    name,
    shape: ([a, b]) => broadcastShapes(name, a.shape, b.shape),
    forward: ([a, b], _, shape) => {
      const dtype = result(a.storage.dtype, b.storage.dtype);
      return backend().binary(kernel, stretch(a, dtype, shape), stretch(b, dtype, shape));
    },
    gradient,
  });
}

export const elementwise = {
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
      (g, saved) => g.where(saved.input(0).logicalNot(), 0),
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
