/** Scaled dot-product attention in one op, so that its scores are never kept. */
import { computed, wrap } from "../autograd/apply.ts";
import type { Look } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { type DType, promote, toFloat, zerosOf } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { broadcastShapes, broadcastView, fullView, printShape, sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, View } from "../view.ts";
import { cast } from "./elementwise.ts";
import { define, type Many } from "./op.ts";

/** The dimensions before the last two. */
const leading = ({ shape }: View): Shape => shape.slice(0, -2);

/** `[..., l, d]` of queries, keys, values and mask to what they have in common. */
function batchOf(inputs: Many): Shape {
  const op = "scaledDotProductAttention";
  return inputs
    .map(leading)
    .reduce((a, b) =>
      broadcastShapes(
        op,
        a,
        b,
        () =>
          new ShapeError(
            `${op}: ${inputs.map(({ shape }) => printShape(shape)).join(", ")} - leading sizes must match`,
          ),
      ),
    );
}

/** `x [..., rows, width]` in four dimensions, `batch` before the last two. */
function inFour(x: View, batch: Shape, dtype: DType, lastTwo = x.shape.slice(-2)): View {
  const { storage, offset, shape, strides } = broadcastView(cast(x, dtype), [...batch, ...lastTwo]);
  const four = (sizes: Shape, filler: number): Shape =>
    sizes.length === 4
      ? sizes
      : sizes.length === 3
        ? [sizeAt(sizes, 0), filler, ...sizes.slice(1)]
        : [filler, filler, ...sizes];
  return { storage, offset, shape: four(shape, 1), strides: four(strides, 0) };
}

/** `[n, rows, h, width]` as `[...batch, rows, width]`. */
function outOfFour({ storage, offset, shape, strides }: View, batch: Shape): View {
  const pick = (sizes: Shape) => {
    const [n = 0, rows = 0, h = 0, width = 0] = sizes;
    return [...[n, h].slice(0, batch.length), rows, width];
  };
  return { storage, offset, shape: pick(shape), strides: pick(strides) };
}

interface Four {
  readonly batch: Shape;
  readonly q: View;
  readonly k: View;
  readonly v: View;
  readonly mask: View | null;
}

function four(inputs: Many): Four {
  const [q, k, v, mask] = inputs as readonly [View, View, View, View?];
  const batch = batchOf(inputs);
  const dtype = dtypeOf(inputs);
  const scores = [sizeAt(q.shape, q.shape.length - 2), sizeAt(k.shape, k.shape.length - 2)];
  return {
    batch,
    q: inFour(q, batch, dtype),
    k: inFour(k, batch, dtype),
    v: inFour(v, batch, dtype),
    mask: mask === undefined ? null : inFour(mask, batch, dtype, scores),
  };
}

const dtypeOf = (inputs: Many): DType =>
  toFloat(
    inputs
      .slice(0, 3)
      .map(({ storage }) => storage.dtype)
      .reduce(promote),
  );

/** -∞ above the diagonal, 0 elsewhere. */
function causalMask(rows: number, columns: number, dtype: DType): Tensor {
  const values = zerosOf(dtype, rows * columns);
  for (let i = 0; i < rows; i++) values.fill(-Infinity, i * columns + i + 1, (i + 1) * columns);
  return wrap(fullView(backend().adopt(values), [rows, columns]));
}

export const attentions = {
  /**
   * `q [..., l, d]`, `k [..., s, d]`, `v [..., s, e]`, at most two dimensions before these, and perhaps
   * a mask of numbers `[..., l, s]` without a slope `-> [..., l, e]`.
   *
   * w = softmax(q kᵀ c), y = w v:  dv = wᵀ g,  dp = w (g vᵀ - Σ w g vᵀ) c,  dq = dp k,  dk = dpᵀ q
   */
  attention: define<Many, Look>({
    name: "attention",
    shape: (inputs) => {
      const [q, , v] = inputs as readonly [View, View, View];
      return [...batchOf(inputs), q.shape.at(-2) ?? 1, v.shape.at(-1) ?? 1];
    },
    forward: (inputs, look) => {
      const { q, k, v, mask, batch } = four(inputs);
      return outOfFour(backend().attention(q, k, v, mask, look), batch);
    },
    gradient: {
      together: (g, saved) => {
        const { scale, isCausal } = saved.params;
        const inputs = saved.shapes().map((_, i) => saved.input(i));
        if (!saved.recording) {
          const { q, k, v, mask, batch } = four(inputs);
          const slope = inFour(g, batch, q.storage.dtype);
          const slopes = backend().attentionSlopes(slope, q, k, v, mask, saved.params);
          const all = [slopes.q, slopes.k, slopes.v].map((each) => outOfFour(each, batch));
          return [...computed(...all), null].slice(0, inputs.length);
        }
        const [q, k, v, mask] = inputs as [Tensor, Tensor, Tensor, Tensor?];
        const scores = q.mul(scale).matmul(k.transpose(-2, -1));
        const [rows, columns] = [
          sizeAt(scores.shape, scores.ndim - 2),
          sizeAt(scores.shape, scores.ndim - 1),
        ];
        const seen = isCausal ? scores.add(causalMask(rows, columns, scores.dtype)) : scores;
        const weights = (mask === undefined ? seen : seen.add(mask)).softmax(-1);
        const flow = g.matmul(v.transpose(-2, -1)).mul(weights);
        const slope = flow.sub(weights.mul(flow.sum(-1, { keepdim: true }))).mul(scale);
        const turned = slope.transpose(-2, -1);
        const all = [slope.matmul(k), turned.matmul(q), weights.transpose(-2, -1).matmul(g), null];
        return all.slice(0, inputs.length);
      },
    },
  }),
};
