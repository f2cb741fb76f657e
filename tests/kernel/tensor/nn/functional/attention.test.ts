import { expect, test } from "vitest";
import {
  F,
  Generator,
  gradcheck,
  manualSeed,
  randn,
  type Tensor,
  tensor,
} from "../../../../../kernel/tensor/index.ts";

/** Query by query, in plain loops: may query i look at key j? */
function attended(
  [q, k, v]: readonly Tensor[],
  may: (i: number, j: number) => boolean,
  scale: number,
): number[][] {
  const [queries, keys, values] = [q, k, v].map((x) => x?.toArray() as number[][]);
  return (queries ?? []).map((query, i) => {
    const powers = (keys ?? []).map((key, j) =>
      may(i, j) ? Math.exp(query.reduce((sum, x, d) => sum + x * (key[d] ?? 0), 0) * scale) : 0,
    );
    const total = powers.reduce((a, b) => a + b);
    return (values?.[0] ?? []).map((_, d) =>
      powers.reduce((sum, power, j) => sum + (power / total) * (values?.[j]?.[d] ?? 0), 0),
    );
  });
}

function drawn(): Tensor[] {
  const generator = new Generator(4);
  return [
    [3, 2],
    [4, 2],
    [4, 5],
  ].map((shape) => randn(shape, { dtype: "f64", generator }));
}

function expectClose(actual: Tensor, wanted: number[][]): void {
  actual.data.forEach((value: number, i: number) =>
    expect(value).toBeCloseTo(wanted.flat()[i] ?? Number.NaN, 12),
  );
}

test("scaledDotProductAttention() is the plain formula", () => {
  const [q, k, v] = drawn() as [Tensor, Tensor, Tensor];
  const plain = attended([q, k, v], () => true, 1 / Math.SQRT2);
  expectClose(F.scaledDotProductAttention(q, k, v), plain);
  const scaled = attended([q, k, v], () => true, 2);
  expectClose(F.scaledDotProductAttention(q, k, v, { scale: 2 }), scaled);
});

test("scaledDotProductAttention() looks where a bool mask is true, and adds numbers", () => {
  const [q, k, v] = drawn() as [Tensor, Tensor, Tensor];
  const wanted = attended([q, k, v], (i, j) => i !== j, 1 / Math.SQRT2);
  const mask = tensor([0, 1, 2].map((i) => [0, 1, 2, 3].map((j) => i !== j)));
  expectClose(F.scaledDotProductAttention(q, k, v, { attnMask: mask }), wanted);
  const added = tensor([0, 1, 2].map((i) => [0, 1, 2, 3].map((j) => (i === j ? -Infinity : 0))));
  expectClose(F.scaledDotProductAttention(q, k, v, { attnMask: added.to("f64") }), wanted);
});

test("scaledDotProductAttention() with isCausal looks back only", () => {
  const [q, k, v] = drawn() as [Tensor, Tensor, Tensor];
  const wanted = attended([q, k, v], (i, j) => j <= i, 1 / Math.SQRT2);
  expectClose(F.scaledDotProductAttention(q, k, v, { isCausal: true }), wanted);
});

test("scaledDotProductAttention() broadcasts leading dimensions and has its slopes", () => {
  const [q, k, v] = [randn([2, 3, 2]), randn([4, 2]), randn([1, 4, 5])];
  expect(F.scaledDotProductAttention(q, k, v).shape).toEqual([2, 3, 5]);
  gradcheck(
    (...inputs) => {
      const [query, key, value] = inputs as [Tensor, Tensor, Tensor];
      return F.scaledDotProductAttention(query, key, value);
    },
    [q, k, v],
  );
});

test("scaledDotProductAttention() drops weights from the generator it is given", () => {
  const [q, k, v] = drawn() as [Tensor, Tensor, Tensor];
  const once = () =>
    F.scaledDotProductAttention(q, k, v, { dropout: 0.5, generator: new Generator(1) }).toArray();
  manualSeed(0);
  expect(once()).toEqual(once());
  expect(once()).not.toEqual(F.scaledDotProductAttention(q, k, v).toArray());
});
