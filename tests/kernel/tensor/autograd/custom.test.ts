/** Ops written by users: a forward and a backward of their own. */
import { describe, expect, test } from "vitest";
import {
  type CustomSlopes,
  customOp,
  grad,
  gradcheck,
  noGrad,
  randn,
  type Tensor,
  tensor,
} from "../../../../kernel/tensor/index.ts";

const leaf = (data: number | number[]) => tensor(data, { requiresGrad: true });

const expOp = customOp({
  name: "myExp",
  forward(ctx, x: Tensor) {
    const y = x.exp();
    ctx.save(y);
    return y;
  },
  backward: (ctx, g) => g.mul(ctx.saved[0] ?? g),
});

/** A product whose backward gives what a test wants. */
const giving = (slopes: (g: Tensor) => unknown) =>
  customOp({
    name: "product",
    forward: (_, a: Tensor, b: Tensor) => a.mul(b),
    backward: (_, g) => slopes(g) as CustomSlopes,
  });

describe("customOp()", () => {
  test("computes by its forward and walks back by its backward", () => {
    const x = leaf([0, 1]);
    const y = expOp(x);
    expect(y.toArray()).toEqual(x.exp().toArray());
    y.sum().backward();
    expect(x.grad?.toArray()).toEqual(y.toArray());
    expect(gradcheck(expOp, [randn([2, 3])])).toBe(true);
  });

  test("can be differentiated twice when its backward is made of tensor methods", () => {
    const x = leaf(1);
    const [first] = grad(expOp(x), [x], { createGraph: true });
    const [second] = first === undefined ? [] : grad(first, [x]);
    expect(second?.item()).toBeCloseTo(Math.E, 5);
  });

  test("records nothing of its forward", () => {
    const x = leaf(2);
    let inner: Tensor | null = null;
    const op = customOp({
      name: "seen",
      forward: (_, a: Tensor) => (inner = a.mul(3)),
      backward: (_, g) => g.mul(100),
    });
    op(x).backward();
    expect((inner as Tensor | null)?.requiresGrad).toBe(false);
    expect(x.grad?.item()).toBe(100);
  });

  test("takes arguments that are no tensors, which get null", () => {
    const scale = customOp({
      name: "scale",
      forward: (_, x: Tensor, factor: number) => x.mul(factor),
      backward: (ctx, g) => [g.mul(ctx.args[1]), null],
    });
    const x = leaf([1, 2]);
    scale(x, 5).sum().backward();
    expect(x.grad?.toArray()).toEqual([5, 5]);
    expect(gradcheck((a) => scale(a, 3), [randn([2])])).toBe(true);
  });

  test("tells its backward which slopes are wanted", () => {
    const asked: boolean[][] = [];
    const op = customOp({
      name: "asked",
      forward: (_, a: Tensor, b: Tensor) => a.add(b),
      backward(ctx, g) {
        asked.push([ctx.needsGrad(0), ctx.needsGrad(1)]);
        return [g, null];
      },
    });
    op(leaf(1), tensor(2)).backward();
    expect(asked).toEqual([[true, false]]);
  });

  test("may have several results, whose slopes arrive together", () => {
    const sinCos = customOp({
      name: "sinCos",
      forward(ctx, x: Tensor) {
        ctx.save(x);
        return [x.sin(), x.cos()] as const;
      },
      backward(ctx, gSin, gCos) {
        const [x] = ctx.saved;
        return x !== undefined && gSin !== undefined && gCos !== undefined
          ? gSin.mul(x.cos()).sub(gCos.mul(x.sin()))
          : null;
      },
    });
    expect(
      gradcheck(
        (x) => {
          const [s, c] = sinCos(x);
          return s.mul(c).add(s);
        },
        [randn([3])],
      ),
    ).toBe(true);
    const x = leaf(0.5);
    sinCos(x)[0].backward();
    expect(x.grad?.item()).toBeCloseTo(Math.cos(0.5), 6);
  });

  test("gives a result of its own when the forward passes an argument on", () => {
    const same = customOp({
      name: "same",
      forward: (_, x: Tensor) => x,
      backward: (_, g) => g.neg(),
    });
    const x = leaf([1, 2]);
    same(x).sum().backward();
    expect(x.isLeaf).toBe(true);
    expect(x.grad?.toArray()).toEqual([-1, -1]);
  });

  test("sums slopes over what was broadcast", () => {
    const [a, b] = [leaf([1, 2]), leaf(3)];
    giving((g) => [g.mul(b), g.mul(a)])(a, b)
      .sum()
      .backward();
    expect([a.grad?.toArray(), b.grad?.item()]).toEqual([[3, 3], 3]);
  });

  test("is not recorded where nobody wants a slope", () => {
    expect(expOp(tensor(1)).requiresGrad).toBe(false);
    expect(noGrad(() => expOp(leaf(1))).requiresGrad).toBe(false);
  });

  test("refuses a saved tensor that was changed in place", () => {
    const x = tensor([1, 2]);
    const op = customOp({
      name: "times",
      forward(ctx, w: Tensor, other: Tensor) {
        ctx.save(other);
        return w.mul(other);
      },
      backward: (ctx, g) => [g.mul(ctx.saved[0] ?? g), null],
    });
    const loss = op(leaf([1, 1]), x).sum();
    x.fill_(0);
    expect(() => loss.backward()).toThrow(
      "times: saved tensor 0 [2] was changed in place since the forward - backward needs the value it had",
    );
  });

  test.each<[string, (g: Tensor) => unknown, string]>([
    [
      "too few slopes",
      (g) => [g],
      "product: backward returned 1 slopes for its 2 arguments - wanted a list with a slope or null for each",
    ],
    ["a slope without a list", (g) => g, "product: backward returned a tensor for its 2 arguments"],
    ["nothing", () => undefined, "product: backward returned undefined for its 2 arguments"],
    [
      "a slope of another shape",
      (g) => [g.sum(), g],
      "product: backward returned [] for argument 0 [2] - shapes must be equal",
    ],
    [
      "a number",
      (g) => [3, g],
      "product: backward returned a number for argument 0 - wanted a tensor of f32 or f64, or null",
    ],
    ["integers", (g) => [g.to("i32"), g], "product: backward returned i32 for argument 0"],
  ])("refuses %s from a backward", (_, slopes, message) => {
    const loss = giving(slopes)(leaf([1, 2]), leaf([3, 4])).sum();
    expect(() => loss.backward()).toThrow(message);
  });

  test.each<[string, () => unknown, string]>([
    [
      "a missing backward",
      () => customOp({ name: "half", forward: (_: unknown, x: Tensor) => x } as never),
      "customOp: half has undefined for backward - wanted a function",
    ],
    [
      "a missing name",
      () => customOp({} as never),
      "customOp: undefined for the name - wanted a text",
    ],
    ["nothing at all", () => customOp(undefined as never), "customOp: undefined for the name"],
    [
      "a forward that returns a number",
      () => customOp({ name: "one", forward: () => 1 as never, backward: () => null })(),
      "one: forward returned a number as result 0 - wanted a tensor",
    ],
    [
      "a number to save",
      () =>
        customOp({
          name: "two",
          forward(ctx, x: Tensor) {
            ctx.save(2 as never);
            return x;
          },
          backward: () => null,
        })(leaf(1)),
      "two: save was given a number as item 0 - wanted tensors",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});
