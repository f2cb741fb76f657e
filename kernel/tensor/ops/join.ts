/** Ops that put tensors side by side. */
import { backend } from "../backends/current.ts";
import { promote } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { fullView, resolveDim, sizeAt, sizeOf } from "../shape.ts";
import { shapeError, wording } from "../typed/wording.ts";
import type { Shape, View } from "../view.ts";
import { define, type Many } from "./op.ts";

/** Where input number `input` begins along `dim`. */
function startOf(shapes: readonly Shape[], dim: number, input: number): number {
  return shapes.slice(0, input).reduce((at, shape) => at + sizeAt(shape, dim), 0);
}

export const join = {
  /** Along an existing dimension; the others must agree. */
  cat: define<Many, { readonly dim: number }>({
    name: "cat",
    shape: (inputs, { dim }) => {
      const first = inputs[0];
      if (first === undefined) throw new ShapeError("cat: no tensors - wanted at least one");
      const at = resolveDim("cat", dim, first.shape);
      if (first.shape.length === 0)
        throw new ShapeError(
          "cat: a 0-d tensor has no dimension to join along - wanted 1-d or more",
          "stack",
        );
      for (const { shape } of inputs)
        if (
          shape.length !== first.shape.length ||
          shape.some((n, i) => i !== at && n !== first.shape[i])
        )
          throw shapeError(wording.cat, { a: first.shape, b: shape, dim: at });
      return first.shape.map((n, i) =>
        i === at
          ? startOf(
              inputs.map((view) => view.shape),
              at,
              inputs.length,
            )
          : n,
      );
    },
    forward: (inputs, { dim }, shape) => {
      const dtype = inputs.map((view) => view.storage.dtype).reduce(promote);
      const whole = fullView(backend().allocate(dtype, sizeOf(shape)), shape);
      const at = resolveDim("cat", dim, shape);
      let start = 0;
      for (const view of inputs) {
        const part: View = {
          ...whole,
          shape: view.shape,
          offset: start * (whole.strides[at] ?? 0),
        };
        if (!view.shape.includes(0)) backend().assign(part, view);
        start += sizeAt(view.shape, at);
      }
      return whole;
    },
    // Each input gets its own part of the slope.
    gradient: (input) => (g, saved) => {
      const dim = resolveDim("cat", saved.params.dim, saved.shape(0));
      const start = startOf(saved.shapes(), dim, input);
      const own = saved.shape(input);
      return g.cut(own.map((size, i) => ({ start: i === dim ? start : 0, step: 1, size })));
    },
  }),
};
