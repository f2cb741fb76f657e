/** What must hold for any shapes: broadcasting, reducing and reading through views. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atan2 } from "../../../kernel/tensor/elementary/index.ts";
import { apply } from "../../../kernel/tensor/autograd/apply.ts";
import {
  arange,
  cat,
  Generator,
  randn,
  type Shape,
  tensor,
  type Tensor,
} from "../../../kernel/tensor/index.ts";
import { activations } from "../../../kernel/tensor/ops/activations.ts";
import { arithmetic } from "../../../kernel/tensor/ops/arithmetic.ts";
import { comparison } from "../../../kernel/tensor/ops/compare.ts";
import { functions } from "../../../kernel/tensor/ops/functions.ts";
import { propertyRuns } from "../../counts.ts";

const runs = propertyRuns(20261123, 60);
const sizes = fc.integer({ min: 0, max: 4 });
const shapes = fc.array(sizes, { maxLength: 4 });
const seeds = fc.nat(1000);

const draw = (shape: Shape, seed: number): Tensor =>
  randn(shape, { dtype: "f64", generator: new Generator(seed) });

/** A shape that broadcasts against `shape`: some sizes 1, some dimensions in front left out. */
const partnerOf = (shape: Shape) =>
  fc
    .record({
      cut: fc.nat(shape.length),
      ones: fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
    })
    .map(({ cut, ones }) => shape.map((n, i) => (ones[i] === true ? 1 : n)).slice(cut));

const pairs = shapes.chain((shape) =>
  fc.record({ whole: fc.constant(shape), a: partnerOf(shape), b: partnerOf(shape) }),
);

/** All index lists of a shape, in row-major order. */
function places(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((at) => Array.from({ length: n }, (_, i) => [...at, i])),
    [[]],
  );
}

/** The element that stands at `place` of a broadcast result: dimensions of size 1 repeat. */
function elementAt(x: Tensor, place: readonly number[]): number {
  const own = place.slice(place.length - x.ndim);
  let flat = 0;
  x.shape.forEach((n: number, i: number) => (flat = flat * n + (n === 1 ? 0 : (own[i] ?? 0))));
  return x.data[flat] ?? Number.NaN;
}

function broadcast(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1];
    return m === 1 ? n : m;
  });
}

describe("two operands", () => {
  test.each<[string, (a: Tensor, b: Tensor) => Tensor, (a: number, b: number) => number]>([
    ["add", (a, b) => a.add(b), (a, b) => a + b],
    ["mul", (a, b) => a.mul(b), (a, b) => a * b],
    ["maximum", (a, b) => a.maximum(b), Math.max],
    ["atan2", (a, b) => a.atan2(b), atan2],
    ["lt", (a, b) => a.lt(b), (a, b) => Number(a < b)],
    ["where", (a, b) => a.where(a.gt(0), b), (a, b) => (a > 0 ? a : b)],
  ])("%s() meets every element with the one at its place", (_, run, plain) => {
    fc.assert(
      fc.property(pairs, seeds, (shape, seed) => {
        const [a, b] = [draw(shape.a, seed), draw(shape.b, seed + 1)];
        const result = run(a, b);
        expect(result.shape).toEqual(broadcast(shape.a, shape.b));
        expect(Array.from(result.data)).toEqual(
          places(result.shape).map((at) => plain(elementAt(a, at), elementAt(b, at))),
        );
      }),
      runs,
    );
  });

  test("each gets the slopes of all the places it was stretched to", () => {
    fc.assert(
      fc.property(pairs, seeds, (shape, seed) => {
        const [a, b] = [draw(shape.a, seed), draw(shape.b, seed + 1)];
        for (const each of [a, b]) each.requiresGrad = true;
        const product = a.mul(b);
        product.sum().backward();
        const times = product.numel() / Math.max(1, a.numel());
        expect(a.grad?.shape).toEqual(a.shape);
        expect(b.grad?.shape).toEqual(b.shape);
        if (b.numel() === 1 && a.numel() > 0)
          for (const slope of a.grad?.data ?? []) expect(slope).toBeCloseTo(times * b.item(), 10);
      }),
      runs,
    );
  });
});

describe("reductions", () => {
  const folds: readonly (readonly [string, (x: Tensor, dims: number[]) => Tensor])[] = [
    ["sum", (x, dims) => x.sum(dims, { keepdim: true })],
    ["prod", (x, dims) => x.prod(dims, { keepdim: true })],
    ["max", (x, dims) => x.max(dims, { keepdim: true })],
    ["min", (x, dims) => x.min(dims, { keepdim: true })],
    ["any", (x, dims) => x.gt(1).any(dims, { keepdim: true })],
    ["all", (x, dims) => x.gt(-1).all(dims, { keepdim: true })],
    ["norm", (x, dims) => x.norm(2, dims, { keepdim: true })],
    ["norm of order 3", (x, dims) => x.norm(3, dims, { keepdim: true })],
    ["logsumexp", (x, dims) => x.logsumexp(dims, { keepdim: true })],
  ];
  const full = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  const cases = full.chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      dims: fc.subarray(shape.map((_, i) => i)).filter((dims) => dims.length > 0),
    }),
  );

  test.each(folds)("%s() over several dimensions is one after the other", (name, run) => {
    fc.assert(
      fc.property(cases, seeds, ({ shape, dims }, seed) => {
        const x = draw(shape, seed);
        const together = run(x, dims);
        const truth = name === "any" || name === "all";
        let stepwise = truth ? run(x, dims.slice(0, 1)) : x;
        for (const dim of truth ? dims.slice(1) : dims)
          stepwise = truth
            ? name === "any"
              ? stepwise.any(dim, { keepdim: true })
              : stepwise.all(dim, { keepdim: true })
            : run(stepwise, [dim]);
        expect(together.shape).toEqual(stepwise.shape);
        together.data.forEach((value: number, i: number) =>
          expect(value).toBeCloseTo(stepwise.data[i] ?? Number.NaN, 9),
        );
      }),
      runs,
    );
  });

  test("running sums and products end at the whole ones", () => {
    fc.assert(
      fc.property(cases, seeds, ({ shape, dims: [dim = 0] }, seed) => {
        const x = draw(shape, seed);
        const last = (shape[dim] ?? 1) - 1;
        const gap = (a: Tensor, b: Tensor) => a.sub(b).abs().max().item();
        expect(gap(x.cumsum(dim).select(dim, last), x.sum(dim))).toBeLessThan(1e-12);
        expect(gap(x.cumprod(dim).select(dim, last), x.prod(dim))).toBeLessThan(1e-12);
      }),
      runs,
    );
  });

  test("the median is the sorted middle, and half lie below", () => {
    fc.assert(
      fc.property(cases, seeds, ({ shape }, seed) => {
        const x = draw(shape, seed);
        const sorted = x.data.toSorted();
        expect(x.median().item()).toBe(sorted[(sorted.length - 1) >> 1]);
      }),
      runs,
    );
  });
});

describe("views", () => {
  /** Ways to lie in memory; each keeps three dimensions. */
  const layouts: Record<string, (x: Tensor) => Tensor> = {
    transposed: (x) => x.transpose(0, 2),
    stepped: (x) => x.at(null, [null, null, 2]),
    backwards: (x) => x.at([null, null, -1], null, [null, null, -2]),
    sliced: (x) => x.at([1, null], [0, -1]),
    stretched: (x) => x.at([0, 1]).expand(3, -1, -1),
    "stretched in the middle": (x) => x.at(null, [1, 2]).expand(-1, 3, -1),
  };
  const layout = fc.constantFrom(...Object.keys(layouts));
  const shape3 = fc.tuple(...([0, 1, 2] as const).map(() => fc.integer({ min: 2, max: 4 })));
  const lay = (name: string, x: Tensor): Tensor => (layouts[name] ?? ((each) => each))(x);
  const params = { slope: 0.2, alpha: 1.5 };

  /** The same results, NaN and the signs of zeros included. */
  const expectSame = (a: Tensor, b: Tensor): void => {
    expect(a.dtype).toBe(b.dtype);
    expect(a.toArray()).toEqual(b.toArray());
  };

  test.each(Object.keys({ ...functions, ...activations }))(
    "%s reads through any view as from a copy",
    (name) => {
      const op = { ...functions, ...activations }[name as keyof typeof functions];
      fc.assert(
        fc.property(shape3, layout, seeds, (shape, how, seed) => {
          const view = lay(how, draw(shape, seed).mul(3));
          expectSame(
            apply(op, [view], params as never),
            apply(op, [view.clone()], params as never),
          );
        }),
        propertyRuns(20261123, 12),
      );
    },
  );

  test.each(Object.keys({ ...arithmetic, ...comparison }))(
    "%s reads through any two views as from copies",
    (name) => {
      const op = { ...arithmetic, ...comparison }[name as keyof typeof arithmetic];
      fc.assert(
        fc.property(shape3, layout, layout, seeds, (shape, first, second, seed) => {
          const a = lay(first, draw(shape, seed).mul(3).round());
          const b = lay(
            second,
            draw(shape, seed + 1)
              .mul(3)
              .round(),
          );
          // Cut down to what both have, which leaves most strides as they were.
          const common = a.shape.map((n: number, i: number): [number, number] => [
            0,
            Math.min(n, b.shape[i] ?? 0),
          ]);
          const [x, y] = [a.at(...common), b.at(...common)];
          expectSame(apply(op, [x, y], undefined), apply(op, [x.clone(), y.clone()], undefined));
        }),
        propertyRuns(20261124, 12),
      );
    },
  );

  test("reductions and scans read through any view as from a copy", () => {
    const runsOf: readonly ((x: Tensor) => Tensor)[] = [
      (x) => x.sum(1),
      (x) => x.prod([0, 2]),
      (x) => x.max(-1),
      (x) => x.argmin(0),
      (x) => x.median(1),
      (x) => x.norm(1, [0, 1]),
      (x) => x.std([0, 2]),
      (x) => x.cumsum(1),
      (x) => x.cumprod(0),
    ];
    fc.assert(
      fc.property(shape3, layout, seeds, fc.constantFrom(...runsOf), (shape, how, seed, run) => {
        const view = lay(how, draw(shape, seed));
        expectSame(run(view), run(view.clone()));
      }),
      propertyRuns(20261125, 150),
    );
  });

  test("writing into a view changes its elements and no other", () => {
    fc.assert(
      fc.property(
        shape3,
        fc.constantFrom("transposed", "stepped", "backwards", "sliced"),
        (shape, how) => {
          const count = shape.reduce((a, b) => a * b, 1);
          const base = arange(count).to("f32").reshape(shape);
          const touched = new Set(lay(how, base).flatten().toArray() as number[]);
          lay(how, base).add_(0.5);
          base.data.forEach((value: number, i: number) =>
            expect(value).toBe(touched.has(i) ? i + 0.5 : i),
          );
        },
      ),
      runs,
    );
  });
});

test("a stretched number sums to its size times itself, in every dtype", () => {
  fc.assert(
    fc.property(shapes, fc.constantFrom("f32", "f64", "i32", "u8", "bool"), (shape, dtype) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const one = tensor(1).to(dtype);
      expect(one.expand(shape).sum().item()).toBe(size);
      expect(
        cat([one.reshape([1]), one.expand([size])])
          .sum()
          .item(),
      ).toBe(size + 1);
    }),
    runs,
  );
});
