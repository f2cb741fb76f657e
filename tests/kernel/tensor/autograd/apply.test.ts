/** Numbers as operands: several ops share one tensor for each, which nobody sees. */
import { describe, expect, test } from "vitest";
import { noGrad, tensor, type Tensor } from "../../../../kernel/tensor/index.ts";

describe("a number as operand", () => {
  test("0 and -0 are two numbers", () => {
    const x = tensor([1, -1]);
    expect(x.div(0).toArray()).toEqual([Infinity, -Infinity]);
    expect(x.div(-0).toArray()).toEqual([-Infinity, Infinity]);
    expect(x.div(0).toArray()).toEqual([Infinity, -Infinity]);
  });

  test("stays what it is whatever is written to the results", () => {
    const double = (x: Tensor): Tensor => x.mul(2);
    noGrad(() => double(tensor(1)).fill_(7).add_(2).mul_(2));
    const filled = tensor([0, 0]).fill_(2);
    filled.add_(5);
    expect(double(tensor([1, 3])).toArray()).toEqual([2, 6]);
  });

  test("takes the type of the tensor beside it, each time", () => {
    const results = [tensor([1]), tensor([true]), tensor([1], { dtype: "f64" }), tensor([1])].map(
      (x) => x.mul(3).dtype,
    );
    expect(results).toEqual(["f32", "i32", "f64", "f32"]);
  });

  test("is right after more numbers than are remembered", () => {
    const x = tensor([1]);
    for (let i = 0; i < 1000; i++) expect(x.mul(i).item()).toBe(i);
    expect(x.mul(3).item()).toBe(3);
  });
});
