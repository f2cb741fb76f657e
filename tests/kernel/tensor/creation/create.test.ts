/** What makes tensors accepts much, and refuses the rest by name. */
import { describe, expect, test } from "vitest";
import {
  arange,
  DTypeError,
  eye,
  full,
  linspace,
  logspace,
  normal,
  randint,
  randn,
  randnLike,
  randperm,
  tensor,
  uniform,
  zeros,
  zerosLike,
} from "../../../../kernel/tensor/index.ts";

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

describe("tensor()", () => {
  test.each<[string, unknown, string, unknown]>([
    ["Float32Array", Float32Array.of(1, 2), "f32", [1, 2]],
    ["Float64Array", Float64Array.of(0.1), "f64", [0.1]],
    ["Int32Array", Int32Array.of(-1), "i32", [-1]],
    ["Uint8Array", Uint8Array.of(200), "u8", [200]],
    ["Uint8ClampedArray", Uint8ClampedArray.of(300), "u8", [255]],
    ["Int8Array", Int8Array.of(-5), "i32", [-5]],
    ["Int16Array", Int16Array.of(-500), "i32", [-500]],
    ["Uint16Array", Uint16Array.of(65535), "i32", [65535]],
    ["Uint32Array", Uint32Array.of(7), "i32", [7]],
    ["BigInt64Array", BigInt64Array.of(-7n), "i32", [-7]],
    [
      "typed rows",
      [Float32Array.of(1, 2), [3, 4]],
      "f32",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["numbers beside booleans", [true, 2], "f32", [1, 2]],
    ["booleans", [[true], [false]], "bool", [[true], [false]]],
    ["tensors of one element", [tensor(1), 2, tensor([3])], "f32", [1, 2, 3]],
    ["a tensor", tensor(Int32Array.of(4)), "i32", [4]],
    ["no rows", [], "f32", []],
    ["empty rows", [[], []], "f32", [[], []]],
    ["a big integer", 3n, "f32", 3],
  ])("takes %s", (_, data, dtype, values) => {
    const made = tensor(anything(data));
    expect(made.dtype).toBe(dtype);
    expect(made.toArray()).toEqual(values);
  });

  test("of a tensor is a copy without history", () => {
    const w = tensor([1, 2], { requiresGrad: true });
    const copy = tensor(w.mul(2));
    w.detach().fill_(9);
    expect(copy.toArray()).toEqual([2, 4]);
    expect(copy.requiresGrad).toBe(false);
  });

  test("takes the type that was asked for, cutting fractions off", () => {
    expect(tensor([1.7, -1.7], { dtype: "i32" }).toArray()).toEqual([1, -1]);
    expect(tensor([0, 0.5, -1], { dtype: "bool" }).toArray()).toEqual([false, true, true]);
    expect(tensor(Float64Array.of(1.5), { dtype: "f32" }).dtype).toBe("f32");
  });

  test.each<[string, unknown, string]>([
    ["text", ["a"], "tensor: a string at [0] - wanted a number"],
    ["text that looks like numbers", [[1, "2"]], "tensor: a string at [0, 1] - wanted a number"],
    ["nothing", undefined, "tensor: undefined - wanted a number"],
    ["null", [1, null], "tensor: null at [1] - wanted a number"],
    // oxlint-disable-next-line no-sparse-arrays
    ["holes", [1, , 3], "tensor: undefined at [1] - wanted a number"],
    ["objects", { a: 1 }, "tensor: an object - wanted a number"],
    ["functions", [() => 1], "tensor: a function at [0] - wanted a number"],
    ["raw bytes", new DataView(new ArrayBuffer(4)), "tensor: an object - wanted a number"],
    ["tensors of several", [tensor([1, 2])], "tensor: a tensor of [2] at [0] - wanted numbers"],
    [
      "ragged rows",
      [[1, 2], [3]],
      "tensor: rows of 2 and 1 elements at depth 1 - all must be equally long",
    ],
    [
      "rows beside numbers",
      [1, [2]],
      "tensor: a row of 1 beside a number - all rows must be equally deep",
    ],
    [
      "an array that holds itself",
      ((own: unknown[]) => own.push(own) && own)([]),
      "tensor: rows in rows, more than 64 deep - wanted numbers in the innermost",
    ],
    [
      "ragged typed rows",
      [Float32Array.of(1), Float32Array.of(1, 2)],
      "tensor: rows of 1 and 2 elements",
    ],
    [
      "integers too large",
      BigInt64Array.of(3_000_000_000n),
      "tensor: 3000000000 - it does not fit i32",
    ],
  ])("refuses %s", (_, data, message) => {
    expect(() => tensor(anything(data))).toThrow(message);
  });

  test.each<[() => unknown, string]>([
    [() => tensor([Number.NaN], { dtype: "i32" }), "tensor: NaN - it does not fit i32"],
    [() => tensor([256], { dtype: "u8" }), "tensor: 256 - it does not fit u8"],
    [() => tensor([1], { dtype: anything("float") }), 'dtype: "float" is not one of'],
    [
      () => tensor([1], anything("f64")),
      "tensor: a string for the options - wanted an object such as { dtype: ... }",
    ],
  ])("%s", (act, message) => {
    expect(act).toThrow(DTypeError);
    expect(act).toThrow(message);
  });
});

describe("arange(), linspace(), eye(), full()", () => {
  // Lengths and values as PyTorch 1.13 gives them.
  test("arange() rounds the count of steps up, floating-point error included", () => {
    expect(arange(1, 1.3, 0.1).shape).toEqual([4]);
    expect(arange(0, 1, 0.1).shape).toEqual([10]);
    expect(arange(0, 0.3, 0.1).shape).toEqual([3]);
    expect(arange(0).shape).toEqual([0]);
    expect(arange(3, 3).shape).toEqual([0]);
  });

  test("arange() takes options after any count of numbers", () => {
    expect(arange(3, { dtype: "f64" }).dtype).toBe("f64");
    expect(arange(1, 3, { dtype: "f64" }).toArray()).toEqual([1, 2]);
    expect(arange(3, 0, -2, { dtype: "f64" }).toArray()).toEqual([3, 1]);
  });

  test("linspace() meets both ends, and cuts fractions off for integers", () => {
    expect(linspace(0, 1, 1).toArray()).toEqual([0]);
    expect(linspace(0, 1, 0).toArray()).toEqual([]);
    expect(linspace(0, 10, 4, { dtype: "i32" }).toArray()).toEqual([0, 3, 6, 10]);
    expect(linspace(0, -1, 3, { dtype: "i32" }).toArray()).toEqual([0, 0, -1]);
    expect(linspace(-0.3, 0.7, 11, { dtype: "f64" }).at(-1).item()).toBe(0.7);
  });

  test("eye() takes options in place of the second size", () => {
    expect(eye(2, { dtype: "bool" }).toArray()).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(eye(0).shape).toEqual([0, 0]);
  });

  test("full() of a boolean is bool", () => {
    expect(full([2], true).dtype).toBe("bool");
    expect(full([1], 5, { dtype: "bool" }).toArray()).toEqual([true]);
  });

  test("zerosLike() and randperm() take a dtype of their own", () => {
    expect(zerosLike(arange(2), { dtype: "f64" }).dtype).toBe("f64");
    expect(randperm(3, { dtype: "f32" }).dtype).toBe("f32");
  });
});

describe("what cannot be made is refused by the name of what was called", () => {
  test.each<[() => unknown, string]>([
    [() => arange(5, 0), "arange: from 5 to 0 by 1 - wanted a step towards the end"],
    [
      () => arange(0, 5, 0),
      "arange: from 0 to 5 by 0 - wanted finite ends and a step other than 0",
    ],
    [() => arange(anything("5")), "arange: a string for the end - wanted a number"],
    [() => arange(0, anything("5")), "arange: a string for the end - wanted a number"],
    [() => arange(0, 5, anything("2")), "arange: a string for the step - wanted a number"],
    [() => arange(0, anything(null)), "arange: null for the options - wanted an object"],
    [() => arange(0, 5, 1, anything("f64")), "arange: a string for the options - wanted an object"],
    [
      () => zeros([2], anything({ requires_grad: true })),
      'zeros: option "requires_grad" - wanted dtype, requiresGrad',
    ],
    [
      () => randn([2], { generator: anything(42) }),
      "randn: a number for the generator - wanted a Generator",
    ],
    [() => arange(Infinity), "arange: from 0 to Infinity by 1 - wanted finite ends"],
    [
      () => linspace(0, anything(undefined), 3),
      "linspace: undefined for the end - wanted a number",
    ],
    [() => linspace(0, 1, 2.5), "linspace: steps 2.5 - wanted a whole number, 0 or more"],
    [
      () => linspace(0, 1, anything(undefined)),
      "linspace: steps undefined - wanted a whole number, 0 or more",
    ],
    [
      () => logspace(0, 1, anything(undefined)),
      "logspace: steps undefined - wanted a whole number, 0 or more",
    ],
    [() => eye(-1), "eye: shape [-1, -1] - sizes must be whole numbers, 0 or more"],
    [() => full([2], anything("3")), "full: a string for the value - wanted a number"],
    [() => zeros([2], anything("f64")), "zeros: a string for the options - wanted an object"],
    [() => zeros([2], anything(null)), "zeros: null for the options - wanted an object"],
    [
      () => zeros([65536, 65536]),
      "zeros: shape [65536, 65536] has 4294967296 elements - there is room for less than 2³¹",
    ],
    [() => zerosLike(anything([2])), "zerosLike: an array for the model - wanted a tensor"],
    [() => randnLike(arange(2)), "randnLike: dtype i32 - wanted f32 or f64"],
    [() => randn([2], { dtype: "i32" }), "randn: dtype i32 - wanted f32 or f64"],
    [
      () => uniform([2], 0, anything(undefined)),
      "uniform: undefined for the upper limit - wanted a number",
    ],
    [() => normal([2], anything("0"), 1), "normal: a string for the mean - wanted a number"],
    [() => uniform([2], 1, 0), "uniform: from 1 to 0 - wanted the second not smaller"],
    [() => normal([2], 0, -1), "normal: mean 0 and std -1 - wanted numbers, std 0 or more"],
    [() => eye(2, 2, anything(null)), "eye: null for the options - wanted an object"],
    [() => randint(0, 0, [2]), "randint: from 0 to 0 - wanted whole numbers, the second larger"],
    [
      () => randperm(anything(undefined)),
      "randperm: shape [undefined] - sizes must be whole numbers",
    ],
  ])("%s", (act, message) => {
    expect(act).toThrow(message);
  });
});
