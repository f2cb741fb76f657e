/** `dispose()` and `using`: a hint that frees early and never changes a number. */
import { describe, expect, test } from "vitest";
import {
  nn,
  noGrad,
  ones,
  optim,
  tensor,
  type Tensor,
  zeros,
} from "../../../kernel/tensor/index.ts";
import { watchBurials } from "./burials.ts";

const leaf = (data: number[]) => tensor(data, { requiresGrad: true });

const dead = watchBurials();

describe("dispose()", () => {
  test("gives the memory back at once, and may be called twice", () => {
    const x = ones([4]).add(1);
    expect(x.isDisposed).toBe(false);
    x.dispose();
    x.dispose();
    expect([x.isDisposed, dead.has(x.storage)]).toEqual([true, true]);
    expect(x.shape).toEqual([4]);
  });

  test("leaves the values to other views of them", () => {
    const x = ones([2, 2]).add(1);
    const row = x.at(0);
    x.dispose();
    expect(row.toArray()).toEqual([2, 2]);
    expect(row.detach().toArray()).toEqual([2, 2]);
  });

  test("leaves them to whoever has read the array", () => {
    const x = ones([2]).add(1);
    const { data } = x;
    x.dispose();
    zeros([2]).add(7);
    expect([...data]).toEqual([2, 2]);
  });

  test("leaves them to whoever gave the array", () => {
    const given = new Float32Array([1, 2]);
    tensor(given).dispose();
    zeros([2]).add(7);
    expect([...given]).toEqual([1, 2]);
  });

  test("waits for the graph that needs them", () => {
    const x = leaf([1, 2]);
    const y = x.mul(3);
    const z = y.square();
    const loss = z.sum();
    y.dispose();
    z.dispose();
    expect(dead.size).toBe(0);
    loss.backward();
    expect(x.grad.toArray()).toEqual([18, 36]);
    expect([dead.has(y.storage), dead.has(z.storage)]).toEqual([true, true]);
  });

  test("waits for a graph that is walked twice, or whose slopes are recorded", () => {
    const x = leaf([2]);
    const y = x.square();
    const loss = y.mul(y).sum();
    y.dispose();
    loss.backward({ retainGraph: true });
    loss.backward({ createGraph: true });
    expect(x.grad.toArray()).toEqual([64]);
  });

  test("leaves a slope to the optimiser", () => {
    const w = nn.Parameter(tensor([1, 2]));
    const opt = optim.SGD([w], { lr: 1 });
    w.mul(3).sum().backward();
    w.grad.dispose();
    opt.step();
    opt.zeroGrad();
    expect(w.toArray()).toEqual([-2, -1]);
  });
});

describe("using", () => {
  test("disposes at the end of the block", () => {
    let seen: Tensor | null = null;
    {
      using x = ones([4]).add(1);
      seen = x;
      expect(x.sum().item()).toBe(8);
    }
    expect(seen.isDisposed).toBe(true);
    expect(dead.has(seen.storage)).toBe(true);
  });

  test("works by the symbol's name where JavaScript has none", () => {
    const x = ones([4]).add(1);
    const dispose: unknown = Reflect.get(x, Symbol.for("Symbol.dispose"));
    Reflect.apply(dispose as () => void, x, []);
    expect(x.isDisposed).toBe(true);
  });

  test("trains as without", () => {
    const train = (early: boolean): number[] => {
      const x = tensor([[1], [2], [3]]);
      const w = nn.Parameter(tensor([[0.5]]));
      const opt = optim.SGD([w], { lr: 0.05 });
      return Array.from({ length: 5 }, () => {
        opt.zeroGrad();
        const wrong = x.matmul(w).sub(x.mul(2));
        const squares = wrong.square();
        const loss = squares.mean();
        if (early) for (const each of [wrong, squares]) each.dispose();
        loss.backward();
        opt.step();
        return loss.item();
      });
    };
    expect(train(true)).toEqual(train(false));
  });
});

describe("a disposed tensor", () => {
  const gone = () => {
    const x = ones([2]).add(1);
    x.dispose();
    return x;
  };
  test.each<[string, () => unknown, string]>([
    ["data", () => gone().data, "data"],
    ["toArray()", () => gone().toArray(), "data"],
    ["printing", () => String(gone()), "data"],
    ["an op", () => gone().mul(2), "mul"],
    ["an operand", () => ones([2]).add(gone()), "add"],
    ["a write", () => noGrad(() => gone().fill_(1)), "fill_"],
  ])("is refused by %s", (_, act, op) => {
    expect(act).toThrow(`${op}: a tensor [2] that was disposed of - wanted one that is in use`);
    expect(act).toThrow(ReferenceError);
  });

  test("is refused by item()", () => {
    const x = ones([1]).add(1);
    x.dispose();
    expect(() => x.item()).toThrow("item: a tensor [1] that was disposed of");
  });

  test("has no values in a view that was made of it later", () => {
    expect(() => gone().detach().toArray()).toThrow(
      "tensor: values that dispose() or the end of a using gave back - wanted a tensor that is in use",
    );
  });
});
