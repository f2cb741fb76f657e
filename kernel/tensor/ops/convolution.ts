/**
 * Convolution and its two reverses. The three are one form, linear in the image, the filter and the
 * slope: each is what the others' gradients are made of, so all can be differentiated again.
 *
 * Images are `[n, c, w]` or `[n, c, h, w]`; backends know only the latter.
 */
import type { ConvolutionWindow } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { promote, toFloat } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { printShape, sizeAt } from "../shape.ts";
import { shapeError, wording } from "../typed/wording.ts";
import type { Shape, View } from "../view.ts";
import { windowCount } from "../windows.ts";
import { cast } from "./elementwise.ts";
import { define, type Many, type Two } from "./op.ts";

export interface ConvolutionParams extends Omit<ConvolutionWindow, "kernel"> {
  /** The public name, for messages. */
  readonly op: string;
  /** Zeros behind each dimension. */
  readonly after: Shape;
}

/** `kernel` or `size`: what the slope alone does not tell. */
export interface ConvolutionBackParams extends ConvolutionParams {
  readonly size: Shape;
}

const asPlane = (sizes: Shape, line: number): Shape =>
  sizes.length === 1 ? [line, ...sizes] : sizes;

/** A window over lines as one over planes of height 1. */
function overPlanes(params: ConvolutionParams, kernel: Shape): ConvolutionWindow {
  return {
    groups: params.groups,
    kernel: asPlane(kernel, 1),
    stride: asPlane(params.stride, 1),
    dilation: asPlane(params.dilation, 1),
    before: asPlane(params.before, 0),
  };
}

/** `[n, c, w]` as `[n, c, 1, w]`. */
function withPlanes(x: View): View {
  const at = (sizes: Shape, line: number) => [
    ...sizes.slice(0, 2),
    ...asPlane(sizes.slice(2), line),
  ];
  return { ...x, shape: at(x.shape, 1), strides: at(x.strides, 0) };
}

/** The reverse, by the shape wanted. A backend's results are row-major. */
function shaped(x: View, shape: Shape): View {
  const strides = x.strides.length === shape.length ? x.strides : x.strides.toSpliced(2, 1);
  return { ...x, shape, strides };
}

function typed(...views: View[]): View[] {
  const dtype = toFloat(views.map((view) => view.storage.dtype).reduce(promote));
  return views.map((view) => withPlanes(cast(view, dtype)));
}

function checkChannels({ op, groups, stride }: ConvolutionParams, x: Shape, filter: Shape): void {
  const spelled = `${op}: ${printShape(x)} by filter ${printShape(filter)}`;
  const rank = stride.length + 2;
  if (x.length !== rank || filter.length !== rank) {
    const sizes = rank === 3 ? "w" : "h, w";
    throw new ShapeError(
      `${spelled} - wanted [n, c, ${sizes}] and [filters, c, ${rank === 3 ? "kw" : "kh, kw"}]`,
    );
  }
  const [channels, wanted, filters] = [sizeAt(x, 1), sizeAt(filter, 1) * groups, sizeAt(filter, 0)];
  if (channels !== wanted)
    throw groups === 1
      ? shapeError(wording.channels, { op, a: x, b: filter, m: channels, n: wanted })
      : new ShapeError(
          `${spelled} - ${groups} groups of ${sizeAt(filter, 1)} channels take ${wanted}, not ${channels}`,
        );
  if (filters % groups !== 0)
    throw new ShapeError(`${spelled} - ${filters} filters do not divide into ${groups} groups`);
}

export const convolutions = {
  /** `x [n, c, ...size]`, `filter [o, c / groups, ...kernel]`, perhaps `bias [o] -> [n, o, ...count]` */
  convolution: define<Many, ConvolutionParams>({
    name: "convolution",
    shape: ([x, filter, bias], params) => {
      if (x === undefined || filter === undefined)
        throw new Error("internal: convolution takes an image and a filter");
      checkChannels(params, x.shape, filter.shape);
      const filters = sizeAt(filter.shape, 0);
      if (bias !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== filters))
        throw new ShapeError(`${params.op}: bias ${printShape(bias.shape)} - wanted [${filters}]`);
      const window = { ...params, kernel: filter.shape.slice(2) };
      const count = windowCount(params.op, window, x.shape.slice(2), params.after);
      return [sizeAt(x.shape, 0), filters, ...count];
    },
    forward: (inputs, params, shape) => {
      const [x, filter, bias = null] = typed(...inputs);
      if (x === undefined || filter === undefined)
        throw new Error("internal: convolution takes an image and a filter");
      const window = overPlanes(params, filter.shape.slice(2));
      const out = backend().convolve(x, filter, bias, window, asPlane(shape.slice(2), 1));
      return shaped(out, shape);
    },
    // y = x * f + b:  dx = dy *ᵀ f,  df = dy *ᵀ x,  db = Σ dy over all but the filters
    gradient: (input) => (g, saved) => {
      const size = saved.shape(input).slice(2);
      if (input === 0) return g.convolveInput(saved.input(1), { ...saved.params, size });
      if (input === 1) return g.convolveFilter(saved.input(0), { ...saved.params, size });
      return g.sum(g.shape.map((_, dim) => dim).filter((dim) => dim !== 1));
    },
  }),

  /** `g [n, o, ...count]`, `filter [o, c / groups, ...kernel] -> [n, c, ...size]`: transposed. */
  convolutionInput: define<Two, ConvolutionBackParams>({
    name: "convolutionInput",
    shape: ([g, filter], { groups, size }) => [
      sizeAt(g.shape, 0),
      sizeAt(filter.shape, 1) * groups,
      ...size,
    ],
    forward: (inputs, params, shape) => {
      const [g, filter] = typed(...inputs) as [View, View];
      const window = overPlanes(params, filter.shape.slice(2));
      const size = asPlane(params.size, 1);
      return shaped(backend().convolveInput(g, filter, window, size), shape);
    },
    // x = g *ᵀ f:  dg = dx * f,  df = g *ᵀ dx
    gradient: [
      (h, saved) => h.convolve(saved.input(1), saved.params),
      (h, saved) =>
        saved.input(0).convolveFilter(h, { ...saved.params, size: saved.shape(1).slice(2) }),
    ],
  }),

  /** `g [n, o, ...count]`, `x [n, c, ...] -> [o, c / groups, ...size]` */
  convolutionFilter: define<Two, ConvolutionBackParams>({
    name: "convolutionFilter",
    shape: ([g, x], { groups, size }) => [sizeAt(g.shape, 1), sizeAt(x.shape, 1) / groups, ...size],
    forward: (inputs, params, shape) => {
      const [g, x] = typed(...inputs) as [View, View];
      return shaped(backend().convolveFilter(g, x, overPlanes(params, params.size)), shape);
    },
    // f = g *ᵀ x:  dg = x * df,  dx = g *ᵀ df
    gradient: [
      (h, saved) => saved.input(1).convolve(h, saved.params),
      (h, saved) =>
        saved.input(0).convolveInput(h, { ...saved.params, size: saved.shape(1).slice(2) }),
    ],
  }),
};
