/** Elements copied to other places. Results as PyTorch 1.13 gives them. */
import { describe, expect, test } from "vitest";
import {
  arange,
  gradcheck,
  ones,
  randn,
  tensor,
  type Tensor,
} from "../../../../kernel/tensor/index.ts";

const counting = (...shape: number[]): Tensor =>
  arange(shape.reduce((a, b) => a * b, 1))
    .to("f32")
    .reshape(shape);

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

const x = counting(2, 3);

test.each<[string, Tensor, unknown]>([
  [
    "flip",
    x.flip(0),
    [
      [3, 4, 5],
      [0, 1, 2],
    ],
  ],
  [
    "flip of two",
    x.flip([0, -1]),
    [
      [5, 4, 3],
      [2, 1, 0],
    ],
  ],
  [
    "flip of none",
    x.flip([]),
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
  ["flip of a number", tensor(3).flip(0), 3],
  [
    "roll along two",
    x.roll([1, 1], [0, 1]),
    [
      [5, 3, 4],
      [2, 0, 1],
    ],
  ],
  [
    "roll of all",
    x.roll(2),
    [
      [4, 5, 0],
      [1, 2, 3],
    ],
  ],
  ["roll back", arange(4).roll(-1, 0), [1, 2, 3, 0]],
  ["roll round and round", arange(3).roll(7, 0), [2, 0, 1]],
  ["roll of a number", tensor(3).roll(1), 3],
  ["roll twice along one", arange(6).roll([1, 2], [0, 0]), [3, 4, 5, 0, 1, 2]],
  [
    "repeat",
    tensor([1, 2]).repeat(2, 2),
    [
      [1, 2, 1, 2],
      [1, 2, 1, 2],
    ],
  ],
  [
    "repeat of a matrix",
    x.repeat(2, 1),
    [
      [0, 1, 2],
      [3, 4, 5],
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
  ["repeat no times", tensor([1, 2]).repeat(0), []],
  ["repeat of a number", tensor(3).repeat([2]), [3, 3]],
  [
    "tile",
    x.tile(2),
    [
      [0, 1, 2, 0, 1, 2],
      [3, 4, 5, 3, 4, 5],
    ],
  ],
  ["repeatInterleave of all", x.repeatInterleave(2), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]],
  [
    "repeatInterleave by entry",
    x.repeatInterleave([2, 1], 0),
    [
      [0, 1, 2],
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
  [
    "repeatInterleave by a tensor",
    x.repeatInterleave(tensor([0, 1, 2]), 1),
    [
      [1, 2, 2],
      [4, 5, 5],
    ],
  ],
  ["repeatInterleave of a number", tensor(3).repeatInterleave(2), [3, 3]],
  [
    "diag of a list",
    tensor([1, 2]).diag(-1),
    [
      [0, 0, 0],
      [1, 0, 0],
      [0, 2, 0],
    ],
  ],
  ["diag of a matrix", x.diag(1), [1, 5]],
  [
    "tril",
    x.tril(),
    [
      [0, 0, 0],
      [3, 4, 0],
    ],
  ],
  [
    "tril above",
    x.tril(1),
    [
      [0, 1, 0],
      [3, 4, 5],
    ],
  ],
  [
    "triu",
    x.triu(),
    [
      [0, 1, 2],
      [0, 4, 5],
    ],
  ],
  [
    "triu below",
    x.triu(-1),
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
  [
    "tril of bools",
    ones([2, 2]).gt(0).tril(),
    [
      [true, false],
      [true, true],
    ],
  ],
  ["tril of many", ones([2, 1, 2]).tril(), [[[1, 0]], [[1, 0]]]],
  ["trace", x.trace(), 4],
])("%s", (_, actual, wanted) => {
  expect(actual.toArray()).toEqual(wanted);
});

test.each<[string, (x: Tensor) => Tensor]>([
  ["flip", (t) => t.flip(1)],
  ["flip of none", (t) => t.flip([])],
  ["roll", (t) => t.roll(1, 1)],
  ["roll by nothing", (t) => t.roll(0, 1)],
  ["roll by a whole turn", (t) => t.roll(3, 1)],
  ["repeat", (t) => t.repeat(1, 1)],
  ["tile", (t) => t.tile(1)],
  ["repeatInterleave", (t) => t.repeatInterleave(1, 1)],
  ["diag", (t) => t.diag()],
  ["tril", (t) => t.tril(5)],
])("%s copies: writing into the result leaves the tensor alone", (_, copy) => {
  const base = counting(2, 3);
  copy(base).fill_(9);
  expect(base.toArray()).toEqual(x.toArray());
});

test.each<[string, (x: Tensor) => Tensor]>([
  ["flip", (t) => t.flip([0, 1])],
  ["roll", (t) => t.roll([1, -2], [0, 1])],
  ["roll of all", (t) => t.roll(4)],
  ["repeat", (t) => t.repeat(2, 1, 3)],
  ["tile", (t) => t.tile(2)],
  ["repeatInterleave", (t) => t.repeatInterleave([2, 0, 1], 1)],
  ["diag", (t) => t.diag(1)],
  ["diag of a list", (t) => t.select(0, 1).diag(-2)],
  ["tril", (t) => t.tril(-1)],
  ["triu", (t) => t.triu(1)],
  ["trace", (t) => t.trace()],
])("%s has the slope of finite differences, also of a strided tensor", (_, run) => {
  gradcheck((t) => run(t).square(), [randn([2, 3])]);
  gradcheck((t) => run(t.T).square(), [randn([3, 2])]);
});

describe("errors", () => {
  test.each<[() => unknown, string]>([
    [() => x.flip(), "flip: no dim - wanted those to turn round, as in x.flip(0)"],
    [() => x.flip(2), "flip: dim 2 of [2, 3] - wanted an integer from -2 to 1"],
    [() => x.flip(0, -2), "flip: dims [0, 0] - each may be named once"],
    [() => x.roll(0.5), "roll: shift 0.5 - wanted a whole number"],
    [() => x.roll([1, 2]), "roll: 2 shifts without dims - wanted one"],
    [() => x.roll([1, 2], 0), "roll: 2 shifts and 1 dims - wanted as many of each"],
    [() => x.repeat(2), "repeat: [2, 3] by [2] - wanted a number for each dimension"],
    [() => x.tile(-1), "tile: shape [-1] - sizes must be whole numbers, 0 or more"],
    [
      () => x.repeatInterleave([1, 2], 1),
      "repeatInterleave: [2] repeats for dim 1 of [2, 3] - wanted one number, or 3",
    ],
    [
      () => x.repeatInterleave(-1),
      "repeatInterleave: repeats -1 - wanted a whole number, 0 or more",
    ],
    [
      () => x.repeatInterleave(anything(undefined)),
      "repeatInterleave: undefined for repeats - wanted a tensor or an array of numbers",
    ],
    [() => ones([1, 1, 1]).diag(), "diag: [1, 1, 1] - wanted one or two dimensions"],
    [() => ones([2]).tril(), "tril: [2] - wanted a matrix, 2-d or more"],
    [() => x.triu(anything("1")), "triu: diagonal a string - wanted a whole number"],
    [() => ones([2]).trace(), "trace: [2] - wanted a matrix"],
  ])("%s", (act, message) => {
    expect(act).toThrow(message);
  });
});
