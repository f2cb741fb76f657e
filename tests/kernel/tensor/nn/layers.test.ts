/** Every layer trained for twenty steps against PyTorch's (tests/oracle/layers.py). */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  cat,
  F,
  manualSeed,
  nn,
  ones,
  optim,
  randn,
  Tensor,
  tensor,
} from "../../../../kernel/tensor/index.ts";

/** Size, sum of absolute values, first three, last. */
type Digest = readonly number[];

interface Run {
  readonly name: string;
  readonly shape: readonly number[];
  readonly printed: string;
  readonly start: Readonly<Record<string, Digest>>;
  readonly losses: readonly number[];
  readonly end: Readonly<Record<string, Digest>>;
  readonly slope: Digest;
  readonly evaluated: Digest;
}

const golden = JSON.parse(
  readFileSync(new URL("../../../oracle/golden/layers.json", import.meta.url), "utf8"),
) as { readonly networks: readonly Run[] };

/** A layer under test, and how it is called where that is not just `layer(x)`. */
interface Subject {
  readonly layer: nn.Module;
  readonly call: (x: Tensor) => Tensor;
}

const plain = <L extends nn.Module & ((x: Tensor) => Tensor)>(layer: L): Subject => ({
  layer,
  call: (x) => layer(x),
});

const first = <L extends nn.Module & ((x: Tensor) => readonly [Tensor, ...unknown[]])>(
  layer: L,
): Subject => ({ layer, call: (x) => layer(x)[0] });

const attending = (layer: nn.MultiheadAttention, options = {}): Subject => ({
  layer,
  call: (x) => layer(x, x, x, options)[0],
});

const activations = (approximate: "none" | "tanh") =>
  nn.Sequential(
    nn.Linear(3, 4),
    nn.ELU(0.7),
    nn.Linear(4, 4),
    nn.LeakyReLU(0.2),
    nn.Linear(4, 4),
    nn.SiLU(),
    nn.Linear(4, 4),
    nn.Softplus(),
    nn.Linear(4, 4),
    nn.GELU({ approximate }),
    nn.Linear(4, 4),
    nn.LogSoftmax(-1),
    nn.Linear(4, 4),
    nn.Softmax(-1),
    nn.Linear(4, 2),
    nn.Sigmoid(),
  );

const forbidden = ones([4, 4], { dtype: "bool" }).triu(1);
const padded = tensor([
  [false, false, false, true],
  [false, false, true, true],
]);

const networks: Readonly<Record<string, () => Subject>> = {
  linear: () => plain(nn.Sequential(nn.Linear(3, 4, false), nn.Linear(4, 2))),
  activations: () => plain(activations("none")),
  "activations, tanh": () => plain(activations("tanh")),
  flatten: () => plain(nn.Sequential(nn.Flatten(0, 1), nn.Linear(2, 2), nn.Identity())),
  "layer norm": () => plain(nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4), nn.Linear(4, 2))),
  "layer norm over two": () => plain(nn.LayerNorm([5, 3], { eps: 0.1 })),
  "layer norm, plain": () =>
    plain(nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4, { elementwiseAffine: false }))),
  "batch norm": () =>
    plain(nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2))),
  "batch norm, mean of all": () =>
    plain(nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4, { momentum: null }))),
  "batch norm of lines": () => plain(nn.BatchNorm1d(3, { eps: 0.1, momentum: 0.3 })),
  "batch norm, plain": () =>
    plain(nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4, { affine: false }))),
  "batch norm, untracked": () =>
    plain(nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4, { trackRunningStats: false }))),
  "batch norm of pictures": () =>
    plain(nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2))),
  dropout: () =>
    plain(nn.Sequential(nn.Linear(3, 6), nn.Dropout(0.3), nn.Linear(6, 2), nn.Dropout(0.5))),
  rnn: () => first(nn.RNN(3, 5)),
  "rnn, relu": () =>
    first(nn.RNN(3, 5, { numLayers: 2, nonlinearity: "relu", bidirectional: true })),
  "rnn without a batch": () => first(nn.RNN(3, 5, { bias: false })),
  lstm: () => first(nn.LSTM(3, 5)),
  "lstm, every option": () =>
    first(nn.LSTM(3, 5, { numLayers: 2, batchFirst: true, dropout: 0.3, bidirectional: true })),
  "lstm from a start": () => {
    const layer = nn.LSTM(3, 3);
    return { layer, call: (x) => layer(x, [x.at([0, 1]), x.at([1, 2])])[0] };
  },
  gru: () => first(nn.GRU(3, 5)),
  "gru, every option": () =>
    first(
      nn.GRU(3, 5, {
        numLayers: 3,
        batchFirst: true,
        dropout: 0.3,
        bidirectional: true,
        bias: false,
      }),
    ),
  "gru from a start": () => {
    const layer = nn.GRU(3, 3);
    return { layer, call: (x) => layer(x, x.at([0, 1]))[0] };
  },
  attention: () => attending(nn.MultiheadAttention(6, 2)),
  "attention, masked": () =>
    attending(nn.MultiheadAttention(6, 3, { dropout: 0.2, batchFirst: true }), {
      attnMask: forbidden,
      keyPaddingMask: padded,
    }),
  "attention without biases and batch": () =>
    attending(nn.MultiheadAttention(6, 2, { bias: false }), {
      attnMask: forbidden.to("f32").mul(-3),
      needWeights: false,
    }),
  "attention to others": () => {
    const layer = nn.MultiheadAttention(6, 2, { kdim: 3, vdim: 2 });
    return {
      layer,
      call: (x) => {
        const others = [x.slice("..., :3"), x.slice("..., :2")] as const;
        const [output, weights] = layer(x, ...others, { averageAttnWeights: false });
        return cat([output.flatten(), (weights as Tensor).flatten()]);
      },
    };
  },
};

function digest(x: Tensor): Digest {
  const values = Float64Array.from(x.data);
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
  return [values.length, size, ...values.subarray(0, 3), values[values.length - 1] ?? 0];
}

function expectClose(actual: Digest, wanted: Digest, tolerance: number, what: string): void {
  expect(actual.length, what).toBe(wanted.length);
  wanted.forEach((value, i) =>
    expect(Math.abs((actual[i] ?? 0) - value), `${what}[${i}]`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    ),
  );
}

function expectState(layer: nn.Module, wanted: Run["start"], tolerance: number): void {
  const state = layer.stateDict();
  expect(Object.keys(state)).toEqual(Object.keys(wanted));
  for (const [name, values] of Object.entries(wanted))
    expectClose(digest(state[name] as Tensor), values, tolerance, name);
}

describe.each(golden.networks.map((run) => [run.name, run] as const))("%s", (name, run) => {
  const build = networks[name];
  if (build === undefined) throw new Error(`no network is called ${name}`);

  test("starts, trains and is evaluated as PyTorch's", () => {
    manualSeed(7);
    const { layer, call } = build();
    expectState(layer, run.start, 3e-6);
    const x = randn(run.shape, { requiresGrad: true });
    layer.eval();
    const target = randn(call(x).shape);
    layer.train();
    const opt = optim.SGD(layer.parameters(), { lr: 0.05, momentum: 0.9 });
    for (const wanted of run.losses) {
      const loss = F.mse(call(x), target);
      opt.zeroGrad();
      loss.backward();
      opt.step();
      expect(Math.abs(loss.item() / wanted - 1)).toBeLessThanOrEqual(1e-4);
    }
    expectState(layer, run.end, 1e-4);
    expectClose(digest(x.grad as Tensor), run.slope, 1e-4, "slope of the input");
    layer.eval();
    expectClose(digest(call(x)), run.evaluated, 1e-4, "evaluated");
  });

  test("is printed as PyTorch prints it", () => {
    const { layer } = build();
    const own = String(layer);
    const wrapped = /^\w+\(\n {2}\(layer\): ([^]*)\n\)$/.exec(run.printed)?.[1];
    expect(own).toBe(wrapped?.replaceAll("\n  ", "\n") ?? run.printed);
  });
});

test("every network of the oracle is here, and the reverse", () => {
  expect(Object.keys(networks)).toEqual(golden.networks.map((run) => run.name));
});
