/** The walk back: slopes of leaves, of results, and what it refuses. */
import { describe, expect, test } from "vitest";
import { grad, GradientError, noGrad, ones, tensor } from "../../../../kernel/tensor/index.ts";

const leaf = (data: number | number[]) => tensor(data, { requiresGrad: true });

describe("backward()", () => {
  test("gives micrograd's published slopes", () => {
    const [a, b] = [leaf(-4), leaf(2)];
    let c = a.add(b);
    let d = a.mul(b).add(b.pow(3));
    c = c.add(c.add(1));
    c = c.add(c.add(1).sub(a));
    d = d.add(d.mul(2).add(b.add(a).relu()));
    d = d.add(d.mul(3).add(b.sub(a).relu()));
    const f = c.sub(d).square();
    const g = f.div(2).add(tensor(10).div(f));
    g.backward();
    expect(g.item()).toBeCloseTo(24.7041, 3);
    expect(a.grad?.item()).toBeCloseTo(138.8338, 3);
    expect(b.grad?.item()).toBeCloseTo(645.5773, 3);
  });

  test("adds up when a tensor is used twice", () => {
    const x = leaf(3);
    x.mul(x).add(x).backward();
    expect(x.grad?.item()).toBe(7);
  });

  test("sums slopes over what was broadcast", () => {
    const [row, number] = [leaf([1, 2]), leaf(5)];
    ones([4, 2]).mul(row).add(number).sum().backward();
    expect(row.grad?.toArray()).toEqual([4, 4]);
    expect(number.grad?.toArray()).toBe(8);
  });

  test("walks a chain of 20,000 ops without recursion", () => {
    const x = leaf(1);
    let y = x;
    for (let i = 0; i < 20_000; i++) y = y.add(1);
    y.backward();
    expect(x.grad?.item()).toBe(1);
  });

  test("gives each leaf a slope of its own to change", () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    a.add(b).sum().backward();
    a.grad?.zero_();
    expect(b.grad?.toArray()).toEqual([1, 1]);
  });

  test("a second walk is refused, unless the graph was retained", () => {
    const x = leaf(2);
    const freed = x.mul(x);
    freed.backward();
    expect(() => freed.backward()).toThrow(
      "backward: the graph behind this mul was already walked and freed",
    );
    const kept = x.mul(x);
    kept.backward({ retainGraph: true });
    kept.backward();
    expect(x.grad?.item()).toBe(12);
  });

  test("a walk that meets a freed part adds nothing", () => {
    const x = leaf(2);
    const shared = x.mul(3);
    shared.square().backward();
    const before = x.grad?.item();
    expect(() => shared.add(x).backward()).toThrow(GradientError);
    expect(x.grad?.item()).toBe(before);
  });

  test.each<[string, () => void, string]>([
    [
      "many numbers",
      () => leaf([1, 2]).mul(2).backward(),
      "backward: this tensor is [2] - wanted a single number, such as a loss",
    ],
    [
      "no parameter",
      () => tensor(1).backward(),
      "backward: nothing this was computed from requires a gradient",
    ],
    [
      "a gradient of another shape",
      () =>
        leaf([1, 2])
          .mul(2)
          .backward({ gradient: ones([3]) }),
      "backward: gradient [3] for [2]",
    ],
    [
      "a gradient that is a number",
      () =>
        leaf(1)
          .mul(2)
          .backward({ gradient: 3 as never }),
      "backward: a number for the gradient - wanted a tensor",
    ],
    [
      "a gradient in place of options",
      () =>
        leaf(1)
          .mul(2)
          .backward(ones([]) as never),
      "backward: a tensor for the options - wanted an object such as { gradient: ... }",
    ],
    [
      "an option that there is not",
      () =>
        leaf(1)
          .mul(2)
          .backward({ retain: true } as never),
      'backward: option "retain" - wanted gradient, retainGraph, createGraph',
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("of a detached loss says what cut it off", () => {
    const hint = (act: () => void) => {
      try {
        act();
      } catch (error) {
        return (error as GradientError).hint;
      }
      return null;
    };
    expect(hint(() => leaf(2).detach().backward())).toContain("leave out item(), detach()");
    expect(hint(() => noGrad(() => leaf(2).mul(2).backward()))).toContain("outside noGrad");
  });

  test("refuses a value that was changed after it was used", () => {
    const w = leaf([1, 2]);
    const x = tensor([3, 4]);
    const loss = w.mul(x).sum();
    x.fill_(0);
    expect(() => loss.backward()).toThrow(
      "backward: the input [2] of mul was changed in place after it was used",
    );
  });

  test("does not mind a change of a value that no slope needs", () => {
    const w = leaf([1, 2]);
    const loss = w.add(1).sum();
    noGrad(() => w.add_(1));
    loss.backward();
    expect(w.grad?.toArray()).toEqual([1, 1]);
  });

  test("frees what the graph held, so that a kept loss keeps no forward pass", () => {
    const x = leaf([1, 2]);
    const loss = x.square().sum();
    loss.backward();
    expect(loss.node?.inputs).toEqual([]);
  });
});

describe("grad()", () => {
  test("leaves grad alone and can be taken again with createGraph", () => {
    const x = leaf(3);
    const [slope] = grad(x.pow(3), [x], { createGraph: true });
    expect(slope?.item()).toBeCloseTo(27, 4);
    const [second] = slope === undefined ? [] : grad(slope, [x]);
    expect(second?.item()).toBeCloseTo(18, 4);
    expect(x.grad).toBe(null);
  });

  test("gives slopes of intermediate values", () => {
    const x = leaf([1, 2]);
    const hidden = x.mul(3);
    const [slope] = grad(hidden.square().sum(), [hidden]);
    expect(slope?.toArray()).toEqual([6, 12]);
  });

  test("takes a gradient for an output of several numbers", () => {
    const x = leaf([1, 2]);
    const [slope] = grad(x.square(), [x], { gradient: tensor([1, 10]) });
    expect(slope?.toArray()).toEqual([2, 40]);
  });

  test("follows only what leads to its inputs", () => {
    const [x, y] = [leaf(1), leaf(2)];
    let walked = false;
    const other = y.mul(3);
    other.registerHook(() => void (walked = true));
    grad(x.mul(other), [x]);
    expect(walked).toBe(false);
  });

  test.each<[string, () => unknown, string]>([
    ["an output that is no tensor", () => grad(3 as never, []), "grad: a number for the output"],
    [
      "an input without a list",
      () => grad(leaf(1).mul(1), leaf(1) as never),
      "grad: a tensor for the inputs - wanted a list of tensors, as in grad(loss, [x])",
    ],
    [
      "an input that is no tensor",
      () => grad(leaf(1).mul(1), [null as never]),
      "grad: input 0 is null - wanted a tensor",
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("refuses an input that the output does not depend on", () => {
    expect(() => grad(leaf(1).mul(2), [leaf(1)])).toThrow(
      "grad: the output does not depend on input 0",
    );
  });
});

test("a slope that is none is refused when it is set", () => {
  const w = tensor([1, 2], { requiresGrad: true });
  expect(() => (w.grad = 5 as never)).toThrow("grad: a number for the slope - wanted a tensor");
  expect(() => (w.grad = tensor([1]) as never)).toThrow(
    "grad: a slope [1] for [2] - shapes must be equal",
  );
  w.grad = tensor([3, 4]);
  expect(w.grad.toArray()).toEqual([3, 4]);
  w.grad = null;
});

test("a hook may walk the same graph while it is walked", () => {
  const x = tensor([2], { requiresGrad: true });
  const square = x.square();
  const y = square.mul(3);
  let inner = Number.NaN;
  y.registerHook(() => {
    // The walk inside comes by here too.
    if (Number.isNaN(inner)) inner = 0;
    else return;
    inner = grad(y, [x], { retainGraph: true })[0]?.item() ?? Number.NaN;
  });
  y.add(square).sum().backward();
  expect([inner, x.grad.item()]).toEqual([12, 16]);
});

test("backward() reaches every leaf of a graph whose branches were made in any order", () => {
  const a = tensor([2], { requiresGrad: true });
  const b = tensor([3], { requiresGrad: true });
  const early = a.mul(b);
  const late = early.mul(a);
  // early is used again by the newest node, behind late.
  late.add(early.mul(b)).add(a).sum().backward();
  // a²b + ab² + a
  expect([a.grad.item(), b.grad.item()]).toEqual([12 + 9 + 1, 4 + 12]);
});
