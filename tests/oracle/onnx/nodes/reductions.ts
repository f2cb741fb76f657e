/** Nodes that fold dimensions away, or run along one. */
import { F, type Tensor } from "../../../../kernel/tensor/index.ts";
import { type Call, type NodeRule, type NodeRules, wholeNumbers } from "./node.ts";

interface Fold {
  readonly keepdim: boolean;
}

function reduce(
  fold: (x: Tensor, dims: readonly number[] | undefined, keep: Fold) => Tensor,
): NodeRule {
  return (call) => {
    const axes = call.numbers("axes", 1);
    const keepdim = call.number("keepdims", 1) === 1;
    const none = axes === null || axes.length === 0;
    if (none && call.number("noop_with_empty_axes", 0) === 1) return call.x;
    return fold(call.x, none ? undefined : axes, { keepdim }).to(call.x.dtype);
  };
}

function arg(find: (x: Tensor, dim: number, keep: Fold) => Tensor): NodeRule {
  return (call) => {
    const { x } = call;
    const axis = call.number("axis", 0);
    const keep = { keepdim: call.number("keepdims", 1) === 1 };
    if (call.number("select_last_index", 0) === 0) return find(x, axis, keep);
    // The last of equals is the first from behind.
    return find(x.flip([axis]), axis, keep)
      .neg()
      .add(x.shape.at(axis) ?? 0)
      .sub(1);
  };
}

/** Before opset 13, all dimensions from `axis` on count as one. */
function softmax(run: (x: Tensor, dim: number) => Tensor): NodeRule {
  return (call) => {
    const { x } = call;
    if (call.opset >= 13) return run(x, call.number("axis", -1));
    const axis = call.number("axis", 1);
    return run(x.flatten(axis < 0 ? axis + x.ndim : axis), -1).reshape(x.shape);
  };
}

function hardmax(x: Tensor, dim: number): Tensor {
  const size = x.shape.at(dim) ?? 1;
  return F.oneHot(x.argmax(dim), size).movedim(-1, dim < 0 ? dim + x.ndim : dim);
}

function cumsum(call: Call): Tensor {
  const { x } = call;
  const [axis = 0] = wholeNumbers(call.input(1));
  const back = call.number("reverse", 0) === 1;
  const line = back ? x.flip([axis]) : x;
  const sums = line.cumsum(axis);
  const wanted = call.number("exclusive", 0) === 1 ? sums.sub(line) : sums;
  return back ? wanted.flip([axis]) : wanted;
}

function topk(call: Call): readonly Tensor[] {
  const k = call.list("k")?.[0] ?? (call.has("k") ? call.number("k", 0) : call.input(1).item());
  const largest = call.number("largest", 1) === 1;
  const { values, indices } = call.x.topk(k, call.number("axis", -1), { largest });
  return [values, indices];
}

export const reductions: NodeRules = {
  ReduceSum: reduce((x, dims, keep) => x.sum(dims, keep)),
  ReduceMean: reduce((x, dims, keep) => x.mean(dims, keep)),
  ReduceMax: reduce((x, dims, keep) => x.max(dims, keep)),
  ReduceMin: reduce((x, dims, keep) => x.min(dims, keep)),
  ReduceProd: reduce((x, dims, { keepdim }) => {
    if (dims === undefined) return keepdim ? x.prod().reshape(x.shape.map(() => 1)) : x.prod();
    const places = dims.map((dim) => (dim < 0 ? dim + x.ndim : dim)).toSorted((a, b) => b - a);
    return places.reduce((made, dim) => made.prod(dim, { keepdim }), x);
  }),
  ReduceL1: reduce((x, dims, keep) => x.norm(1, dims, keep)),
  ReduceL2: reduce((x, dims, keep) => x.norm(2, dims, keep)),
  ReduceSumSquare: reduce((x, dims, keep) => x.square().sum(dims, keep)),
  ReduceLogSum: reduce((x, dims, keep) => x.sum(dims, keep).log()),
  ReduceLogSumExp: reduce((x, dims, keep) => x.logsumexp(dims, keep)),
  ArgMax: arg((x, dim, keep) => x.argmax(dim, keep)),
  ArgMin: arg((x, dim, keep) => x.argmin(dim, keep)),
  Softmax: softmax((x, dim) => x.softmax(dim)),
  LogSoftmax: softmax((x, dim) => x.logSoftmax(dim)),
  Hardmax: softmax(hardmax),
  CumSum: cumsum,
  TopK: topk,
};
