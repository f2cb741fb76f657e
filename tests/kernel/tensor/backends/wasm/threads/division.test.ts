import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Backend, ReduceKernel } from "../../../../../../kernel/tensor/backend.ts";
import { reference } from "../../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../../kernel/tensor/backends/wasm/index.ts";
import { scratchOf } from "../../../../../../kernel/tensor/backends/wasm/memory.ts";
import { runs, variants } from "../../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../../kernel/tensor/random.ts";
import { broadcastView, fullView, sizeOf } from "../../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../../kernel/tensor/view.ts";
import { permuted } from "../samples.ts";
import { type Workers, workersFor } from "./workers.ts";

/** Numbers for one backend: storages lie in its arena, so that each gets its own. */
class Draw {
  readonly #random = new Generator(11);

  /** From -1 to 1. */
  floats(...shape: number[]): View {
    const values = Float32Array.from({ length: sizeOf(shape) }, () => this.#next());
    return fullView(reference.adopt(values), shape);
  }

  /** From 0 to below `end`. */
  ints(end: number, ...shape: number[]): View {
    const values = Int32Array.from({ length: sizeOf(shape) }, () => this.#random.below(end));
    return fullView(reference.adopt(values), shape);
  }

  bools(...shape: number[]): View {
    const values = Uint8Array.from({ length: sizeOf(shape) }, () => this.#random.below(2));
    return fullView(reference.adopt(values, "bool"), shape);
  }

  /** Positive. */
  sizes(...shape: number[]): View {
    const values = Float32Array.from({ length: sizeOf(shape) }, () => this.#random.uniform());
    return fullView(reference.adopt(values), shape);
  }

  #next(): number {
    return 2 * this.#random.uniform() - 1;
  }
}

type Case = (backend: Backend, draw: Draw) => readonly View[];

const window = (size: number, stride: number, before: number, dilation = 1) => ({
  kernel: [size, size],
  stride: [stride, stride],
  before: [before, before],
  dilation: [dilation, dilation],
});

const reduced =
  (kernel: ReduceKernel, parameter: number, shape: Shape, dims: number[]): Case =>
  (backend, draw) => [backend.reduce(kernel, draw.floats(...shape), dims, parameter)];

const reductions: readonly (readonly [string, Case])[] = (
  [
    ["sum", 0],
    ["mean", 0],
    ["max", 0],
    ["min", 0],
    ["var", 1],
    ["std", 0],
    ["norm", 2],
    ["norm", 1],
    ["logsumexp", 0],
  ] as const
).flatMap(([kernel, parameter]) =>
  (
    [
      ["rows", [301, 257], [1]],
      ["columns", [257, 301], [0]],
      ["the middle", [5, 61, 70], [1]],
      ["all", [3, 70_001], [0, 1]],
    ] as const
  ).map(([what, shape, dims]): [string, Case] => [
    `${kernel} ${parameter} of ${what}`,
    reduced(kernel, parameter, shape, [...dims]),
  ]),
);

const convolutions = (
  [
    ["padded", [9, 4, 12, 13], [6, 4, 3, 3], 1, window(3, 1, 1)],
    ["in strides", [9, 4, 12, 13], [6, 4, 3, 3], 1, window(3, 2, 1)],
    ["where it lies", [9, 4, 12, 13], [6, 4, 2, 2], 1, window(2, 1, 0)],
    ["in groups", [5, 6, 9, 10], [8, 3, 3, 3], 2, window(3, 1, 1)],
    ["on large images", [40, 3, 30, 31], [16, 3, 3, 3], 1, window(3, 1, 1)],
  ] as const
).map(([what, image, filter, groups, shape]): [string, Case] => [
  `convolution ${what}, there and back`,
  (backend, draw) => {
    const given = { ...shape, groups };
    const places = (dim: number) =>
      Math.floor(
        ((image[2 + dim] ?? 0) + 2 * (shape.before[dim] ?? 0) - (shape.kernel[dim] ?? 0)) /
          (shape.stride[dim] ?? 1),
      ) + 1;
    const count = [places(0), places(1)];
    const [x, w] = [draw.floats(...image), draw.floats(...filter)];
    const g = draw.floats(image[0], filter[0], ...count);
    return [
      backend.convolve(x, w, draw.floats(filter[0]), given, count),
      backend.convolveInput(g, w, given, image.slice(2)),
      backend.convolveFilter(g, x, given),
    ];
  },
]);

const attentions = (["causal", "masked"] as const).map((kind): [string, Case] => [
  `attention, ${kind}, there and back`,
  (backend, draw) => {
    const [n, h, l, s, d, e] = [2, 5, 37, 37, 8, 12];
    const [q, k, v] = [draw.floats(n, h, l, d), draw.floats(n, h, s, d), draw.floats(n, h, s, e)];
    const mask = kind === "masked" ? draw.floats(n, h, l, s) : null;
    const look = { scale: 0.3, isCausal: kind === "causal" };
    const slopes = backend.attentionSlopes(draw.floats(n, h, l, e), q, k, v, mask, look);
    return [backend.attention(q, k, v, mask, look), slopes.q, slopes.k, slopes.v];
  },
]);

const step = { lr: 0.01, eps: 1e-8, weightDecay: 0.01, maximize: false, step: 3 } as const;

const cases: readonly (readonly [string, Case])[] = [
  ["a function", (backend, draw) => [backend.unary("exp", draw.floats(37, 101))]],
  [
    "a slope",
    (backend, draw) => [backend.slope("gelu", draw.floats(37, 101), draw.floats(37, 101))],
  ],
  ...(
    [
      [37, 101],
      [1, 101],
      [37, 1],
      [1, 1],
    ] as const
  ).map(([rows, columns]): [string, Case] => [
    `sums and comparisons with [${rows}, ${columns}]`,
    (backend, draw) => {
      const a = draw.floats(37, 101);
      const b = broadcastView(draw.floats(rows, columns), [37, 101]);
      return [
        backend.binary("add", a, b),
        backend.compare("lt", a, b),
        backend.binary("div", b, a),
      ];
    },
  ]),
  [
    "a choice",
    (backend, draw) => {
      const [mask, a] = [draw.bools(37, 101), draw.floats(37, 101)];
      const one = broadcastView(draw.floats(1), [37, 101]);
      return [backend.where(mask, a, draw.floats(37, 101)), backend.where(mask, one, a)];
    },
  ],
  [
    "copies",
    (backend, draw) => [
      backend.copy(permuted(draw.floats(67, 41), [1, 0]), "f32"),
      backend.copy(permuted(draw.floats(5, 40, 33), [2, 0, 1]), "f32"),
      backend.copy(draw.ints(99, 700), "f32"),
      backend.copy(draw.bools(700), "f32"),
    ],
  ],
  [
    "an assignment",
    (backend, draw) => {
      const target = draw.floats(67, 41);
      backend.assign(target, draw.floats(41));
      const lane = { ...target, shape: [41], strides: [1], offset: 41 };
      backend.assign(lane, { ...draw.floats(41 * 3), shape: [41], strides: [3] });
      return [target];
    },
  ],
  ...(
    [
      [100, 70, 50],
      [1, 300, 200],
      [300, 200, 1],
      [7, 1, 90],
      [13, 640, 10],
      [65, 64, 67],
    ] as const
  ).flatMap(([m, k, n]): [string, Case][] => [
    [
      `products [${m}, ${k}] by [${k}, ${n}], transposed and not`,
      (backend, draw) => {
        const [a, b] = [draw.floats(m, k), draw.floats(k, n)];
        const [at, bt] = [permuted(a, [1, 0]), permuted(b, [1, 0])];
        return [
          backend.matmul(a, b),
          backend.matmul(at, b),
          backend.matmul(a, bt),
          backend.matmul(at, bt),
          backend.linear(a, draw.floats(n, k), draw.floats(n)),
        ];
      },
    ],
  ]),
  [
    "batches of products",
    (backend, draw) => [
      backend.matmul(draw.floats(20, 5, 8), draw.floats(20, 8, 5)),
      backend.matmul(draw.floats(3, 4, 9, 8), permuted(draw.floats(3, 4, 8, 7), [1, 0, 2, 3])),
      backend.matmul(draw.floats(20, 5, 8), broadcastView(draw.floats(8, 5), [20, 8, 5])),
    ],
  ],
  ...reductions,
  [
    "softmax, its logarithm and their slopes",
    (backend, draw) => {
      const [x, g] = [draw.floats(101, 37), draw.floats(101, 37)];
      return [false, true].flatMap((isLog) => {
        const y = backend.softmax(x, isLog);
        return [y, backend.softmaxSlope(g, y, isLog)];
      });
    },
  ],
  [
    "cross-entropy, there and back",
    (backend, draw) => {
      const [x, labels] = [draw.floats(101, 37), draw.ints(37, 101)];
      const { losses, softmax } = backend.crossEntropy(x, labels);
      return [losses, softmax, backend.softmaxResidual(softmax, labels, draw.floats(101))];
    },
  ],
  ...(
    [
      [101, 37],
      [700, 64],
    ] as const
  ).map(([rows, n]): [string, Case] => [
    `layer norm of [${rows}, ${n}], there and back`,
    (backend, draw) => {
      const [x, w] = [draw.floats(rows, n), draw.floats(n)];
      const { values, moments } = backend.layerNorm(x, w, draw.floats(n), 1e-5);
      const slopes = backend.layerNormSlopes(draw.floats(rows, n), x, w, moments);
      return [values, moments, slopes.x, slopes.weight, slopes.bias];
    },
  ]),
  ...(
    [
      [9, 7, 5, 6],
      [30, 40, 2, 2],
    ] as const
  ).map((shape): [string, Case] => [
    `batch norm of [${shape.join(", ")}], there and back`,
    (backend, draw) => {
      const [x, w] = [draw.floats(...shape), draw.floats(shape[1])];
      const { values, moments } = backend.batchNorm(x, w, draw.floats(shape[1]), 1e-5);
      const slopes = backend.batchNormSlopes(draw.floats(...shape), x, w, moments);
      return [values, moments, slopes.x, slopes.weight, slopes.bias];
    },
  ]),
  ...attentions,
  ...convolutions,
  [
    "pools, there and back",
    (backend, draw) => {
      const x = draw.floats(4, 7, 9, 10);
      const { values, index } = backend.maxPool(x, window(2, 2, 0), [4, 5]);
      const spans = (n: number) =>
        Array.from({ length: n }, (_, i) => ({ start: 2 * i, end: 2 * i + 2, count: 2 }));
      const g = draw.floats(4, 7, 4, 5);
      return [
        values,
        index,
        backend.maxSpread(g, index, [9, 10]),
        backend.averagePool(x, spans(4), spans(5)),
        backend.averageSpread(g, spans(4), spans(5), [9, 10]),
      ];
    },
  ],
  [
    "steps of optimisers",
    (backend, draw) => {
      const g = draw.floats(67, 41);
      const written: View[] = [];
      const like = () => {
        const view = draw.sizes(67, 41);
        written.push(view);
        return view;
      };
      const sgd = { ...step, momentum: 0.9, dampening: 0, nesterov: true, first: false };
      backend.sgd(like(), g, null, sgd);
      backend.sgd(like(), g, like(), sgd);
      const adam = { ...step, beta1: 0.9, beta2: 0.99, decoupled: true };
      backend.adam(like(), g, like(), like(), null, adam);
      backend.adam(like(), g, like(), like(), like(), adam);
      const rmsprop = { ...step, alpha: 0.9, momentum: 0.9 };
      backend.rmsprop(like(), g, like(), null, null, rmsprop);
      backend.rmsprop(like(), g, like(), like(), like(), rmsprop);
      backend.adagrad(like(), g, like(), { ...step, lrDecay: 0.1 });
      return written;
    },
  ],
  [
    "rows by number",
    (backend, draw) => {
      const [table, index] = [draw.floats(50, 33), draw.ints(50, 71)];
      const target = draw.floats(50, 33);
      backend.putRows("test", target, index, draw.floats(71, 33));
      return [
        backend.takeRows("test", table, index),
        backend.addRows("test", draw.floats(71, 33), index, 50),
        target,
      ];
    },
  ],
  [
    "lanes by number",
    (backend, draw) => {
      const [x, index] = [draw.floats(9, 20, 31), draw.ints(20, 9, 11, 31)];
      const source = draw.floats(9, 11, 31);
      return [
        backend.gather("test", x, 1, index),
        backend.gather("test", draw.floats(500), 0, draw.ints(500, 300)),
        backend.scatterAdd("test", x, 1, index, source),
        backend.scatter("test", x, 1, index, source),
      ];
    },
  ],
];

/** The best that this machine has: Node 20 has no fused instructions. */
const variant = runs(variants.relaxed) ? "relaxed" : "plain";
const alone = wasmBackend({ variant });
const teams: { workers: Workers; backend: Backend }[] = [];

function bitsOf(backend: Backend, compute: Case): Buffer {
  const views = compute(backend, new Draw());
  return Buffer.concat(views.map(({ storage }) => Buffer.from(storage.host().slice().buffer)));
}

/** Whether all helpers have worked in their rooms, of which a product writes the beginning. */
function haveWorked({ workers, backend }: { workers: Workers; backend: Backend }): boolean {
  const { memory, helpers } = workers;
  const rooms = Array.from(
    { length: helpers.threads - 1 },
    (_, i) => new Float32Array(memory.buffer, scratchOf(i + 1), 1),
  );
  for (const room of rooms) room[0] = 1;
  const draw = new Draw();
  const [a, b] = [draw.floats(400, 100), draw.floats(100, 100)];
  for (let i = 0; i < 10; i++) backend.matmul(a, b);
  return rooms.every((room) => room[0] === 0);
}

beforeAll(async () => {
  for (const threads of [2, 3, 4]) {
    const workers = await workersFor(threads);
    const { memory, helpers } = workers;
    teams.push({
      workers,
      backend: wasmBackend({ variant, memory, helpers, dividesAll: true }),
    });
  }
  for (const team of teams) await vi.waitFor(() => expect(haveWorked(team)).toBe(true), 20_000);
}, 60_000);
afterAll(() => Promise.all(teams.map(({ workers }) => workers.terminate())));

describe("two, three and four threads give the bits that one gives", () => {
  test.each(cases)("%s", (_, compute) => {
    const wanted = bitsOf(alone, compute);
    for (const { backend, workers } of teams) {
      const found = bitsOf(backend, compute);
      expect(Buffer.compare(found, wanted), `${workers.helpers.threads} threads`).toBe(0);
    }
  });
});
