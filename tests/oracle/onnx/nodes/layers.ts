/** Products, convolutions, pools, normalisations and losses. */
import { einsum, F, linalg, type Tensor, zeros } from "../../../../kernel/tensor/index.ts";
import { NotMapped } from "../model.ts";
import type { Call, NodeRule, NodeRules } from "./node.ts";

function gemm(call: Call): Tensor {
  const a = call.number("transA", 0) === 1 ? call.x.T : call.x;
  const b = call.number("transB", 0) === 1 ? call.input(1).T : call.input(1);
  const product = a.matmul(b).mul(call.number("alpha", 1));
  const c = call.optional(2);
  return c === null ? product : product.add(c.mul(call.number("beta", 1)));
}

/** Padding before and after each dimension of the picture, from `pads` or `auto_pad`. */
function pads(call: Call, kernel: readonly number[], strides: readonly number[]): number[][] {
  const sizes = call.x.shape.slice(2);
  const auto = call.text("auto_pad", "NOTSET");
  const dilations = call.list("dilations") ?? sizes.map(() => 1);
  if (auto === "SAME_UPPER" || auto === "SAME_LOWER")
    return sizes.map((size, i) => {
      const stride = strides[i] ?? 1;
      const reach = ((kernel[i] ?? 1) - 1) * (dilations[i] ?? 1) + 1;
      const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
      const small = Math.floor(total / 2);
      return auto === "SAME_UPPER" ? [small, total - small] : [total - small, small];
    });
  const given = auto === "VALID" ? null : call.list("pads");
  return sizes.map((_, i) => [given?.[i] ?? 0, given?.[i + sizes.length] ?? 0]);
}

/** As `F.pad` wants it: the last dimension first. */
function outwards(ends: readonly (readonly number[])[]): number[] {
  return ends.toReversed().flat();
}

function conv(call: Call): Tensor {
  const weight = call.input(1);
  const rank = weight.ndim - 2;
  if (rank > 2) throw new NotMapped("three dimensions");
  const ones = weight.shape.slice(2).map(() => 1);
  const stride = call.list("strides") ?? ones;
  const options = {
    stride,
    dilation: call.list("dilations") ?? ones,
    groups: call.number("group", 1),
  };
  const x = F.pad(call.x, outwards(pads(call, weight.shape.slice(2), stride)));
  const run = rank === 1 ? F.conv1d : F.conv2d;
  return run(x, weight, call.optional(2), options);
}

function pool(kind: "max" | "average"): NodeRule {
  return (call) => {
    const kernel = call.list("kernel_shape") ?? [];
    if (kernel.length > 2) throw new NotMapped("three dimensions");
    if (call.count > 1) throw new NotMapped("MaxPool with indices");
    if (call.x.dtype !== "f32") throw new NotMapped("a pool of whole numbers");
    const stride = call.list("strides") ?? kernel.map(() => 1);
    const ends = pads(call, kernel, stride);
    const even = ends.every(
      ([before, after], i) => before === after && (before ?? 0) * 2 <= (kernel[i] ?? 0),
    );
    const counted = call.number("count_include_pad", 0) === 1;
    const ceilMode = call.number("ceil_mode", 0) === 1;
    if (kind === "max") {
      const dilation = call.list("dilations") ?? kernel.map(() => 1);
      const x = even ? call.x : F.pad(call.x, outwards(ends), { value: -Infinity });
      const padding = even ? ends.map(([before = 0]) => before) : 0;
      const options = { stride, padding, dilation, ceilMode };
      return kernel.length === 1
        ? F.maxPool1d(x, kernel, options)
        : F.maxPool2d(x, kernel, options);
    }
    if (call.list("dilations")?.some((step) => step !== 1))
      throw new NotMapped("AveragePool with dilations");
    const run = kernel.length === 1 ? F.avgPool1d : F.avgPool2d;
    if (even) {
      const padding = ends.map(([before = 0]) => before);
      return run(call.x, kernel, { stride, padding, ceilMode, countIncludePad: counted });
    }
    if (counted) return run(F.pad(call.x, outwards(ends)), kernel, { stride, ceilMode });
    // Uneven padding that does not count: the sum divided by how many elements there were.
    const size = kernel.reduce((a, b) => a * b, 1);
    const sums = (x: Tensor) =>
      run(F.pad(x, outwards(ends)), kernel, { stride, ceilMode }).mul(size);
    return sums(call.x).div(sums(call.x.detach().mul(0).add(1)));
  };
}

function overPicture(x: Tensor): number[] {
  return x.shape.flatMap((_, dim) => (dim < 2 ? [] : [dim]));
}

function batchNorm(call: Call): Tensor | readonly Tensor[] {
  const [weight, bias, mean, variance] = [1, 2, 3, 4].map((i) => call.input(i).clone());
  const training = call.number("training_mode", 0) === 1;
  const eps = call.number("epsilon", 1e-5);
  if (!training)
    return F.batchNorm(call.x, mean ?? null, variance ?? null, {
      weight: weight ?? null,
      bias: bias ?? null,
      eps,
    });
  // ONNX keeps the share `momentum` of the old statistics and takes the biased variance.
  const kept = call.number("momentum", 0.9);
  const made = F.batchNorm(call.x, null, null, {
    weight: weight ?? null,
    bias: bias ?? null,
    training,
    eps,
  });
  const dims = [0, ...overPicture(call.x)];
  const move = (old: Tensor | undefined, now: Tensor) =>
    (old ?? now).mul(kept).add(now.mul(1 - kept));
  return [made, move(mean, call.x.mean(dims)), move(variance, call.x.var(dims, { correction: 0 }))];
}

function layerNorm(call: Call): readonly Tensor[] {
  const { x } = call;
  const axis = call.number("axis", -1);
  const dims = x.shape.flatMap((_, dim) => (dim < (axis < 0 ? axis + x.ndim : axis) ? [] : [dim]));
  const eps = call.number("epsilon", 1e-5);
  const shape = dims.map((dim) => x.shape[dim] ?? 1);
  const options = { weight: call.input(1), bias: call.optional(2), eps };
  const spread = x.var(dims, { correction: 0, keepdim: true }).add(eps).rsqrt();
  return [F.layerNorm(x, shape, options), x.mean(dims, { keepdim: true }), spread];
}

function instanceNorm(call: Call): Tensor {
  const { x } = call;
  const [weight, bias] = [call.input(1), call.input(2)].map((each) =>
    each.reshape([-1, ...overPicture(x).map(() => 1)]),
  );
  const normal = F.layerNorm(x, x.shape.slice(2), { eps: call.number("epsilon", 1e-5) });
  return weight === undefined || bias === undefined ? normal : normal.mul(weight).add(bias);
}

function meanVariance(call: Call): Tensor {
  const dims = call.list("axes") ?? [0, 2, 3];
  const centred = call.x.sub(call.x.mean(dims, { keepdim: true }));
  return centred.div(centred.square().mean(dims, { keepdim: true }).sqrt().add(1e-9));
}

/** Each element divided by the squares of `size` neighbouring channels. */
function localResponse(call: Call): Tensor {
  const size = call.number("size", 1);
  const before = Math.floor((size - 1) / 2);
  const squares = F.pad(call.x.square(), [0, 0, 0, 0, before, size - 1 - before]);
  const channels = call.x.shape[1] ?? 0;
  const sums = Array.from({ length: size }, (_, i) => squares.narrow(1, i, channels)).reduce(
    (a, b) => a.add(b),
  );
  const scale = sums.mul(call.number("alpha", 1e-4) / size).add(call.number("bias", 1));
  return call.x.div(scale.pow(call.number("beta", 0.75)));
}

function dropout(call: Call): readonly Tensor[] {
  const training = (call.optional(2)?.item() ?? 0) !== 0 && (call.optional(1)?.item() ?? 0.5) !== 0;
  if (training) throw new NotMapped("Dropout in training (another generator)");
  return [call.x, call.x.detach().mul(0).add(1).to("bool")];
}

interface LossOptions {
  readonly reduction: "mean" | "sum" | "none";
  readonly weight?: Tensor;
  readonly ignoreIndex?: number;
}

function lossOptions(call: Call): LossOptions {
  const weight = call.optional(2);
  return {
    // The attribute has one of the three names.
    reduction: call.text("reduction", "mean") as LossOptions["reduction"],
    ...(weight === null ? {} : { weight }),
    ...(call.has("ignore_index") ? { ignoreIndex: call.number("ignore_index", 0) } : {}),
  };
}

function crossEntropy(call: Call): readonly Tensor[] {
  return [F.crossEntropy(call.x, call.input(1), lossOptions(call)), call.x.logSoftmax(1)];
}

/** One direction of a recurrent layer, step by step: gates in ONNX's order. */
function recurrent(
  gates: number,
  step: (call: Call, x: Tensor, h: Tensor, parts: Parts) => [Tensor, Tensor | null],
): NodeRule {
  return (call) => {
    if (call.text("direction", "forward") !== "forward")
      throw new NotMapped("a recurrent layer backwards");
    if (call.optional(4) !== null) throw new NotMapped("sequences of several lengths");
    if (call.optional(7) !== null) throw new NotMapped("peepholes");
    const batchFirst = call.number("layout", 0) === 1;
    const x = batchFirst ? call.x.transpose(0, 1) : call.x;
    const hidden = call.number("hidden_size", 0);
    const [w, r] = [call.input(1).at(0), call.input(2).at(0)];
    const bias = call.optional(3)?.at(0) ?? zeros([2 * gates * hidden]);
    const start = (index: number) => {
      const given = call.optional(index);
      return (
        (batchFirst ? given?.transpose(0, 1).at(0) : given?.at(0)) ??
        zeros([x.shape[1] ?? 0, hidden])
      );
    };
    let h = start(5);
    let c: Tensor | null = gates === 4 ? start(6) : null;
    const [input = bias, state = bias] = bias.chunk(2);
    const steps: Tensor[] = [];
    for (const at of x.unbind(0)) {
      [h, c] = step(call, at, h, { w, r, input, state, c });
      steps.push(h.unsqueeze(0));
    }
    const line = steps.reduce((a, b) => joined(a, b)).unsqueeze(1);
    const last = (each: Tensor) => (batchFirst ? each.unsqueeze(1) : each.unsqueeze(0));
    const y = batchFirst ? line.permute(2, 0, 1, 3) : line;
    return [y, last(h), ...(c === null ? [] : [last(c)])];
  };
}

interface Parts {
  readonly w: Tensor;
  readonly r: Tensor;
  readonly input: Tensor;
  readonly state: Tensor;
  readonly c: Tensor | null;
}

function joined(a: Tensor, b: Tensor): Tensor {
  return F.pad(a, [0, 0, 0, 0, 0, b.shape[0] ?? 0]).add(F.pad(b, [0, 0, 0, 0, a.shape[0] ?? 0, 0]));
}

export const layers: NodeRules = {
  MatMul: (call) => call.x.matmul(call.input(1)),
  Gemm: gemm,
  Einsum: (call) => einsum(call.text("equation", ""), ...call.inputs()),
  Det: ({ x }) => linalg.det(x),
  Conv: conv,
  MaxPool: pool("max"),
  AveragePool: pool("average"),
  GlobalAveragePool: ({ x }) => x.mean(overPicture(x), { keepdim: true }),
  GlobalMaxPool: ({ x }) => x.max(overPicture(x), { keepdim: true }),
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  InstanceNormalization: instanceNorm,
  MeanVarianceNormalization: meanVariance,
  LRN: localResponse,
  Dropout: dropout,
  SoftmaxCrossEntropyLoss: crossEntropy,
  NegativeLogLikelihoodLoss: (call) => F.nll(call.x, call.input(1), lossOptions(call)),
  RNN: recurrent(1, (_, x, h, { w, r, input, state }) => [
    F.linear(x, w, input)
      .add(F.linear(h, r, state))
      .tanh(),
    null,
  ]),
  GRU: recurrent(3, (call, x, h, { w, r, input, state }) => {
    const [zx = x, rx = x, nx = x] = F.linear(x, w, input).chunk(3, -1);
    const [zh = h, rh = h, nh = h] = F.linear(h, r, state).chunk(3, -1);
    const z = zx.add(zh).sigmoid();
    const reset = rx.add(rh).sigmoid();
    // ONNX resets the state before the product unless told otherwise; PyTorch after it.
    const [, , last = r] = r.chunk(3);
    const [, , shift = state] = state.chunk(3);
    const after = call.number("linear_before_reset", 0) === 1;
    const n = nx.add(after ? reset.mul(nh) : F.linear(reset.mul(h), last, shift)).tanh();
    return [n.lerp(h, z), null];
  }),
  LSTM: recurrent(4, (_, x, h, { w, r, input, state, c }) => {
    const all = F.linear(x, w, input).add(F.linear(h, r, state));
    const [i = all, o = all, f = all, n = all] = all.chunk(4, -1);
    const cell = f
      .sigmoid()
      .mul(c ?? h)
      .add(i.sigmoid().mul(n.tanh()));
    return [o.sigmoid().mul(cell.tanh()), cell];
  }),
};
