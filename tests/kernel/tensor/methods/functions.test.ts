import { describe, expect, test } from "vitest";
import { backend } from "../../../../kernel/tensor/backends/current.ts";
import { F, nn, tensor, type Tensor } from "../../../../kernel/tensor/index.ts";

const { NaN: nan } = Number;
const inf = Infinity;
const anything = (value: unknown) => value as never;

describe("rounding", () => {
  test("round() sends halves to the even number and keeps the sign of 0", () => {
    const x = tensor([0.5, 1.5, 2.5, -0.5, -1.5, -0.2, 2.4999, 8388607.5]);
    expect(x.round().toArray()).toEqual([0, 2, 2, -0, -2, -0, 2, 8388608]);
    const large = tensor([4503599627370495.5, 1e300, inf, -inf, nan], { dtype: "f64" });
    expect(large.round().toArray()).toEqual([4503599627370496, 1e300, inf, -inf, nan]);
  });

  test("sign() is 0 for NaN, as PyTorch's", () => {
    expect(tensor([nan, -2, 0, -0, inf]).sign().toArray()).toEqual([0, -1, 0, 0, 1]);
  });

  test("floor(), ceil() and trunc() keep the sign of 0, infinities and NaN", () => {
    const x = tensor([-1.5, 1.5, -0, -0.5, inf, nan]);
    expect(x.floor().toArray()).toEqual([-2, 1, -0, -1, inf, nan]);
    expect(x.ceil().toArray()).toEqual([-1, 2, -0, -0, inf, nan]);
    expect(x.trunc().toArray()).toEqual([-1, 1, -0, -0, inf, nan]);
  });

  test("whole numbers stay whole", () => {
    const x = tensor(Int32Array.of(-2, 3));
    for (const each of [x.round(), x.floor(), x.abs(), x.sign(), x.square(), x.neg(), x.relu()])
      expect(each.dtype).toBe("i32");
    expect(x.exp().dtype).toBe("f32");
  });

  test("a slope that comes back is 0, even of infinity", () => {
    const x = tensor([1.2], { requiresGrad: true });
    x.floor().mul(inf).sum().backward();
    expect(x.grad?.toArray()).toEqual([0]);
  });
});

describe("what NaN and infinities are", () => {
  const x = tensor([1, nan, inf, -inf]);
  test("isNan(), isInf() and isFinite()", () => {
    expect(x.isNan().toArray()).toEqual([false, true, false, false]);
    expect(x.isInf().toArray()).toEqual([false, false, true, true]);
    expect(x.isFinite().toArray()).toEqual([true, false, false, false]);
  });

  test("no whole number is either", () => {
    const whole = tensor(Int32Array.of(0, 5));
    expect(whole.isNan().any().item() || whole.isInf().any().item()).toBe(0);
    expect(whole.isFinite().all().item()).toBe(1);
  });
});

describe("functions at their ends", () => {
  test.each<[string, (x: Tensor) => Tensor, number[], number[]]>([
    ["log", (x) => x.log(), [0, -1, inf], [-inf, nan, inf]],
    ["log1p", (x) => x.log1p(), [-1, -2, 0], [-inf, nan, 0]],
    ["sqrt", (x) => x.sqrt(), [-1, -0, inf], [nan, -0, inf]],
    ["rsqrt", (x) => x.rsqrt(), [0, -1, inf], [inf, nan, 0]],
    ["reciprocal", (x) => x.reciprocal(), [0, -0, inf], [inf, -inf, 0]],
    ["asin", (x) => x.asin(), [1.5, 0], [nan, 0]],
    ["acos", (x) => x.acos(), [-1.5, 1], [nan, 0]],
    ["tanh", (x) => x.tanh(), [inf, -inf, nan], [1, -1, nan]],
    ["erf", (x) => x.erf(), [inf, -inf, nan], [1, -1, nan]],
    ["sigmoid", (x) => x.sigmoid(), [1000, -1000, nan], [1, 0, nan]],
    ["softplus", (x) => x.softplus(), [1000, -1000, nan], [1000, 0, nan]],
    ["logSigmoid", (x) => x.logSigmoid(), [1000, -1000, nan], [0, -1000, nan]],
    ["relu", (x) => x.relu(), [-1, inf, nan], [0, inf, nan]],
    ["leakyRelu", (x) => x.leakyRelu(0.5), [-2, 3, nan], [-1, 3, nan]],
    ["elu", (x) => x.elu(), [-inf, 1000, nan], [-1, 1000, nan]],
    ["gelu", (x) => x.gelu(), [30, -30, nan], [30, 0, nan]],
  ])("%s()", (_, run, at, wanted) => {
    const values = run(tensor(at, { dtype: "f64" })).data;
    expect(Array.from(values, (value) => (Math.abs(value) < 1e-100 ? 0 : value))).toEqual(
      wanted.map((value) => (value === 0 ? 0 : value)),
    );
  });

  test("expm1() and log1p() keep all digits near 0", () => {
    const x = tensor([1e-10], { dtype: "f64" });
    expect(Math.abs(x.expm1().item() / 1.00000000005e-10 - 1)).toBeLessThan(1e-15);
    expect(Math.abs(x.log1p().item() / 9.9999999995e-11 - 1)).toBeLessThan(1e-15);
  });

  test("sqrt() has an infinite slope at 0, elu() one of alpha from below", () => {
    const slopeOf = (run: (x: Tensor) => Tensor, at: number): number => {
      const x = tensor(at, { requiresGrad: true });
      run(x).backward();
      return x.grad?.item() ?? nan;
    };
    expect(slopeOf((x) => x.sqrt(), 0)).toBe(inf);
    expect(slopeOf((x) => x.relu(), 0)).toBe(0);
    expect(slopeOf((x) => x.abs(), 0)).toBe(0);
    expect(slopeOf((x) => x.leakyRelu(0.5), 0)).toBe(0.5);
    expect(slopeOf((x) => x.elu(2), 0)).toBe(2);
    expect(slopeOf((x) => x.elu(2), 100)).toBe(1);
    expect(slopeOf((x) => x.softplus(), 1000)).toBe(1);
  });
});

describe("accuracy", () => {
  /** One step of f32 at `value`, or two: kernels round on the way. */
  const stepAt = (value: number): number =>
    (backend().name === "reference" ? 1 : 2) *
    2 ** Math.max(Math.floor(Math.log2(Math.abs(value))) - 23, -149);
  const points = Float32Array.from({ length: 4001 }, (_, i) => (i - 2000) / 250);
  // Each formula is exact enough in double precision to judge single.
  test.each<[string, (x: Tensor) => Tensor, (x: number) => number]>([
    ["exp", (x) => x.exp(), Math.exp],
    ["expm1", (x) => x.expm1(), Math.expm1],
    ["tanh", (x) => x.tanh(), Math.tanh],
    ["sigmoid", (x) => x.sigmoid(), (v) => 1 / (1 + Math.exp(-v))],
    ["silu", (x) => x.silu(), (v) => v / (1 + Math.exp(-v))],
    ["softplus", (x) => x.softplus(), (v) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)))],
    ["sinh", (x) => x.sinh(), Math.sinh],
    ["atan", (x) => x.atan(), Math.atan],
  ])("%s() is within a step of f32 from -8 to 8, or two with kernels", (_, run, plain) => {
    const results = run(tensor(points)).data;
    points.forEach((point, i) => {
      const wanted = plain(point);
      expect(Math.abs((results[i] ?? nan) - wanted)).toBeLessThanOrEqual(stepAt(wanted));
    });
  });

  test("gelu() is exact to f32 also far below 0, where 1 + erf cancels", () => {
    // -8 Φ(-8), from a 40-digit evaluation.
    expect(Math.abs(tensor([-8]).gelu().item() / -4.976768459345757e-15 - 1)).toBeLessThan(1e-6);
  });
});

describe("gelu()", () => {
  test("the approximation is close to the exact function, and not the same", () => {
    const x = tensor([-1, 0.5, 2]);
    const gap = x
      .gelu()
      .sub(x.gelu({ approximate: "tanh" }))
      .abs();
    expect(gap.max().item()).toBeLessThan(1e-3);
    expect(gap.min().item()).toBeGreaterThan(0);
  });

  test("refuses other approximations and other options", () => {
    expect(() => tensor([1]).gelu(anything({ approximate: "sigmoid" }))).toThrow(
      'gelu: approximate "sigmoid" - wanted "none" or "tanh"',
    );
    expect(() => tensor([1]).gelu(anything("tanh"))).toThrow(
      "gelu: a string for the options - wanted an object such as { approximate: ... }",
    );
  });
});

test("elu() passes the slope of NaN and of infinities on as PyTorch does", () => {
  const x = tensor([Number.NaN, -Infinity, Infinity], { requiresGrad: true });
  x.elu().sum().backward();
  expect(x.grad.toArray()).toEqual([1, 0, 1]);
});

test("leakyRelu() and elu() refuse a slope that is no number", () => {
  expect(() => tensor([1]).leakyRelu(anything({ slope: 1 }))).toThrow(
    "leakyRelu: an object for slope - wanted a number",
  );
  expect(() => tensor([1]).elu(anything("1"))).toThrow("elu: a string for alpha - wanted a number");
});

test.each(
  Object.entries(F).filter(([name]) =>
    /^(relu|elu|gelu|silu|tanh|sigmoid|leakyRelu|softplus|logSigmoid|softmax|logSoftmax)$/.test(
      name,
    ),
  ),
)("F.%s() names itself when it gets no tensor", (name, run) => {
  const act = () => (run as (x: unknown, dim: number) => unknown)([1, 2], 0);
  expect(act).toThrow(`${name}: an array for input - wanted a tensor`);
});

test("an infinite slope ends where relu() and maximum() take no part, as in PyTorch", () => {
  // The slope of the root is infinite at 0; times 0 it would be NaN.
  const slopes = (run: (x: Tensor) => Tensor) => {
    const x = tensor([-1, 0, 4], { requiresGrad: true });
    run(x).sqrt().sum().backward();
    return x.grad.toArray();
  };
  expect(slopes((x) => x.relu())).toEqual([0, 0, 0.25]);
  expect(slopes((x) => x.maximum(0))).toEqual([0, inf, 0.25]);
  expect(slopes((x) => x.neg().minimum(0).neg())).toEqual([-0, inf, 0.25]);
});

test("softplus() bends as sharply as beta says and is straight above the threshold", () => {
  const x = tensor([-1, 0.5, 3], { dtype: "f64" });
  const bent = [-1, 0.5, 3].map((a) => Math.log1p(Math.exp(2 * a)) / 2);
  for (const softplus of [
    x.softplus({ beta: 2 }),
    F.softplus(x, { beta: 2 }),
    nn.Softplus({ beta: 2 })(x),
  ])
    softplus.data.forEach((value, i) => expect(value).toBeCloseTo(bent[i] ?? nan, 12));
  expect(x.softplus({ beta: 2, threshold: 5 }).data[2]).toBe(3);
  expect(String(nn.Softplus({ beta: 2 }))).toBe("Softplus(beta=2, threshold=20)");
  expect(() => x.softplus(anything(2))).toThrow("softplus: 2 for the options");
  expect(() => nn.Softplus(anything({ slope: 2 }))).toThrow(
    'Softplus: option "slope" - wanted beta, threshold',
  );
});
