/** Runs every case of every op: values against the plain formula, slopes against finite differences. */
import { describe, expect, test } from "vitest";
import {
  type DType,
  Generator,
  grad,
  gradcheck,
  type Nested,
  type Shape,
  type Tensor,
  tensor,
  uniform,
} from "../../../kernel/tensor/index.ts";
import { table } from "../../../kernel/tensor/ops/table.ts";
import type { Numbers, OpCase } from "./cases/case.ts";
import { opCases } from "./ops.cases.ts";

/** Ways for the same values to lie in memory: `spread` makes what `view` reads back. */
interface Layout {
  readonly name: string;
  readonly spread: (x: Tensor) => Tensor;
  readonly view: (x: Tensor) => Tensor;
}

const layouts: readonly Layout[] = [
  { name: "contiguous", spread: (x) => x, view: (x) => x },
  { name: "transposed", spread: (x) => x.T.contiguous().clone(), view: (x) => x.T },
  {
    name: "strided backwards",
    spread: (x) => {
      if (x.ndim === 0) return x;
      const doubled = [(x.shape[0] ?? 0) * 2, ...x.shape.slice(1)];
      return x.uncut(
        x.shape.map((size, dim) =>
          dim === 0 ? { start: size * 2 - 1, step: -2, size } : { start: 0, step: 1, size },
        ),
        doubled,
      );
    },
    view: (x) => (x.ndim === 0 ? x : x.at([null, null, -2])),
  },
];

function draw(
  shapes: readonly Shape[],
  [low, high]: readonly [number, number],
  dtype: "f32" | "f64",
): Tensor[] {
  const generator = new Generator(17);
  return shapes.map((shape) => uniform(shape, low, high, { generator, dtype }));
}

const numbers = (x: Tensor): Numbers => x.toArray() as Numbers;

function wanted(opCase: OpCase, inputs: readonly Tensor[], output: Tensor): Nested {
  if (opCase.whole !== undefined) return opCase.whole(...inputs.map(numbers));
  const { scalar } = opCase;
  if (scalar === undefined) throw new Error("a case needs scalar or whole");
  const stretched = inputs.map((input) => input.expand(output.shape).contiguous().data);
  const values = Float64Array.from({ length: output.numel() }, (_, i) =>
    scalar(...stretched.map((each) => each[i] ?? Number.NaN)),
  );
  return tensor(values).reshape(output.shape).toArray();
}

function expectClose(actual: Nested, expected: Nested, tolerance: number): void {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    expect(actual.length).toBe(expected.length);
    actual.forEach((each: Nested, i) => expectClose(each, expected[i] as Nested, tolerance));
    return;
  }
  const [a, b] = [Number(actual), Number(expected)];
  if (Number.isNaN(a) && Number.isNaN(b)) return;
  expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b)));
}

const around: readonly [number, number] = [-2, 2];

const tolerances: readonly (readonly ["f32" | "f64", number])[] = [
  ["f64", 1e-9],
  ["f32", 3e-6],
];

for (const [name, { domain = around, cases, discrete = false, flat = false }] of Object.entries(
  opCases,
))
  describe(name, () => {
    cases.forEach((opCase, number) => {
      const shown = `${number + 1}: ${opCase.shapes.map((shape) => `[${shape.join(", ")}]`).join(" ")}`;
      for (const { name: layoutName, spread, view } of layouts) {
        test.each(tolerances)(
          `case ${shown}, ${layoutName}, has the plain formula's values in %s`,
          (dtype, tolerance) => {
            const inputs = draw(opCase.shapes, domain, dtype);
            const output = opCase.run(...inputs.map((input) => view(spread(input))));
            // Comparisons and conversions are exact; `to` goes through f32 by design.
            const slack = name === "to" ? 1e-7 : tolerance;
            expectClose(output.toArray(), wanted(opCase, inputs, output), slack);
            const kinds: DType[] = discrete ? ["bool", "i32"] : name === "to" ? ["f64"] : [dtype];
            expect(kinds).toContain(output.dtype);
          },
        );

        // Rounding to f32 hides steps of 1e-6 from finite differences.
        if (discrete || name === "to") continue;
        test(`case ${shown}, ${layoutName}, has the slope of finite differences`, () => {
          const inputs = draw(opCase.shapes, domain, "f64").map(spread);
          gradcheck((...leaves) => opCase.run(...leaves.map(view)), inputs, {
            atol: 1e-6,
            rtol: 1e-5,
          });
        });
      }
      if (flat || discrete || name === "to") return;
      if (opCase.shapes.every((shape) => !shape.includes(0)))
        test(`case ${shown} has the second slope of finite differences`, () => {
          const inputs = draw(opCase.shapes, domain, "f64");
          gradcheck((...leaves) => slopes(opCase, leaves), inputs, { atol: 1e-5, rtol: 1e-4 });
        });
    });

    if (discrete)
      test("has no slope", () => {
        const [first] = cases;
        const inputs = draw(first?.shapes ?? [], domain, "f64");
        for (const input of inputs) input.requiresGrad = true;
        expect(first?.run(...inputs).requiresGrad).toBe(false);
      });
  });

/** How steep the sum of squares of an op's result is: a number that depends on second slopes. */
function slopes(opCase: OpCase, leaves: readonly Tensor[]): Tensor {
  const found = grad(
    opCase
      .run(...leaves)
      .square()
      .sum(),
    leaves,
    { createGraph: true },
  );
  return found.map((slope) => slope.square().sum()).reduce((a, b) => a.add(b));
}

test("every op of the table has cases", () => {
  expect(Object.keys(opCases).toSorted()).toEqual(Object.keys(table).toSorted());
});
