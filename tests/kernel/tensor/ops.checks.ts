/**
 * What every case of every op is checked for: values against the plain formula, slopes against finite
 * differences, in several layouts. Checks throw and know no test runner, so that a browser runs them too.
 */
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
  zerosLike,
} from "../../../kernel/tensor/index.ts";
import type { Numbers, OpCase, OpCases } from "./cases/case.ts";
import { opCases } from "./ops.cases.ts";

export interface OpCheck {
  readonly op: string;
  readonly name: string;
  /** Throws what is wrong. */
  readonly run: () => void;
}

/** Ways for the same values to lie in memory: `spread` makes what `view` reads back. */
interface Layout {
  readonly name: string;
  readonly spread: (x: Tensor) => Tensor;
  readonly view: (x: Tensor) => Tensor;
}

const layouts: readonly [Layout, ...Layout[]] = [
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

const around: readonly [number, number] = [-2, 2];

const tolerances: readonly (readonly ["f32" | "f64", number])[] = [
  ["f64", 1e-9],
  ["f32", 3e-6],
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

function wantClose(actual: Nested, expected: Nested, tolerance: number): void {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    if (actual.length !== expected.length)
      throw new Error(`${actual.length} elements - wanted ${expected.length}`);
    actual.forEach((each: Nested, i) => wantClose(each, expected[i] as Nested, tolerance));
    return;
  }
  const [a, b] = [Number(actual), Number(expected)];
  if (Number.isNaN(a) && Number.isNaN(b)) return;
  if (!(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b))))
    throw new Error(`${a} - wanted ${b}`);
}

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

/**
 * The slopes of the op's inputs, each number of its result weighted: as training takes them, recorded so
 * that they have slopes themselves, and second slopes too unless the first are 0.
 */
function slopesOf(
  { run }: OpCase,
  inputs: readonly Tensor[],
  view: Layout["view"],
  isFlat: boolean,
) {
  const leaves = inputs.map((input) => tensor(input, { requiresGrad: true }));
  const weighted = () => {
    const output = run(...leaves.map(view));
    const weights = uniform(output.shape, 0.5, 1.5, { generator: new Generator(3) });
    return output.mul(weights.to(output.dtype)).sum();
  };
  weighted().backward();
  const trained = leaves.map(({ grad }) => grad);
  const recorded = grad(weighted(), leaves, { createGraph: true });
  for (const leaf of leaves) leaf.grad = null;
  const steepness = recorded.map((slope) => slope.square().sum()).reduce((a, b) => a.add(b));
  if (!isFlat && steepness.requiresGrad) steepness.backward();
  return [...trained, ...recorded, ...leaves.map((leaf) => leaf.grad ?? zerosLike(leaf))];
}

function* checksOfCase(
  op: string,
  { domain = around, discrete = false, flat = false }: OpCases,
  opCase: OpCase,
  number: number,
): Iterable<OpCheck> {
  const shapes = opCase.shapes.map((shape) => `[${shape.join(", ")}]`).join(" ");
  const shown = `case ${number}: ${shapes}`;
  for (const { name: layout, spread, view } of layouts) {
    for (const [dtype, tolerance] of tolerances)
      yield {
        op,
        name: `${shown}, ${layout}, has the plain formula's values in ${dtype}`,
        run() {
          const inputs = draw(opCase.shapes, domain, dtype);
          const output = opCase.run(...inputs.map((input) => view(spread(input))));
          // Comparisons and conversions are exact; `to` goes through f32 by design.
          const slack = op === "to" ? 1e-7 : tolerance;
          wantClose(output.toArray(), wanted(opCase, inputs, output), slack);
          const kinds: DType[] = discrete ? ["bool", "i32"] : op === "to" ? ["f64"] : [dtype];
          if (!kinds.includes(output.dtype))
            throw new Error(`the dtype ${output.dtype} - wanted ${kinds.join(" or ")}`);
        },
      };
    // Rounding to f32 hides steps of 1e-6 from finite differences.
    if (discrete || op === "to") continue;
    yield {
      op,
      name: `${shown}, ${layout}, has the slope of finite differences`,
      run() {
        const inputs = draw(opCase.shapes, domain, "f64").map(spread);
        gradcheck((...leaves) => opCase.run(...leaves.map(view)), inputs, {
          atol: 1e-6,
          rtol: 1e-5,
        });
      },
    };
  }
  if (discrete || op === "to") return;
  // What is f64 the kernels leave to the reference: theirs are compared with those, in one layout or another.
  const { name: layout, spread, view } = layouts[number % layouts.length] ?? layouts[0];
  yield {
    op,
    name: `${shown}, ${layout}, has in f32 the slopes that it has in f64`,
    run() {
      const inputs = draw(opCase.shapes, domain, "f32").map(spread);
      const found = slopesOf(opCase, inputs, view, flat);
      const exact = inputs.map((input) => input.to("f64"));
      slopesOf(opCase, exact, view, flat).forEach((wanted, i) => {
        const size = Math.max(1, ...wanted.abs().data);
        wantClose(found[i]?.div(size).toArray() ?? [], wanted.div(size).toArray(), 3e-5);
      });
    },
  };
  if (flat || opCase.shapes.some((shape) => shape.includes(0))) return;
  yield {
    op,
    name: `${shown} has the second slope of finite differences`,
    run() {
      const inputs = draw(opCase.shapes, domain, "f64");
      gradcheck((...leaves) => slopes(opCase, leaves), inputs, { atol: 1e-5, rtol: 1e-4 });
    },
  };
}

/** That an op which jumps takes no part in a graph. */
function slopeless(op: string, { domain = around, cases }: OpCases): OpCheck {
  return {
    op,
    name: "has no slope",
    run() {
      const [first] = cases;
      const inputs = draw(first?.shapes ?? [], domain, "f64");
      for (const input of inputs) input.requiresGrad = true;
      if (first?.run(...inputs).requiresGrad !== false) throw new Error("it has one");
    },
  };
}

export const opChecks: readonly OpCheck[] = Object.entries(opCases).flatMap(([op, all]) => [
  ...all.cases.flatMap((opCase, i) => [...checksOfCase(op, all, opCase, i + 1)]),
  ...(all.discrete === true ? [slopeless(op, all)] : []),
]);
