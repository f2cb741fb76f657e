/** Other shapes over the same values: views, and what cannot be one. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arange, cat, ones, tensor, type Tensor, zeros } from "../../../../kernel/tensor/index.ts";
import { propertyRuns } from "../../../counts.ts";

const counting = (...shape: number[]): Tensor =>
  arange(shape.reduce((a, b) => a * b, 1))
    .to("f32")
    .reshape(shape);
const shapesOf = (parts: readonly Tensor[]): unknown[] => parts.map(({ shape }) => shape);

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

describe("views", () => {
  const x = counting(2, 3, 4);

  test.each<[string, Tensor, number[]]>([
    ["view", x.view(6, -1), [6, 4]],
    ["view of a transpose", x.transpose(0, 1).view([3, 2, 2, 2]), [3, 2, 2, 2]],
    ["unflatten", x.unflatten(2, [2, -1]), [2, 3, 2, 2]],
    ["broadcastTo", x.select(0, 0).broadcastTo([5, 3, 4]), [5, 3, 4]],
    ["narrow", x.narrow(1, 1, 2), [2, 2, 4]],
    ["narrow from the end", x.narrow(-1, -2, 1), [2, 3, 1]],
    ["narrow to nothing", x.narrow(1, 3, 0), [2, 0, 4]],
    ["movedim", x.movedim(0, -1), [3, 4, 2]],
    ["movedim of two", x.movedim([0, 1], [-1, 0]), [3, 4, 2]],
    ["diagonal", x.diagonal(1, 1, 2), [2, 3]],
    ["diagonal below", x.diagonal(-1, 2, 0), [3, 2]],
    ["diagonal outside", x.diagonal(9), [4, 0]],
  ])("%s shares the storage", (_, view, shape) => {
    expect(view.shape).toEqual(shape);
    expect(view.storage).toBe(x.storage);
  });

  test("movedim() moves values along", () => {
    expect(x.movedim(0, -1).at(1, 2).toArray()).toEqual([6, 18]);
    expect(tensor(3).movedim(0, 0).toArray()).toBe(3);
  });

  test("diagonal() of a transpose reads the transposed matrix", () => {
    expect(counting(2, 3).T.diagonal(-1).toArray()).toEqual([1, 5]);
  });

  // Sizes as PyTorch 1.13 cuts them.
  test.each<[string, readonly Tensor[], unknown[]]>([
    ["split by a size", arange(7).split(3), [[3], [3], [1]]],
    ["split into sizes", arange(5).split([2, 0, 3]), [[2], [0], [3]]],
    [
      "split along a dimension",
      x.split(2, -1),
      [
        [2, 3, 2],
        [2, 3, 2],
      ],
    ],
    ["split nothing", zeros([0]).split(3), [[0]]],
    ["chunk", arange(7).chunk(4), [[2], [2], [2], [1]]],
    ["chunk into more than there are", arange(3).chunk(5), [[1], [1], [1]]],
    ["chunk nothing", zeros([0]).chunk(3), [[0], [0], [0]]],
    [
      "unbind",
      x.unbind(1),
      [
        [2, 4],
        [2, 4],
        [2, 4],
      ],
    ],
    ["unbind nothing", zeros([0, 2]).unbind(), []],
  ])("%s", (_, parts, shapes) => {
    expect(shapesOf(parts)).toEqual(shapes);
  });

  test("parts are views: their slopes come together in the whole", () => {
    const whole = counting(4);
    whole.requiresGrad = true;
    const [a, b] = whole.split(2);
    expect(a?.storage).toBe(whole.storage);
    a?.mul(b ?? a)
      .sum()
      .backward();
    expect(whole.grad?.toArray()).toEqual([2, 3, 0, 1]);
  });
});

test("view() passes the slope through, as reshape() does", () => {
  const x = tensor([[1, 2, 3]], { requiresGrad: true });
  x.view(3)
    .mul(tensor([4, 5, 6]))
    .sum()
    .backward();
  expect(x.grad.toArray()).toEqual([[4, 5, 6]]);
});

test("view() refuses what only a copy could be and points to reshape()", () => {
  expect(() => counting(2, 3).T.view([6])).toThrow(
    expect.objectContaining({
      message:
        "view: [3, 2] to [6] - the elements do not lie in that order, and a view copies none",
      hint: "reshape() copies them",
    }),
  );
  expect(() => ones([2, 1]).expand([2, 3]).view(-1)).toThrow("view: [2, 3] to [6]");
});

describe("errors", () => {
  const x: Tensor = ones([2, 3]);
  test.each<[() => unknown, string]>([
    [() => x.unflatten(1, [2, 2]), "unflatten: [3] to [2, 2] - 3 elements cannot fill 4"],
    [
      () => x.unflatten(1, anything(3)),
      "unflatten: dim 1 of [2, 3] into 3 - wanted a list of sizes",
    ],
    [
      () => x.broadcastTo([4, 3]),
      "broadcastTo: [2, 3] to [4, 3] - only sizes of 1 can be stretched",
    ],
    [() => x.narrow(1, 2, 2), "narrow: 2 entries from 2 along dim 1 of [2, 3] - it has 3"],
    [() => x.narrow(1, -4, 1), "narrow: 1 entries from -4 along dim 1 of [2, 3] - it has 3"],
    [() => x.narrow(1, 0, -1), "narrow: length -1 - wanted a whole number, 0 or more"],
    [() => x.narrow(1, anything("0"), 1), "narrow: start a string - wanted a whole number"],
    [() => x.movedim(0, [0, 1]), "movedim: dims 0 to 0,1 - wanted as many places as dims"],
    [() => x.movedim([0, 0], [0, 1]), "movedim: dims [0, 0] - each may be named once"],
    [() => x.movedim(2, 0), "movedim: dim 2 of [2, 3] - wanted an integer from -2 to 1"],
    [() => x.split([1, 1], 1), "split: sizes [1, 1] along dim 1 of [2, 3] - they must add up to 3"],
    [() => x.split(0), "split: size 0 - wanted a whole number, 1 or more"],
    [
      () => x.split(anything(undefined)),
      "split: size undefined - wanted a whole number, 1 or more",
    ],
    [() => tensor(1).split(1), "split: a 0-d tensor has nothing to cut - wanted 1-d or more"],
    [() => x.chunk(0), "chunk: count 0 - wanted a whole number, 1 or more"],
    [() => tensor(1).unbind(), "unbind: a 0-d tensor has nothing to cut - wanted 1-d or more"],
    [() => x.unbind(2), "unbind: dim 2 of [2, 3] - wanted an integer from -2 to 1"],
    [() => ones([2]).diagonal(), "diagonal: [2] - wanted a matrix, 2-d or more"],
    [() => x.diagonal(0, 1, -1), "diagonal: dims 1 and -1 - wanted two different ones"],
    [() => x.diagonal(0.5), "diagonal: offset 0.5 - wanted a whole number"],
    [() => x.reshape(anything(undefined)), "reshape: [2, 3] to [undefined]"],
  ])("%s", (act, message) => {
    expect(act).toThrow(message);
  });
});

describe("properties", () => {
  const runs = propertyRuns(20261124, 100);

  /** One step of a chain, on a tensor. Numbers are taken modulo what there is. */
  const steps: readonly ((x: Tensor, n: number) => Tensor)[] = [
    (x, n) => x.transpose(0, n % x.ndim),
    (x, n) => x.narrow(n % x.ndim, 0, Math.max(1, (x.shape[n % x.ndim] ?? 1) - 1)),
    (x, n) => x.at(...x.shape.slice(0, n % x.ndim).map(() => null), [null, null, -1]),
    (x, n) => x.at(...x.shape.slice(0, n % x.ndim).map(() => null), [n % 2, null, 2]),
    (x) => x.flatten(),
    (x, n) => x.unsqueeze(n % (x.ndim + 1)),
    (x, n) => x.movedim(n % x.ndim, 0),
    (x, n) => x.unsqueeze(0).expand(1 + (n % 3), ...x.shape),
    (x, n) => (x.ndim > 1 ? x.diagonal((n % 3) - 1) : x),
    (x, n) => x.split(2, n % x.ndim)[0] ?? x,
    (x, n) => x.chunk(2, n % x.ndim).at(-1) ?? x,
    (x, n) => x.unflatten(n % x.ndim, [1, -1]),
    (x, n) => (x.ndim > 1 ? (x.unbind(n % x.ndim)[0] ?? x) : x),
  ];

  const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
  const chains = fc.array(fc.record({ step: fc.nat(steps.length - 1), n: fc.nat(11) }), {
    maxLength: 7,
  });

  test("a chain of views has the values and slopes of the same chain on copies", () => {
    fc.assert(
      fc.property(shapes, chains, (shape, chain) => {
        const run = (copies: boolean) => {
          const base = counting(...shape);
          base.requiresGrad = true;
          let x: Tensor = base;
          for (const { step, n } of chain) {
            if (x.numel() === 0) break;
            x = steps[step]?.(copies ? x.clone() : x, n) ?? x;
          }
          x.mul(counting(...x.shape).add(1))
            .sum()
            .backward();
          return { values: x.toArray(), slopes: base.grad?.toArray() };
        };
        expect(run(false)).toEqual(run(true));
      }),
      runs,
    );
  });

  test("cat() of the parts of a split is the whole", () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 5 }), fc.nat(2), (shape, size, n) => {
        const x = counting(...shape);
        const dim = n % x.ndim;
        expect(cat(x.split(size, dim), dim).toArray()).toEqual(x.toArray());
        expect(cat(x.chunk(size, dim), dim).toArray()).toEqual(x.toArray());
      }),
      runs,
    );
  });
});
