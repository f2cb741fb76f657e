/** Picking by numbers, ranges, index tensors and masks. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arange,
  DTypeError,
  type Index,
  ones,
  ShapeError,
  tensor,
  type Tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";
import { propertyRuns } from "../../../counts.ts";
import { drawIndices, plainAt, sizeOf, toIndex } from "../cases/plain-index.ts";

const counting = (...shape: number[]): Tensor =>
  arange(shape.reduce((a, b) => a * b, 1))
    .to("f32")
    .reshape(shape);
const whole = (...values: number[]): Tensor => tensor(Int32Array.from(values));

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

describe("at()", () => {
  const x = counting(2, 3, 4);
  const five = whole(0, 1, 1, 0, 1);

  // Shapes as PyTorch 1.13 gives them for the same indices.
  test.each<[string, readonly Index[], number[]]>([
    ["a tensor after a number stays in its place", [0, null, five], [3, 5]],
    ["a tensor before a number too", [five, null, 0], [5, 3]],
    ["a number between leaves tensors side by side", [five, 0, five], [5]],
    ["tensors apart from each other go to the front", [five, null, five], [5, 3]],
    ["a 0-d tensor counts as a number", [tensor(1), null, five], [3, 5]],
    ["two tensors broadcast", [whole(0, 1).unsqueeze(1), whole(0, 2)], [2, 2, 4]],
    ["a tensor of two dimensions", [null, whole(0, 1, 2, 0).reshape(2, 2)], [2, 2, 2, 4]],
    ["no entries", [whole()], [0, 3, 4]],
    ["a mask covers as many dimensions as it has", [x.select(2, 0).gt(4)], [4, 4]],
    ["a mask of one dimension", [null, tensor([true, false, true])], [2, 2, 4]],
    ["the rest written out", ["...", 1], [2, 3]],
    ["the rest in the middle", [0, "...", [0, 2]], [3, 2]],
    ["the rest may be nothing", [0, "...", 1, 2], []],
  ])("%s", (_, indices, shape) => {
    expect(x.at(...indices).shape).toEqual(shape);
  });

  test("floats with whole values are indices, as labels are", () => {
    expect(x.at(tensor([1, -1]), 0, 0).toArray()).toEqual([12, 12]);
  });

  test("a mask and a tensor pick together", () => {
    const mask = tensor([
      [true, false, true],
      [false, true, false],
    ]);
    expect(x.at(mask, whole(0, 1, 2)).toArray()).toEqual([0, 9, 18]);
  });

  test("numbers, ranges and the rest are views; index tensors copy", () => {
    expect(x.at(1, [0, 2], "...").storage).toBe(x.storage);
    expect(x.at(whole(0)).storage).not.toBe(x.storage);
  });

  test("an entry that is picked twice has the sum of both slopes", () => {
    const w = tensor([1, 2, 3], { requiresGrad: true });
    w.at(whole(2, 0, 2))
      .mul(tensor([1, 10, 100]))
      .sum()
      .backward();
    expect(w.grad?.toArray()).toEqual([10, 0, 101]);
  });

  test.each<[string, () => unknown, string]>([
    [
      "an index outside, by its row",
      () => x.at(0, whole(1, 3)),
      "at: index 3 at row 1 for dim 1 of [2, 3, 4] - wanted an integer from -3 to 2",
    ],
    [
      "an index outside, by its place",
      () => x.at(whole(0, 0, 0, -3).reshape(2, 2)),
      "at: index -3 at [1, 1] for dim 0 of [2, 3, 4] - wanted an integer from -2 to 1",
    ],
    [
      "an index into nothing",
      () => zeros([0, 3]).at(whole(0)),
      "at: index 0 at row 0 for dim 0 of [0, 3] - it has no entries",
    ],
    [
      "tensors that do not broadcast",
      () => x.at(whole(0, 1), whole(0, 1, 2)),
      "at: [2] and [3] cannot be broadcast - sizes 2 and 3 must be equal, or one of them 1",
    ],
    [
      "a mask of another size",
      () => x.at(null, tensor([true, false])),
      "at: mask [2] at dim 1 of [2, 3, 4] - wanted the sizes it covers, [3]",
    ],
    [
      "a mask of more dimensions",
      () => ones([2]).at(ones([2, 2]).gt(0)),
      "at: 2 indices for [2] - it has 1 dimensions",
    ],
    ["fractions", () => x.at(tensor([0.5])), "at: index 0.5 at row 0 - wanted whole numbers"],
    [
      "a fraction",
      () => x.at(0.5),
      "at: index 0.5 at dim 0 of [2, 3, 4] - wanted an integer from -2 to 1",
    ],
    [
      "an array that is no range",
      () => x.at(anything([0, 1, 1, 0])),
      "at: an array of 4 for index 0 - wanted a range [start, stop, step]",
    ],
    [
      "two rests",
      () => x.at("...", 0, "..."),
      'at: "..." twice - which dimensions each stands for is not clear',
    ],
    [
      "words",
      () => x.at(0, anything("1:2")),
      "at: a string for index 1 - wanted a number, a range, null or a tensor",
    ],
    [
      "what is missing",
      () => x.at(anything(undefined)),
      "at: undefined for index 0 - wanted a number, a range, null or a tensor",
    ],
    ["bytes", () => x.at(tensor(Uint8Array.of(1))), "at: index of dtype u8 - wanted i32"],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("an array that is no range is told the way out", () => {
    expect(() => x.at(anything([0, 1, 1, 0]))).toThrow(
      expect.objectContaining({ hint: "tensor([...]) picks the entries with these numbers" }),
    );
  });
});

describe("slice()", () => {
  const x = counting(2, 3, 4);
  test.each([
    ["..., 1", [2, 3]],
    ["0, ..., 1:3", [3, 2]],
    ["...", [2, 3, 4]],
    ["..., :, ::2", [2, 3, 2]],
  ])("reads %j", (text, shape) => {
    expect(x.slice(text).shape).toEqual(shape);
  });

  test.each([
    ["1:2:3:4", 'slice: "1:2:3:4" - wanted at most start:stop:step'],
    ["1,,2", 'slice: an empty part in "1,,2" - wanted a number or ":"'],
    ["..., ...", 'slice: "..." twice - which dimensions each stands for is not clear'],
    ["1.5", 'slice: "1.5" in "1.5" - wanted whole numbers, as in "1:3, :, -1"'],
  ])("refuses %j", (text, message) => {
    expect(() => x.slice(text)).toThrow(message);
  });
});

describe("gather() and its kin", () => {
  const x = counting(2, 3);

  test("gather() takes a number as a row of one", () => {
    expect(tensor(3).gather(0, [0, 0]).toArray()).toEqual([3, 3]);
    expect(tensor([3, 4]).gather(0, tensor(1)).toArray()).toBe(4);
  });

  test("takeAlongDim() broadcasts, and without dim reads all elements", () => {
    expect(x.takeAlongDim(tensor([[1]]), 1).toArray()).toEqual([[1], [4]]);
    expect(x.takeAlongDim([4, 0]).toArray()).toEqual([4, 0]);
    expect(x.takeAlongDim(x.argsort(1, { descending: true }), 1).toArray()).toEqual([
      [2, 1, 0],
      [5, 4, 3],
    ]);
  });

  test("scatter() and scatterAdd() take a larger source, or a number", () => {
    expect(
      zeros([2, 3])
        .scatter(1, tensor([[0], [1]]), ones([2, 3]))
        .toArray(),
    ).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(zeros([3]).scatterAdd(0, [1, 1], 2).toArray()).toEqual([0, 4, 0]);
  });

  test("scatter() keeps the last of several values, and only its slope", () => {
    const source = tensor([1, 2, 3], { requiresGrad: true });
    const written = zeros([2]).scatter(0, [0, 1, 0], source);
    written
      .mul(tensor([10, 100]))
      .sum()
      .backward();
    expect(written.toArray()).toEqual([3, 2]);
    expect(source.grad?.toArray()).toEqual([0, 100, 10]);
  });

  test("scatter() leaves the tensor as it was", () => {
    const base = zeros([2]);
    base.scatter(0, [0], 1);
    expect(base.toArray()).toEqual([0, 0]);
  });

  test("indexAdd() adds entries, times alpha, with slopes for both", () => {
    const base = ones([2, 3]);
    base.requiresGrad = true;
    const added = tensor([
      [1, 2],
      [3, 4],
    ]);
    added.requiresGrad = true;
    const sum = base.indexAdd(1, [0, 0], added, { alpha: 2 });
    expect(sum.toArray()).toEqual([
      [7, 1, 1],
      [15, 1, 1],
    ]);
    sum.square().sum().backward();
    expect(added.grad?.toArray()).toEqual([
      [28, 28],
      [60, 60],
    ]);
    expect(base.grad?.toArray()).toEqual([
      [14, 2, 2],
      [30, 2, 2],
    ]);
  });

  test("maskedSelect() broadcasts its mask", () => {
    expect(x.maskedSelect(tensor([true, false, true])).toArray()).toEqual([0, 2, 3, 5]);
    expect(tensor(3).maskedSelect(tensor(true)).toArray()).toEqual([3]);
  });

  test("indexSelect() of a number gives the number", () => {
    expect(tensor(3).indexSelect(0, [0]).toArray()).toBe(3);
  });

  test.each<[string, () => unknown, string]>([
    [
      "an index of other dimensions",
      () => x.gather(1, [0]),
      "gather: index [1] for [2, 3] - it needs as many dimensions, and no size larger except at dim 1",
    ],
    [
      "an index outside, by its place",
      () => x.gather(1, tensor([[0], [3]])),
      "gather: index 3 at [1, 0] - 3 entries of dim 1 take indices 0 to 2",
    ],
    [
      "an index outside the rows",
      () => x.gather(0, tensor([[0], [2]])),
      "gather: index 2 at [1, 0] - 2 rows take indices 0 to 1",
    ],
    ["bools", () => x.gather(1, tensor([[true]])), "gather: index of dtype bool - wanted i32"],
    [
      "a source smaller than the index",
      () => x.scatter(1, tensor([[0, 1]]), ones([1, 1])),
      "scatter: source [1, 1] by index [1, 2] - it needs as many dimensions, and no size smaller",
    ],
    [
      "a source that is no tensor",
      () => x.scatterAdd(1, tensor([[0]]), anything([1])),
      "scatterAdd: an array for the source - wanted a tensor or a number",
    ],
    [
      "a source of another shape",
      () => x.indexAdd(0, [0, 1, 1], ones([2, 3])),
      "indexAdd: source [2, 3] by index [3] at dim 0 of [2, 3] - wanted [3, 3] and an index of one dimension",
    ],
    [
      "a factor that is no number",
      () => x.indexAdd(0, [0], ones([1, 3]), { alpha: anything("2") }),
      "indexAdd: a string for alpha - wanted a number",
    ],
    [
      "nothing to select",
      () => x.select(0, anything(null)),
      "select: index null - wanted a whole number",
    ],
    [
      "nothing for a source",
      () => x.indexAdd(0, [0], anything(undefined)),
      "indexAdd: undefined for the source - wanted a tensor",
    ],
    [
      "an index outside, by the op that was called",
      () => x.indexAdd(0, [5], ones([1, 3])),
      "indexAdd: index 5 at row 0 - 2 rows take indices 0 to 1",
    ],
    [
      "too many numbers of a number",
      () => tensor(3).indexSelect(0, [0, 0]),
      "indexSelect: index [2] for [] - wanted one number",
    ],
    [
      "an index of two dimensions",
      () => x.indexSelect(0, tensor([[0]])),
      "indexSelect: index [1, 1] for [2, 3] - wanted one dimension",
    ],
    [
      "a mask of numbers",
      () => x.maskedSelect(x),
      "maskedSelect: a mask of dtype f32 - wanted bool",
    ],
    ["no mask", () => x.maskedSelect(anything([true])), "maskedSelect: an array - wanted bool"],
    [
      "fewer dimensions to take along",
      () => x.takeAlongDim([0], 1),
      "takeAlongDim: index [1] for [2, 3] - it needs as many dimensions",
    ],
    [
      "rows of a number",
      () => tensor(1).takeRows([0]),
      "takeRows: a 0-d tensor has no rows - wanted 1-d or more",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("what is no list of numbers is a DTypeError, what does not fit a ShapeError", () => {
    expect(() => x.gather(1, anything("0"))).toThrow(DTypeError);
    expect(() => x.at(5)).toThrow(ShapeError);
  });
});

describe("properties", () => {
  const runs = propertyRuns(20261123, 300);

  test("at() reads what a plain indexer of nested arrays reads, and its slope goes back there", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { shape, indices } = drawIndices(seed);
        const { shape: wanted, from } = plainAt(shape, indices);
        const x = counting(...shape);
        x.requiresGrad = true;
        const picked = x.at(...indices.map(toIndex));
        expect(picked.shape).toEqual(wanted);
        expect(Array.from(picked.data)).toEqual(from);

        const weights = from.map((_, i) => i + 1);
        picked.mul(tensor(weights).reshape(wanted)).sum().backward();
        const slopes = Array.from({ length: sizeOf(shape) }, () => 0);
        from.forEach((place, i) => (slopes[place] = (slopes[place] ?? 0) + (weights[i] ?? 0)));
        expect(Array.from(x.grad?.data ?? [])).toEqual(slopes);
      }),
      runs,
    );
  });

  test("at() of a strided view reads what it reads of a copy", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { shape, indices } = drawIndices(seed);
        const view = counting(...shape.toReversed()).T;
        const picks = indices.map(toIndex);
        expect(view.at(...picks).toArray()).toEqual(
          view
            .clone()
            .at(...picks)
            .toArray(),
        );
      }),
      runs,
    );
  });

  test("set() writes where at() reads: the last value stays", () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, strided) => {
        const { shape, indices } = drawIndices(seed);
        const { shape: wanted, from } = plainAt(shape, indices);
        const x = strided ? zeros(shape.toReversed()).T : zeros(shape);
        const values = from.map((_, i) => i + 1);
        x.set(indices.map(toIndex), tensor(values).reshape(wanted));
        const plain = Array.from({ length: sizeOf(shape) }, () => 0);
        from.forEach((place, i) => (plain[place] = values[i] ?? 0));
        expect(Array.from(x.data)).toEqual(plain);
      }),
      runs,
    );
  });
});
