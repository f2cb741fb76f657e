/** One tensor of several: joined, stacked, chosen, laid out as a grid. */
import { describe, expect, test } from "vitest";
import {
  arange,
  cat,
  DTypeError,
  hstack,
  meshgrid,
  ones,
  stack,
  tensor,
  vstack,
  where,
  zeros,
} from "../../../../kernel/tensor/index.ts";

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

describe("cat() and stack()", () => {
  test("an empty list of no dimensions joins anything, as in PyTorch", () => {
    expect(cat([zeros([0]), ones([2, 2])]).shape).toEqual([2, 2]);
    expect(cat([zeros([0]), zeros([0])]).shape).toEqual([0]);
  });

  test("cat() has the widest type of its parts, the empty ones included", () => {
    expect(cat([arange(2), ones([1])]).dtype).toBe("f32");
    expect(cat([zeros([0], { dtype: "f64" }), ones([1, 1])]).dtype).toBe("f64");
    expect(cat([tensor([true]), tensor([false])]).toArray()).toEqual([true, false]);
  });

  test("stack() counts dims from the end of the result", () => {
    expect(stack([arange(3), arange(3)], -1).shape).toEqual([3, 2]);
    expect(stack([tensor(1), tensor(2)]).toArray()).toEqual([1, 2]);
  });

  test.each<[() => unknown, string]>([
    [() => cat([]), "cat: no tensors - wanted at least one"],
    [() => cat(anything(ones([2]))), "cat: a tensor - wanted an array of tensors"],
    [() => cat(anything(undefined)), "cat: undefined - wanted an array of tensors"],
    [() => cat(anything([ones([1]), [2]])), "cat: an array at place 1 - wanted a tensor"],
    [
      () => cat([tensor(1)]),
      "cat: a 0-d tensor has no dimension to join along - wanted 1-d or more",
    ],
    [() => cat([ones([1])], 1), "cat: dim 1 of [1] - wanted an integer from -1 to 0"],
    [() => cat([ones([1])], anything(null)), "cat: null for dim - wanted an integer"],
    [() => stack([]), "stack: no tensors - wanted at least one"],
    [
      () => stack([ones([2])], 2),
      "stack: dim 2 for tensors of 1 dimensions - wanted an integer from -2 to 1",
    ],
    [
      () => vstack([ones([3]), ones([4])]),
      "vstack: [3] and [4] - read as [1, 3] and [1, 4], all sizes except that of dim 0 must be equal",
    ],
    [
      () => vstack([ones([2, 3]), ones([2, 4])]),
      "vstack: [2, 3] and [2, 4] - all sizes except that of dim 0 must be equal",
    ],
    [
      () => hstack([ones([2, 1]), tensor(1)]),
      "hstack: [2, 1] and [] - read as [2, 1] and [1], all sizes except that of dim 1 must be equal",
    ],
    [() => stack(anything({ length: 1 })), "stack: an object - wanted an array of tensors"],
  ])("%s", (act, message) => {
    expect(act).toThrow(message);
  });
});

describe("where()", () => {
  test("two numbers make a float tensor", () => {
    expect(where(tensor([true, false]), 1, 0).toArray()).toEqual([1, 0]);
  });

  test("what is no tensor is refused", () => {
    expect(() => where(tensor([true]), anything("a"), 0)).toThrow(DTypeError);
    expect(() => where(tensor([true]), anything("a"), 0)).toThrow(
      "where: a string - wanted a tensor or a number",
    );
  });
});

describe("meshgrid()", () => {
  test("varies the first along rows, the second along columns", () => {
    const [rows, columns] = meshgrid([arange(2), arange(3)]);
    expect(rows?.toArray()).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect(columns?.toArray()).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  test('in "xy" turns the first two round', () => {
    const [x, y, z] = meshgrid([arange(2), arange(3), arange(4)], { indexing: "xy" });
    expect([x?.shape, y?.shape, z?.shape]).toEqual([
      [3, 2, 4],
      [3, 2, 4],
      [3, 2, 4],
    ]);
    expect(x?.select(2, 0).toArray()).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(z?.at(0, 0).toArray()).toEqual([0, 1, 2, 3]);
  });

  test("takes numbers as rows of one, and shares storages", () => {
    const line = arange(3);
    const [a, b] = meshgrid([tensor(1), line]);
    expect(a?.toArray()).toEqual([[1, 1, 1]]);
    expect(b?.storage).toBe(line.storage);
  });

  test.each<[() => unknown, string]>([
    [() => meshgrid([ones([2, 2])]), "meshgrid: [2, 2] - wanted one dimension"],
    [() => meshgrid(anything(ones([2]))), "meshgrid: a tensor - wanted an array of tensors"],
    [
      () => meshgrid([ones([2])], { indexing: anything("yx") }),
      'meshgrid: indexing "yx" - wanted "ij" or "xy"',
    ],
  ])("%s", (act, message) => {
    expect(act).toThrow(message);
  });
});
