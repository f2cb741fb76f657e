/** Cases of ops that work element by element, comparisons included. */
import { type Tensor, tensor } from "../../../../kernel/tensor/index.ts";
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import type { OpCases } from "./case.ts";
import { flat, matrix, sum } from "./plain.ts";

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

export const elementwiseCases = {
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
} satisfies Partial<Record<OpName, OpCases>>;
