/** Einstein's sums: random equations against nested loops, PyTorch's conventions, messages. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arange,
  einsum,
  Generator,
  grad,
  gradcheck,
  ones,
  randn,
  tensor,
  type Tensor,
  zeros,
} from "../../../kernel/tensor/index.ts";

/** One loop for each letter, all nested: the definition. Letters only, sizes given. */
function looped(
  equation: string,
  sizes: Record<string, number>,
  operands: readonly Tensor[],
): number[] {
  const [left = "", output = ""] = equation.split("->");
  const terms = left.split(",");
  const letters = [...new Set([...output, ...left.replaceAll(",", "")])];
  const place = (term: string, at: Record<string, number>) =>
    [...term].reduce((index, letter) => index * (sizes[letter] ?? 0) + (at[letter] ?? 0), 0);
  const total = [...output].reduce((size, letter) => size * (sizes[letter] ?? 0), 1);
  const out = Array.from({ length: total }, () => 0);
  const visit = (depth: number, at: Record<string, number>): void => {
    const letter = letters[depth];
    if (letter === undefined) {
      const product = terms.reduce(
        (value, term, i) => value * (operands[i]?.data[place(term, at)] ?? Number.NaN),
        1,
      );
      out[place(output, at)] = (out[place(output, at)] ?? 0) + product;
      return;
    }
    for (let i = 0; i < (sizes[letter] ?? 0); i++) visit(depth + 1, { ...at, [letter]: i });
  };
  visit(0, {});
  return out;
}

const letter = fc.constantFrom(..."abcd");
const equations = fc
  .record({
    terms: fc.array(fc.array(letter, { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    sizes: fc.record({
      a: fc.integer({ min: 1, max: 3 }),
      b: fc.integer({ min: 0, max: 3 }),
      c: fc.integer({ min: 2, max: 3 }),
      d: fc.integer({ min: 1, max: 2 }),
    }),
    order: fc.shuffledSubarray([..."abcd"]),
  })
  .map(({ terms, sizes, order }) => {
    const output = order.filter((each) => terms.some((term) => term.includes(each)));
    const texts = terms.map((term) => term.join(""));
    return { equation: `${texts.join(",")}->${output.join("")}`, texts, sizes };
  });

function operandsOf(texts: readonly string[], sizes: Record<string, number>): Tensor[] {
  const generator = new Generator(9);
  return texts.map((text) =>
    randn(
      [...text].map((each) => sizes[each] ?? 0),
      { dtype: "f64", generator },
    ),
  );
}

test("einsum() of a random equation is its nested loops", () => {
  fc.assert(
    fc.property(equations, ({ equation, texts, sizes }) => {
      const operands = operandsOf(texts, sizes);
      const found = einsum(equation, ...operands);
      const wanted = looped(equation, sizes, operands);
      expect(found.shape).toEqual(
        [...(equation.split("->")[1] ?? "")].map((each) => sizes[each as "a"]),
      );
      expect(found.numel()).toBe(wanted.length);
      wanted.forEach((value, i) => expect(found.data[i]).toBeCloseTo(value, 9));
    }),
    { numRuns: 300, seed: 31 },
  );
});

test.each([
  "ij,jk->ik",
  "bij,bjk->bik",
  "ii->i",
  "ij,ij->",
  "i,j->ji",
  "bhid,bhjd->bhij",
  "ij,jk,kl->il",
])("einsum() of %s has slopes, and slopes of them", (equation) => {
  const texts = (equation.split("->")[0] ?? "").split(",");
  const sizes = { b: 2, h: 1, i: 2, j: 2, k: 3, l: 2, d: 2 };
  const operands = operandsOf(texts, sizes);
  expect(gradcheck((...inputs) => einsum(equation, ...inputs), operands)).toBe(true);
  const slopes = (...inputs: Tensor[]) =>
    grad(
      einsum(equation, ...inputs)
        .square()
        .sum(),
      inputs,
      { createGraph: true },
    )
      .map((slope) => slope.square().sum())
      .reduce((a, b) => a.add(b));
  expect(gradcheck(slopes, operands, { atol: 1e-4 })).toBe(true);
});

describe("as PyTorch", () => {
  const m = arange(6).to("f32").reshape(2, 3);

  test("the result without an arrow has single letters in the order of the alphabet", () => {
    expect(einsum("ba", m).toArray()).toEqual(m.T.toArray());
    expect(einsum("bA", m).toArray()).toEqual(m.T.toArray());
    expect(einsum("ij,jk", m, m.T).toArray()).toEqual(m.matmul(m.T).toArray());
    expect(einsum("ii", ones([3, 3])).item()).toBe(3);
    expect(einsum("i,j", ones([2]), ones([3])).shape).toEqual([2, 3]);
  });

  test("an ellipsis stands for dimensions that broadcast, and is summed when it is left out", () => {
    expect(einsum("...ij,...jk->...ik", ones([5, 1, 2, 3]), ones([4, 3, 2])).shape).toEqual([
      5, 4, 2, 2,
    ]);
    expect(einsum("...,...", ones([3, 1]), ones([4])).shape).toEqual([3, 4]);
    expect(einsum("...i->i", m).toArray()).toEqual([3, 5, 7]);
    expect(einsum("ij...->...", ones([2, 3, 4])).toArray()).toEqual([6, 6, 6, 6]);
    expect(einsum("b...->...b", zeros([2, 3, 4])).shape).toEqual([3, 4, 2]);
  });

  test("a size of 1 stretches to the other size of its letter", () => {
    expect(einsum("ij,jk->ik", ones([2, 1]), ones([3, 4])).toArray()).toEqual([
      [3, 3, 3, 3],
      [3, 3, 3, 3],
    ]);
  });

  test("terms without letters are numbers, and spaces do not count", () => {
    expect(einsum(",i->i", tensor(2), ones([3])).toArray()).toEqual([2, 2, 2]);
    expect(einsum("", tensor(2)).item()).toBe(2);
    expect(einsum(" i j , j -> i ", m, ones([3])).toArray()).toEqual([3, 12]);
  });

  test("no elements sum to 0", () => {
    expect(einsum("ij,jk->ik", zeros([2, 0]), zeros([0, 2])).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

test.each<readonly [() => unknown, string]>([
  [
    () => einsum("ij,jk->ik", ones([2, 3]), ones([4, 5]) as Tensor),
    'einsum: "ij,jk->ik" of [2, 3] and [4, 5] - sizes 3 and 4 of j must match',
  ],
  [
    () => einsum("ii", ones([1, 3]) as Tensor),
    'einsum: "ii" of [1, 3] - sizes 1 and 3 of i must match',
  ],
  [
    () => einsum("...i,...i->...", ones([2, 3]), ones([4, 3])),
    'einsum: "...i,...i->..." of [2, 3] and [4, 3] - sizes 2 and 4 of dim -1 of "..." must match',
  ],
  [
    () => einsum("ij,jk", ...([ones([2, 3])] as Tensor[])),
    'einsum: "ij,jk" of 1 tensors - wanted 2, one for each term',
  ],
  [
    () => einsum("ij->ji", ones([2, 3, 4]) as Tensor),
    'einsum: "ij->ji" has the term "ij" for a tensor of 3 dimensions - wanted 2',
  ],
  [
    () => einsum("ijk...->", ones([2, 3])),
    'einsum: "ijk...->" has the term "ijk..." for a tensor of 2 dimensions - wanted 3 or more',
  ],
  [
    () => einsum("ij->ijk", ones([2, 2])),
    'einsum: k in the result of "ij->ijk" - wanted it in a term',
  ],
  [
    () => einsum("ij->ii", ones([2, 2])),
    'einsum: i twice in the result of "ij->ii" - wanted it once',
  ],
  [
    () => einsum("i.j->i", ones([2, 2])),
    'einsum: "." in the term "i.j" of "i.j->i" - wanted letters and one "..." at most',
  ],
  [
    () => einsum("i...j...", ones([2, 2])),
    'einsum: "..." in the term "i...j..." of "i...j..." - wanted letters and one "..." at most',
  ],
  [() => einsum("i->i->i", ones([2])), 'einsum: "i->i->i" - wanted one "->" at most'],
  [() => einsum(ones([2]) as never), 'einsum: an object - wanted an equation, as "ij,jk->ik"'],
  [() => einsum("i", [1, 2] as never), "einsum: an array for operand 0 - wanted a tensor"],
])("einsum() names what is wrong in the equation, %#", (run, message) => {
  expect(run).toThrow(message);
});
