import { describe, expect, test } from "vitest";
import {
  ModuleWriter,
  type V128,
  v128,
} from "../../../../../kernel/tensor/backends/wasm/assembler/index.ts";
import {
  erf as erfOf,
  normalBelow,
} from "../../../../../kernel/tensor/backends/reference/normal.ts";
import { acos, asin, atan } from "../../../../../kernel/tensor/backends/wasm/kernels/arcs.ts";
import { erf, gelu, geluTanh } from "../../../../../kernel/tensor/backends/wasm/kernels/gelu.ts";
import {
  log,
  log10,
  log1p,
  log2,
  softplus,
} from "../../../../../kernel/tensor/backends/wasm/kernels/logarithm.ts";
import { VectorMath } from "../../../../../kernel/tensor/backends/wasm/kernels/vector-math.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { soaking } from "../../../../counts.ts";
import { edges, hardNumbers, ulps } from "./samples.ts";

interface Case {
  readonly name: string;
  readonly write: (math: VectorMath, x: ReturnType<VectorMath["local"]>) => V128;
  /** In double precision. */
  readonly truth: (x: number) => number;
}

/** -0 where a product with an underflown share is meant: -∞ times 0 is NaN all the same. */
const gated = (x: number, share: number) => (share === 0 && x !== -Infinity ? -0 : x * share);
const logistic = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));
const softplusOf = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

const cases: readonly Case[] = [
  { name: "exp", write: (math, x) => math.exp(x), truth: Math.exp },
  { name: "expm1", write: (math, x) => math.expm1(x), truth: Math.expm1 },
  { name: "log", write: log, truth: Math.log },
  { name: "log1p", write: log1p, truth: Math.log1p },
  { name: "log2", write: log2, truth: Math.log2 },
  { name: "log10", write: log10, truth: Math.log10 },
  { name: "atan", write: atan, truth: Math.atan },
  { name: "asin", write: asin, truth: Math.asin },
  { name: "acos", write: acos, truth: Math.acos },
  { name: "tanh", write: (math, x) => math.tanh(x), truth: Math.tanh },
  { name: "sigmoid", write: (math, x) => math.sigmoid(x), truth: logistic },
  { name: "silu", write: (math, x) => math.silu(x), truth: (x) => gated(x, logistic(x)) },
  { name: "softplus", write: softplus, truth: softplusOf },
  { name: "erf", write: erf, truth: erfOf },
  { name: "gelu", write: gelu, truth: (x) => gated(x, normalBelow(x)) },
  {
    name: "geluTanh",
    write: geluTanh,
    truth: (x) => gated(x, logistic(Math.sqrt(8 / Math.PI) * (x + 0.044715 * x ** 3))),
  },
];

const COUNT = 4096;

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const floats = new Float32Array(memory.buffer);
  const writer = new ModuleWriter();
  for (const { name, write } of cases)
    writer.function(name, { n: "i32" }, (f, { n }) => {
      const math = new VectorMath(f, variant);
      const i = f.local("i32");
      f.upTo(i, n, 16, () => {
        const x = f.local(v128.load(i));
        f.emit(v128.store(i, write(math, x), 4 * COUNT));
      });
    });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(writer.encode(false)), {
    host: { memory },
  });

  test.each(cases)("$name is within 2 units in the last place", ({ name, truth }) => {
    const random = new Generator(7);
    const kernel = exports[name] as (bytes: number) => void;
    let worst = 0;
    let at = 0;
    for (let round = 0; round < (soaking ? 1000 : 4); round++) {
      const x = hardNumbers(random, COUNT);
      x.set(edges);
      floats.set(x);
      kernel(4 * COUNT);
      for (let i = 0; i < COUNT; i++) {
        const error = ulps(floats[COUNT + i] ?? 0, truth(x[i] ?? 0));
        if (error <= worst) continue;
        worst = error;
        at = x[i] ?? 0;
      }
    }
    expect(worst, `at ${at}`).toBeLessThanOrEqual(2);
  });
});

test("arcs of all sizes to 1 are within 2 units in the last place", () => {
  const count = 2 ** 12;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const floats = new Float32Array(memory.buffer);
  for (const [write, truth] of [
    [atan, Math.atan],
    [asin, Math.asin],
    [acos, Math.acos],
  ] as const) {
    const writer = new ModuleWriter();
    writer.function("run", { n: "i32" }, (f, { n }) => {
      const math = new VectorMath(f, variants.plain);
      const i = f.local("i32");
      f.upTo(i, n, 16, () => f.emit(v128.store(i, write(math, f.local(v128.load(i))), 4 * count)));
    });
    const module = new WebAssembly.Module(writer.encode(false));
    const { exports } = new WebAssembly.Instance(module, { host: { memory } });
    const random = new Generator(8);
    for (let round = 0; round < (soaking ? 1000 : 20); round++) {
      const x = Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
      x.set([0, -0, 0.5, -0.5, 1, -1]);
      floats.set(x);
      (exports["run"] as (bytes: number) => void)(4 * count);
      const errors = x.map((each, i) => ulps(floats[count + i] ?? 0, truth(each)));
      const worst = Math.max(...errors);
      expect(worst, `${truth.name} of ${x[errors.indexOf(worst)]}`).toBeLessThanOrEqual(2);
    }
  }
});

test("logarithms to base 2 and 10 of their powers are whole", () => {
  const writer = new ModuleWriter();
  writer.function("run", {}, (f) => {
    const math = new VectorMath(f, variants.plain);
    f.emit(v128.store(64, log2(math, f.local(v128.load(0)))));
    f.emit(v128.store(80, log10(math, f.local(v128.load(16)))));
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const floats = new Float32Array(memory.buffer);
  floats.set([1, 8, 2 ** -140, 2 ** 127, 1, 10, 1000, 1e10]);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(writer.encode(false)), {
    host: { memory },
  });
  (instance.exports["run"] as () => void)();
  expect([...floats.subarray(16, 24)]).toEqual([0, 3, -140, 127, 0, 1, 3, 10]);
});
