/**
 * The cases every op is checked with: one entry for each row of the engine's table, and a row
 * without cases does not compile. A case says which inputs to draw, how to run the op, and what each
 * result should be, computed the plainest way there is.
 */
import type { Nested, Tensor } from "../../../kernel/tensor/index.ts";
import { cat, F, tensor } from "../../../kernel/tensor/index.ts";
import type { OpName } from "../../../kernel/tensor/ops/table.ts";

export type Numbers = number | readonly Numbers[];

export interface OpCase {
  /** Shapes of the float inputs, drawn from `domain`. */
  readonly shapes: readonly (readonly number[])[];
  readonly run: (...inputs: Tensor[]) => Tensor;
  /** Elementwise ops: the result of one element, inputs broadcast. */
  readonly scalar?: (...values: number[]) => number;
  /** Other ops: the whole result from nested arrays. */
  readonly whole?: (...values: Numbers[]) => Nested;
}

export interface OpCases {
  /** Where inputs are drawn from: away from kinks and poles. */
  readonly domain?: readonly [low: number, high: number];
  readonly cases: readonly OpCase[];
  /** The result is bool or i32 and has no slope. */
  readonly discrete?: boolean;
}

const unaryShapes = [[2, 3], [], [0, 2]] as const;
const binaryShapes = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [
    [3, 1],
    [1, 4],
  ],
  [[], [2]],
  [
    [0, 3],
    [1, 3],
  ],
] as const;

function unary(
  run: (x: Tensor) => Tensor,
  scalar: (x: number) => number,
  domain?: readonly [number, number],
): OpCases {
  return {
    ...(domain && { domain }),
    cases: unaryShapes.map((shape) => ({ shapes: [shape], run: (x: Tensor) => run(x), scalar })),
  };
}

function binary(
  run: (a: Tensor, b: Tensor) => Tensor,
  scalar: (a: number, b: number) => number,
  domain?: readonly [number, number],
): OpCases {
  return {
    ...(domain && { domain }),
    cases: binaryShapes.map((shapes) => ({
      shapes,
      run: (a: Tensor, b: Tensor) => run(a, b),
      scalar,
    })),
  };
}

const discrete = (cases: OpCases): OpCases => ({ ...cases, discrete: true });

function one(
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  whole: (x: Numbers) => Nested,
): OpCase {
  return { shapes: [shape], run, whole };
}

const index = (...values: number[]): Tensor => tensor(Int32Array.from(values));
const rows = (x: Numbers): readonly Numbers[] => (typeof x === "number" ? [x] : x);
const flat = (x: Numbers): number[] => (typeof x === "number" ? [x] : x.flatMap(flat));
const matrix = (x: Numbers): number[][] => rows(x).map(flat);
const columns = (x: Numbers): number[][] => {
  const m = matrix(x);
  return (m[0] ?? []).map((_, j) => m.map((row) => row[j] ?? Number.NaN));
};
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const dot = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((value, i) => value * (b[i] ?? Number.NaN)));
const mean = (values: readonly number[]): number => sum(values) / values.length;
const variance = (values: readonly number[], correction: number): number =>
  sum(values.map((value) => (value - mean(values)) ** 2)) / (values.length - correction);
const times = (a: Numbers, b: Numbers): number[][] =>
  matrix(a).map((row) => columns(b).map((column) => dot(row, column)));
const softmaxOf = (values: readonly number[]): number[] => {
  const exps = values.map((value) => Math.exp(value));
  return exps.map((value) => value / sum(exps));
};
/** A fold of a `[2, 3, 2]` over all, over its middle (kept), and over its ends; and of a 0-d one. */
function folds(
  run: (x: Tensor, dim?: number | number[], keepdim?: boolean) => Tensor,
  fold: (values: number[]) => number,
  smallest = 1,
): OpCase[] {
  const entry = (x: Numbers, i: number, j: number, k: number): number =>
    flat(rows(rows(rows(x)[i] ?? [])[j] ?? []))[k] ?? Number.NaN;
  const cases = [
    one(
      [2, 3, 2],
      (x) => run(x),
      (x) => fold(flat(x)),
    ),
    one(
      [2, 3, 2],
      (x) => run(x, 1, true),
      (x) => [0, 1].map((i) => [[0, 1].map((k) => fold([0, 1, 2].map((j) => entry(x, i, j, k))))]),
    ),
    one(
      [2, 3, 2],
      (x) => run(x, [0, -1]),
      (x) =>
        [0, 1, 2].map((j) => fold([0, 1].flatMap((i) => [entry(x, i, j, 0), entry(x, i, j, 1)]))),
    ),
  ];
  if (smallest === 1)
    cases.push(
      one(
        [],
        (x) => run(x),
        (x) => fold(flat(x)),
      ),
    );
  return cases;
}

const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
/** Simpson's rule on the density: independent of the series the engine uses. */
function normalBelow(x: number): number {
  const steps = 2000;
  const width = x / steps;
  const inner = Array.from(
    { length: steps - 1 },
    (_, i) => (i % 2 === 0 ? 4 : 2) * normalDensity((i + 1) * width),
  );
  return 0.5 + ((normalDensity(0) + sum(inner) + normalDensity(x)) * width) / 3;
}

const away = [0.3, 2.5] as const;

export const opCases: Record<OpName, OpCases> = {
  add: binary(
    (a, b) => a.add(b),
    (a, b) => a + b,
  ),
  sub: binary(
    (a, b) => a.sub(b),
    (a, b) => a - b,
  ),
  mul: binary(
    (a, b) => a.mul(b),
    (a, b) => a * b,
  ),
  div: binary(
    (a, b) => a.div(b),
    (a, b) => a / b,
    away,
  ),
  pow: binary(
    (a, b) => a.pow(b),
    (a, b) => a ** b,
    away,
  ),
  maximum: binary((a, b) => a.maximum(b), Math.max),
  minimum: binary((a, b) => a.minimum(b), Math.min),
  neg: unary(
    (x) => x.neg(),
    (x) => -x,
  ),
  abs: unary((x) => x.abs(), Math.abs),
  sign: unary((x) => x.sign(), Math.sign, away),
  square: unary(
    (x) => x.square(),
    (x) => x * x,
  ),
  relu: unary(
    (x) => x.relu(),
    (x) => Math.max(x, 0),
  ),
  exp: unary((x) => x.exp(), Math.exp),
  log: unary((x) => x.log(), Math.log, away),
  sqrt: unary((x) => x.sqrt(), Math.sqrt, away),
  reciprocal: unary(
    (x) => x.reciprocal(),
    (x) => 1 / x,
    away,
  ),
  sin: unary((x) => x.sin(), Math.sin),
  cos: unary((x) => x.cos(), Math.cos),
  tanh: unary((x) => x.tanh(), Math.tanh),
  sigmoid: unary(
    (x) => x.sigmoid(),
    (x) => 1 / (1 + Math.exp(-x)),
  ),
  softplus: unary(
    (x) => x.softplus(),
    (x) => Math.log(1 + Math.exp(x)),
  ),
  gelu: unary(
    (x) => x.gelu(),
    (x) => x * normalBelow(x),
  ),
  geluSlope: unary(
    (x) => x.geluSlope(),
    (x) => normalBelow(x) + x * normalDensity(x),
  ),
  clamp: unary(
    (x) => x.clamp({ min: -0.5, max: 0.8 }),
    (x) => Math.min(Math.max(x, -0.5), 0.8),
  ),
  where: {
    cases: [
      {
        shapes: [[2, 3], [3]],
        run: (a, b) =>
          a.where(
            tensor([
              [true, false, true],
              [false, true, false],
            ]),
            b,
          ),
        whole: (a, b) =>
          matrix(a).map((row, i) =>
            row.map((value, j) => ((i + j) % 2 === 0 ? value : (flat(b)[j] ?? 0))),
          ),
      },
      {
        shapes: [[], [2, 1]],
        run: (a, b) => a.where(tensor([true, false]), b),
        whole: (a, b) => matrix(b).map(([value = 0]) => [flat(a)[0] ?? 0, value]),
      },
    ],
  },
  to: unary((x) => x.to("f32").to("f64"), Math.fround),
  clone: unary(
    (x) => x.clone(),
    (x) => x,
  ),

  eq: discrete(
    binary(
      (a, b) => a.eq(b),
      (a, b) => Number(a === b),
    ),
  ),
  ne: discrete(
    binary(
      (a, b) => a.ne(b),
      (a, b) => Number(a !== b),
    ),
  ),
  lt: discrete(
    binary(
      (a, b) => a.lt(b),
      (a, b) => Number(a < b),
    ),
  ),
  le: discrete(
    binary(
      (a, b) => a.le(b),
      (a, b) => Number(a <= b),
    ),
  ),
  gt: discrete(
    binary(
      (a, b) => a.gt(b),
      (a, b) => Number(a > b),
    ),
  ),
  ge: discrete(
    binary(
      (a, b) => a.ge(b),
      (a, b) => Number(a >= b),
    ),
  ),
  not: discrete(
    unary(
      (x) => x.not(),
      (x) => Number(x === 0),
    ),
  ),

  sum: {
    cases: [
      ...folds((x, dim, keepdim = false) => x.sum(dim, { keepdim }), sum),
      one(
        [0, 2],
        (x) => x.sum(0),
        () => [0, 0],
      ),
    ],
  },
  mean: { cases: folds((x, dim, keepdim = false) => x.mean(dim, { keepdim }), mean) },
  max: {
    cases: folds(
      (x, dim, keepdim = false) => x.max(dim, { keepdim }),
      (v) => Math.max(...v),
    ),
  },
  min: {
    cases: folds(
      (x, dim, keepdim = false) => x.min(dim, { keepdim }),
      (v) => Math.min(...v),
    ),
  },
  var: {
    cases: folds(
      (x, dim, keepdim = false) => x.var(dim, { keepdim }),
      (v) => variance(v, 1),
      2,
    ),
  },
  std: {
    cases: folds(
      (x, dim, keepdim = false) => x.std(dim, { keepdim, correction: 0 }),
      (v) => Math.sqrt(variance(v, 0)),
      2,
    ),
  },
  logsumexp: {
    cases: folds(
      (x, dim, keepdim = false) => x.logsumexp(dim, { keepdim }),
      (v) => Math.log(sum(v.map((value) => Math.exp(value)))),
    ),
  },
  argmax: {
    discrete: true,
    cases: [
      one(
        [3, 4],
        (x) => x.argmax(1),
        (x) => matrix(x).map((row) => row.indexOf(Math.max(...row))),
      ),
      one(
        [3, 4],
        (x) => x.argmax(0, { keepdim: true }),
        (x) => [columns(x).map((column) => column.indexOf(Math.max(...column)))],
      ),
      one(
        [3, 4],
        (x) => x.argmax(),
        (x) => flat(x).indexOf(Math.max(...flat(x))),
      ),
    ],
  },
  argmin: {
    discrete: true,
    cases: [
      one(
        [3, 4],
        (x) => x.argmin(-1),
        (x) => matrix(x).map((row) => row.indexOf(Math.min(...row))),
      ),
      one(
        [],
        (x) => x.argmin(),
        () => 0,
      ),
    ],
  },

  reshape: {
    cases: [
      one(
        [2, 6],
        (x) => x.reshape(3, -1),
        (x) => [0, 4, 8].map((at) => flat(x).slice(at, at + 4)),
      ),
      one(
        [1, 1],
        (x) => x.reshape([]),
        (x) => flat(x)[0] ?? Number.NaN,
      ),
    ],
  },
  permute: {
    cases: [
      one([2, 3], (x) => x.permute(1, 0), columns),
      one(
        [2, 1, 3],
        (x) => x.permute([2, 0, 1]),
        (x) => columns(rows(x).map(flat)).map((c) => c.map((v) => [v])),
      ),
    ],
  },
  expand: {
    cases: [
      one(
        [3, 1],
        (x) => x.expand(2, 3, 2),
        (x) => [0, 1].map(() => flat(x).map((value) => [value, value])),
      ),
      one(
        [],
        (x) => x.expand([2]),
        (x) => [flat(x)[0] ?? 0, flat(x)[0] ?? 0],
      ),
    ],
  },
  slice: {
    cases: [
      one(
        [4, 3],
        (x) => x.slice("1:, ::-2"),
        (x) =>
          matrix(x)
            .slice(1)
            .map(([a = 0, , c = 0]) => [c, a]),
      ),
      one(
        [4, 3],
        (x) => x.at(-1, [0, 2]),
        (x) => (matrix(x)[3] ?? []).slice(0, 2),
      ),
      one(
        [4, 3],
        (x) => x.at([2, 2]),
        () => [],
      ),
    ],
  },
  uncut: {
    cases: [
      one(
        [2, 1],
        (x) =>
          x.uncut(
            [
              { start: 3, step: -2, size: 2 },
              { start: 1, step: 1, size: 1 },
            ],
            [4, 2],
          ),
        (x) => [
          [0, 0],
          [0, flat(x)[1] ?? 0],
          [0, 0],
          [0, flat(x)[0] ?? 0],
        ],
      ),
    ],
  },
  cat: {
    cases: [
      {
        shapes: [
          [2, 1],
          [2, 3],
          [2, 0],
        ],
        run: (a, b, c) => cat([a, b, c], 1),
        whole: (a, b) => matrix(a).map((row, i) => [...row, ...(matrix(b)[i] ?? [])]),
      },
      {
        shapes: [
          [1, 2],
          [2, 2],
        ],
        run: (a, b) => cat([a, b], -2),
        whole: (a, b) => [...matrix(a), ...matrix(b)],
      },
    ],
  },

  matmul: {
    cases: [
      {
        shapes: [
          [3, 4],
          [4, 2],
        ],
        run: (a, b) => a.matmul(b),
        whole: times,
      },
      { shapes: [[6], [6]], run: (a, b) => a.matmul(b), whole: (a, b) => dot(flat(a), flat(b)) },
      {
        shapes: [[3], [3, 2]],
        run: (a, b) => a.matmul(b),
        whole: (a, b) => times([a], b)[0] ?? [],
      },
      {
        shapes: [[2, 3], [3]],
        run: (a, b) => a.matmul(b),
        whole: (a, b) => matrix(a).map((row) => dot(row, flat(b))),
      },
      {
        shapes: [
          [2, 1, 2, 3],
          [2, 3, 2],
        ],
        run: (a, b) => a.matmul(b),
        whole: (a, b) =>
          rows(a).map((block) => rows(b).map((right) => times(rows(block)[0] ?? [], right))),
      },
      {
        shapes: [[2, 3, 4], [4]],
        run: (a, b) => a.matmul(b),
        whole: (a, b) => rows(a).map((block) => matrix(block).map((row) => dot(row, flat(b)))),
      },
      {
        shapes: [
          [2, 0],
          [0, 3],
        ],
        run: (a, b) => a.matmul(b),
        whole: () => [
          [0, 0, 0],
          [0, 0, 0],
        ],
      },
    ],
  },
  linear: {
    cases: [
      {
        shapes: [[4, 3], [2, 3], [2]],
        run: (x, w, b) => F.linear(x, w, b),
        whole: (x, w, b) =>
          matrix(x).map((row) => matrix(w).map((unit, i) => dot(row, unit) + (flat(b)[i] ?? 0))),
      },
      {
        shapes: [[2, 2, 3], [2, 3], [2]],
        run: (x, w, b) => F.linear(x, w, b),
        whole: (x, w, b) =>
          rows(x).map((block) =>
            matrix(block).map((row) =>
              matrix(w).map((unit, i) => dot(row, unit) + (flat(b)[i] ?? 0)),
            ),
          ),
      },
    ],
  },

  takeRows: {
    cases: [
      one(
        [3, 2],
        (x) => x.takeRows(index(2, 0, 2, -2).reshape(2, 2)),
        (x) => {
          const m = matrix(x);
          return [
            [m[2] ?? [], m[0] ?? []],
            [m[2] ?? [], m[1] ?? []],
          ];
        },
      ),
      one(
        [3],
        (x) => x.takeRows([]),
        () => [],
      ),
    ],
  },
  addRows: {
    cases: [
      one(
        [3, 2],
        (g) => g.addRows(index(1, 1, 3), 4),
        (g) => {
          const [a = [], b = [], c = []] = matrix(g);
          return [[0, 0], a.map((value, i) => value + (b[i] ?? 0)), [0, 0], c];
        },
      ),
    ],
  },
  gather: {
    cases: [
      one(
        [2, 3],
        (x) => x.gather(1, index(2, 0, 0, 1).reshape(2, 2)),
        (x) => {
          const [a = [], b = []] = matrix(x);
          return [
            [a[2] ?? 0, a[0] ?? 0],
            [b[0] ?? 0, b[1] ?? 0],
          ];
        },
      ),
      one(
        [3, 2],
        (x) => x.gather(0, index(-1).reshape(1, 1)),
        (x) => [[matrix(x)[2]?.[0] ?? 0]],
      ),
    ],
  },
  scatterAdd: {
    cases: [
      one(
        [2, 2],
        (g) => g.scatterAdd(1, index(0, 0, 2, 1).reshape(2, 2), [3, 3]),
        (g) => {
          const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = matrix(g);
          return [
            [a + b, 0, 0],
            [0, d, c],
            [0, 0, 0],
          ];
        },
      ),
    ],
  },

  softmax: {
    cases: [
      one(
        [2, 4],
        (x) => x.softmax(-1),
        (x) => matrix(x).map(softmaxOf),
      ),
      one(
        [3, 2],
        (x) => x.softmax(0),
        (x) => columns(columns(x).map(softmaxOf)),
      ),
      one(
        [],
        (x) => x.softmax(0),
        () => 1,
      ),
    ],
  },
  logSoftmax: {
    cases: [
      one(
        [2, 4],
        (x) => x.logSoftmax(1),
        (x) => matrix(x).map((row) => softmaxOf(row).map(Math.log)),
      ),
      one(
        [3, 2],
        (x) => x.logSoftmax(0),
        (x) => columns(columns(x).map((c) => softmaxOf(c).map(Math.log))),
      ),
    ],
  },
  crossEntropy: {
    cases: [
      one(
        [3, 4],
        (x) => F.crossEntropy(x, [1, 3, 0], { reduction: "none" }),
        (x) => matrix(x).map((row, i) => -Math.log(softmaxOf(row)[[1, 3, 0][i] ?? 0] ?? 0)),
      ),
    ],
  },
  softmaxResidual: {
    cases: [
      {
        shapes: [[2, 3], [2]],
        run: (p, scale) => p.softmaxResidual(index(2, 0), scale),
        whole: (p, scale) =>
          matrix(p).map((row, i) =>
            row.map((value, j) => (value - Number(j === [2, 0][i])) * (flat(scale)[i] ?? 0)),
          ),
      },
    ],
  },
};
