import { describe, expect, test } from "vitest";
import { zerosOf } from "../../../kernel/tensor/dtype.ts";
import { OutOfMemoryError } from "../../../kernel/tensor/errors.ts";
import {
  decodeTensors,
  type DType,
  DTypeError,
  encodeTensors,
  F,
  ones,
  tensor,
  type Tensor,
  zeros,
} from "../../../kernel/tensor/index.ts";

const bytes = (...values: number[]): Tensor => tensor(Uint8Array.from(values));
const whole = (...values: number[]): Tensor => tensor(Int32Array.from(values));

describe("bytes", () => {
  test("a Uint8Array is a tensor of dtype u8, and bools stay bool", () => {
    expect(bytes(1, 200).dtype).toBe("u8");
    expect(tensor(Uint8Array.of(2, 0), { dtype: "bool" }).toArray()).toEqual([true, false]);
    expect(ones([2], { dtype: "bool" }).dtype).toBe("bool");
    expect(tensor([true, false]).dtype).toBe("bool");
  });

  test("they wrap at 256, as PyTorch's uint8", () => {
    expect(bytes(250, 3).add(bytes(10, 4)).toArray()).toEqual([4, 7]);
    expect(bytes(0).sub(1).toArray()).toEqual([255]);
    expect(tensor([300, -1]).to("u8").toArray()).toEqual([44, 255]);
  });

  test("beside a number they do not hold they become i32", () => {
    expect(bytes(200).add(1).dtype).toBe("u8");
    expect(bytes(200).add(300).toArray()).toEqual([500]);
    expect(bytes(3).lt(-1).item()).toBe(0);
    expect(bytes(3).mul(0.5).toArray()).toEqual([1.5]);
  });

  test("they are summed without overflow", () => {
    expect(bytes(200, 100).sum().item()).toBe(300);
    expect(bytes(200, 100).cumsum(0).toArray()).toEqual([200, 300]);
    expect(bytes(200, 100).mean().item()).toBe(150);
  });

  test("they print with their dtype", () => {
    expect(String(bytes(1, 20))).toBe("tensor([ 1, 20], dtype=torch.uint8)");
  });

  test("they keep their type in a file", () => {
    const { tensors } = decodeTensors(
      encodeTensors({ tensors: { a: bytes(1, 255), b: tensor([true]) }, metadata: {} }),
    );
    expect(tensors["a"]?.dtype).toBe("u8");
    expect(tensors["a"]?.toArray()).toEqual([1, 255]);
    expect(tensors["b"]?.toArray()).toEqual([true]);
  });
});

describe("two types meet in the wider: bool < u8 < i32 < f32 < f64", () => {
  const order: readonly DType[] = ["bool", "u8", "i32", "f32", "f64"];
  const pairs = order.flatMap((a, i) =>
    order.map((b, j) => [a, b, order[Math.max(i, j)]] as const),
  );
  test.each(pairs)("%s and %s make %s", (a, b, wider) => {
    const [x, y] = [ones([2], { dtype: a }), ones([2], { dtype: b })];
    expect(x.maximum(y).dtype).toBe(wider);
    expect(x.where(tensor([true, false]), y).dtype).toBe(wider);
    // A bool has no arithmetic of its own: it counts as 0 or 1.
    expect(x.add(y).dtype).toBe(wider === "bool" ? "i32" : wider);
    expect(x.div(y).dtype).toBe(wider === "f64" ? "f64" : "f32");
  });
});

describe("whole numbers", () => {
  test("sums, products and powers wrap at 2³², without rounding on the way", () => {
    expect(whole(2147483647).add(1).item()).toBe(-2147483648);
    expect(whole(123456789).mul(987654321).item()).toBe(-67153019);
    expect(whole(2147483647).square().item()).toBe(1);
    expect(whole(3).pow(40).item()).toBe(Number(BigInt.asIntN(32, 3n ** 40n)));
    expect(whole(123456789, 987654321, 3).prod().item()).toBe(
      Number(BigInt.asIntN(32, 123456789n * 987654321n * 3n)),
    );
    expect(whole(123456789, 987654321).cumprod(0).toArray()).toEqual([123456789, -67153019]);
  });

  test("a conversion cuts fractions off and makes NaN 0", () => {
    expect(tensor([1.9, -1.9, Number.NaN]).to("i32").toArray()).toEqual([1, -1, 0]);
    expect(tensor([0.5, 0, Number.NaN]).to("bool").toArray()).toEqual([true, false, true]);
  });

  test("written into bools, anything but 0 is true", () => {
    expect(zeros([2], { dtype: "bool" }).fill_(2).toArray()).toEqual([true, true]);
    expect(
      zeros([2], { dtype: "bool" })
        .copy_(tensor([0.5, 0]))
        .toArray(),
    ).toEqual([true, false]);
  });

  test.each(["remainder", "fmod", "floorDivide"] as const)("%s() by 0 is refused", (name) => {
    const act = () => whole(1, 2)[name](whole(1, 0));
    expect(act).toThrow(RangeError);
    expect(act).toThrow(
      `${name}: division of whole numbers by 0 at element 1 - wanted another divisor, or floats`,
    );
    expect(tensor([1])[name](0).isFinite().item()).toBe(0);
  });

  test("a negative power is refused, as it would be a fraction", () => {
    expect(() => whole(2).pow(-1)).toThrow(DTypeError);
    expect(() => whole(2).pow(-1)).toThrow(
      "pow: i32 to the power -1 - whole numbers take 0 or more",
    );
    expect(whole(2).pow(-0.5).dtype).toBe("f32");
    expect(
      whole(2, 1, -1, -1)
        .pow(whole(-1, -5, -2, -3))
        .toArray(),
    ).toEqual([0, 1, 1, -1]);
  });

  test("to() refuses what is no dtype, and knows PyTorch's names", () => {
    const wanted = 'wanted "f32", "f64", "i32", "u8" or "bool"';
    expect(() => ones([1]).to("float" as never)).toThrow(
      expect.objectContaining({ message: `to: "float" for the dtype - ${wanted}`, hint: '"f32"' }),
    );
    expect(() => ones([1]).to(undefined as never)).toThrow(
      `to: undefined for the dtype - ${wanted}`,
    );
  });
});

test("values for which there is no room are refused with their size, catchably", () => {
  const many = () => zerosOf("f64", 2 ** 40);
  expect(many).toThrow(OutOfMemoryError);
  expect(many).toThrow(
    "memory: the values of a tensor want 8388608.0 MB - there is no room for them",
  );
  expect(() => zerosOf("u8", 2 ** 43)).toThrow("want 8388608.0 MB");
});

test("so is the room in which an op computes", () => {
  const heads = zeros([1], { dtype: "f64" }).expand([1, 1, 1e6, 1e5]);
  expect(() => F.scaledDotProductAttention(heads, heads, heads)).toThrow(OutOfMemoryError);
});
