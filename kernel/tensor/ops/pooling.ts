/**
 * Pools over windows of images, `[..., w]` or `[..., h, w]` by how many sizes the window has;
 * backends know only `[n, c, h, w]`.
 */
import type { Span } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { promote, toFloat } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { fullView, printShape, sizeAt, sizeOf, viewStrides } from "../shape.ts";
import type { Shape, View } from "../view.ts";
import { type Window, windowCount } from "../windows.ts";
import { cast } from "./elementwise.ts";
import { define, none, type One, type Two } from "./op.ts";

export interface MaxPoolParams extends Window {
  /** The public name, for messages. */
  readonly op: string;
  /** Whether a last window may stick out behind. */
  readonly ceil: boolean;
}

export interface MaxSpreadParams {
  readonly size: Shape;
}

export interface AverageParams {
  readonly rows: readonly Span[];
  readonly columns: readonly Span[];
}

export interface SpreadParams extends AverageParams {
  readonly size: Shape;
}

const asPlane = (sizes: Shape, line: number): Shape =>
  sizes.length === 1 ? [line, ...sizes] : sizes;

/** `x` as `[planes, 1, h, w]`, its last `rank` dimensions being slid over. */
function planes(x: View, rank: number): View {
  const shape = [sizeOf(x.shape.slice(0, -rank)), 1, ...asPlane(x.shape.slice(-rank), 1)];
  const strides = viewStrides(x, shape);
  if (strides !== null) return { ...x, shape, strides };
  return fullView(backend().copy(x, x.storage.dtype).storage, shape);
}

/** Elements of a plane, which are numbered row by row. */
const planeSize = (shape: Shape, rank: number): number => sizeOf(shape.slice(-rank));

export const pools = {
  /** `[..., h, w] -> [..., count, count]`: the first largest element under each place. */
  maxPool: define<One, MaxPoolParams>({
    name: "maxPool",
    shape: ([x], params) => {
      const rank = params.kernel.length;
      const size = x.shape.slice(-rank);
      refuseLoneGaps(params, size);
      return [
        ...x.shape.slice(0, -rank),
        ...windowCount(params.op, params, size, params.before, params.ceil),
      ];
    },
    forward: ([x], params, shape, keep) => {
      const rank = params.kernel.length;
      const source = cast(x, promote(x.storage.dtype, "i32"));
      const window = {
        kernel: asPlane(params.kernel, 1),
        stride: asPlane(params.stride, 1),
        dilation: asPlane(params.dilation, 1),
        before: asPlane(params.before, 0),
      };
      const count = asPlane(shape.slice(-rank), 1);
      const { values, index } = backend().maxPool(planes(source, rank), window, count);
      keep(fullView(index.storage, shape));
      return fullView(values.storage, shape);
    },
    // The slope goes to the element that was taken.
    gradient: [
      (g, saved) => {
        const size = saved.shape(0).slice(-saved.params.kernel.length);
        return g.maxSpread(saved.kept(0), { size });
      },
    ],
  }),

  /** The reverse: each slope of `g [..., count, count]` to the element that `index` names `-> [..., ...size]`. */
  maxSpread: define<Two, MaxSpreadParams>({
    name: "maxSpread",
    shape: ([g], { size }) => [...g.shape.slice(0, -size.length), ...size],
    forward: ([g, index], { size }, shape) => {
      const rank = size.length;
      const { storage } = backend().maxSpread(
        planes(g, rank),
        planes(index, rank),
        asPlane(size, 1),
      );
      return fullView(storage, shape);
    },
    // Every slope comes from where it went to.
    gradient: [
      (h, saved) => {
        const rank = saved.params.size.length;
        const shape = saved.shape(0);
        const lead = shape.slice(0, -rank);
        const index = saved.input(1).reshape([...lead, planeSize(shape, rank)]);
        const flat = h.reshape([...lead, planeSize(h.shape, rank)]);
        return flat.gather(-1, index).reshape(shape);
      },
      none,
    ],
  }),

  /** `[n, c, h, w] -> [n, c, rows, columns]`: means over the rectangles of the spans. */
  avgPool: define<One, AverageParams>({
    name: "avgPool",
    shape: ([x], { rows, columns }) => [...x.shape.slice(0, 2), rows.length, columns.length],
    forward: ([x], { rows, columns }) =>
      backend().averagePool(cast(x, toFloat(x.storage.dtype)), rows, columns),
    gradient: [(g, saved) => g.averageSpread({ ...saved.params, size: saved.shape(0).slice(2) })],
  }),

  /** The reverse: `g [n, c, rows, columns] -> [n, c, ...size]`, each slope shared out. */
  avgSpread: define<One, SpreadParams>({
    name: "avgSpread",
    shape: ([g], { size }) => [...g.shape.slice(0, 2), ...size],
    forward: ([g], { rows, columns, size }) => backend().averageSpread(g, rows, columns, size),
    gradient: [(h, saved) => h.averagePool(saved.params)],
  }),
};

/** With gaps wider than the image, a window could lie over padding alone, where nothing is largest. */
function refuseLoneGaps({ op, dilation, before }: MaxPoolParams, size: Shape): void {
  size.forEach((n, dim) => {
    if (sizeAt(dilation, dim) > n && sizeAt(before, dim) > 0)
      throw new ShapeError(
        `${op}: dilation ${sizeAt(dilation, dim)} over ${printShape(size)} - ` +
          `with padding it must be ${n} or less`,
      );
  });
}
