/** Cases of ops on two operands, of choosing and of converting. */
import { tensor } from "../../../../kernel/tensor/index.ts";
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { away, binary, discrete, flat, type OpCases, unary } from "./case.ts";
import { flat as flatten, matrix } from "./plain.ts";

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
  remainder: binary(
    (a, b) => a.remainder(b),
    (a, b) => a - Math.floor(a / b) * b,
    away,
  ),
  fmod: binary(
    (a, b) => a.fmod(b),
    (a, b) => a - Math.trunc(a / b) * b,
    away,
  ),
  floorDivide: flat(
    binary(
      (a, b) => a.floorDivide(b),
      (a, b) => Math.floor(a / b),
      away,
    ),
  ),
  atan2: binary((a, b) => a.atan2(b), Math.atan2),
  clampMin: binary((a, b) => a.clamp({ min: b }), Math.max),
  clampMax: binary((a, b) => a.clamp({ max: b }), Math.min),

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
            row.map((value, j) => ((i + j) % 2 === 0 ? value : (flatten(b)[j] ?? 0))),
          ),
      },
      {
        shapes: [[], [2, 1]],
        run: (a, b) => a.where(tensor([true, false]), b),
        whole: (a, b) => matrix(b).map(([value = 0]) => [flatten(a)[0] ?? 0, value]),
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
  logicalAnd: discrete(
    binary(
      (a, b) => a.trunc().logicalAnd(b.trunc()),
      (a, b) => Number(Math.trunc(a) !== 0 && Math.trunc(b) !== 0),
    ),
  ),
  logicalOr: discrete(
    binary(
      (a, b) => a.trunc().logicalOr(b.trunc()),
      (a, b) => Number(Math.trunc(a) !== 0 || Math.trunc(b) !== 0),
    ),
  ),
  logicalXor: discrete(
    binary(
      (a, b) => a.trunc().logicalXor(b.trunc()),
      (a, b) => Number((Math.trunc(a) !== 0) !== (Math.trunc(b) !== 0)),
    ),
  ),
} satisfies Partial<Record<OpName, OpCases>>;
