/** Every op against PyTorch's values and slopes, in the cases that tests/oracle/ops prints. */
import { describe, expect, test } from "vitest";
import { type DType, noGrad, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";
import { table } from "../../../../kernel/tensor/ops/table.ts";
import { documentedExports } from "../examples/docstrings.ts";
import {
  argsOf,
  type GoldenCase,
  goldenCases,
  type GoldenTensor,
  inputOf,
  weights,
} from "./golden.ts";
import { internalOps, withoutGolden } from "./without.ts";
import { elementwise } from "./ways/elementwise.ts";
import { layers } from "./ways/layers.ts";
import { picking } from "./ways/picking.ts";
import { products } from "./ways/products.ts";
import { reductions } from "./ways/reductions.ts";
import { shapes } from "./ways/shapes.ts";
import type { Way } from "./ways/way.ts";

const parts = { elementwise, reductions, shapes, picking, products, layers };

/** Relative to values above 1, absolute below; f64 files hold 12 digits. */
const tolerances = { f64: 1e-9, f32: 4e-6 };

/** Ops that lose digits on the way, in f32 and in f64. */
const looser: Readonly<Record<string, { readonly f64?: number; readonly f32?: number }>> = {};

type Float = keyof typeof tolerances;

function run(way: Way, { inputs, args }: GoldenCase, float: Float, steep: boolean) {
  const leaves = inputs.map((input) => inputOf(input, float));
  if (steep) for (const leaf of leaves) if (leaf.dtype === float) leaf.requiresGrad = true;
  const result = way(argsOf(args, leaves) as never);
  const outputs: readonly Tensor[] = Array.isArray(result) ? result : [result as Tensor];
  return { leaves, outputs };
}

/** The slopes of the weighted sum of all outputs, as the script weights them. */
function slopes(leaves: readonly Tensor[], outputs: readonly Tensor[]): (Tensor | null)[] {
  const sums = outputs
    .filter((output) => output.requiresGrad)
    .map((output) =>
      output
        .reshape([-1])
        .mul(tensor(weights(output.numel())))
        .sum(),
    );
  if (sums.length === 0) return leaves.map(() => null);
  sums.reduce((a, b) => a.add(b)).backward();
  return leaves.map((leaf) => leaf.grad);
}

/** What is wrong with a list of numbers, or null. */
function difference(
  actual: ArrayLike<number>,
  wanted: readonly (number | string)[],
  tolerance: number,
): string | null {
  const at = wanted.findIndex((each, i) => {
    const [a, b] = [actual[i] ?? 0, Number(each)];
    if (Object.is(a, b) || a === b) return false;
    return !(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)));
  });
  return at < 0 ? null : `[${at}] is ${actual[at]} - PyTorch has ${wanted[at]}`;
}

function wrongOutput(output: Tensor, wanted: GoldenTensor, dtype: DType, tolerance: number) {
  if (output.shape.join() !== wanted.shape.join())
    return `shape [${output.shape.join()}] - PyTorch has [${wanted.shape.join()}]`;
  if (output.dtype !== dtype) return `dtype ${output.dtype} - PyTorch has ${dtype}`;
  return difference(output.data, wanted.values, tolerance);
}

function asksFor({ inputs, args }: GoldenCase, dtype: DType): boolean {
  return inputs.length === 0 || args["dtype"] === dtype;
}

/** What is wrong with one case, or null. */
function complaint(way: Way, golden: GoldenCase, float: Float): string | null {
  const tolerance = looser[golden.op]?.[float] ?? tolerances[float];
  const steep = float === "f64" && golden.gradients !== undefined;
  const { leaves, outputs } = run(way, golden, float, steep);
  if (outputs.length !== golden.outputs.length) return `${outputs.length} outputs`;
  for (const [i, wanted] of golden.outputs.entries()) {
    const output = outputs[i];
    // What says its own dtype has it in f32 runs too.
    const dtype = wanted.dtype ?? (asksFor(golden, "f64") ? "f64" : float);
    const wrong = output === undefined ? "missing" : wrongOutput(output, wanted, dtype, tolerance);
    if (wrong !== null) return `output ${i}: ${wrong}`;
  }
  if (!steep) return null;
  for (const [i, slope] of slopes(leaves, outputs).entries()) {
    const wanted = golden.gradients?.[i];
    if (!wanted) continue;
    const wrong = difference(slope?.data ?? [], wanted, tolerance * 10);
    if (wrong !== null) return `slope of input ${i}: ${wrong}`;
  }
  return null;
}

function complaints(ways: readonly Way[], cases: readonly GoldenCase[], float: Float): string[] {
  return cases.flatMap((golden) =>
    ways.flatMap((way) => {
      const wrong = safely(() => complaint(way, golden, float));
      const sizes = golden.inputs.map(({ shape }) => `[${shape.join(", ")}]`).join(" ");
      return wrong === null ? [] : [`${sizes} ${JSON.stringify(golden.args)}: ${wrong}`];
    }),
  );
}

/** A thrown error is a complaint, so that one case does not hide the others. */
function safely(judge: () => string | null): string | null {
  try {
    return judge();
  } catch (error) {
    return String(error);
  }
}

function holds(wrong: readonly string[]): void {
  expect(wrong, wrong.join("\n")).toEqual([]);
}

const covered = new Set<string>();
for (const [part, ways] of Object.entries(parts))
  describe(part, () => {
    const cases = goldenCases(part);
    for (const op of new Set(cases.map((golden) => golden.op))) {
      const own = cases.filter((golden) => golden.op === op);
      covered.add(op);
      const way = ways[op];
      const all = way === undefined ? [] : typeof way === "function" ? [way] : way;
      test(`${op} has PyTorch's values and slopes in f64 (${own.length} cases)`, () => {
        expect(all).not.toEqual([]);
        holds(complaints(all, own, "f64"));
      });
      test(`${op} has PyTorch's values in f32`, () => {
        holds(noGrad(() => complaints(all, own, "f32")));
      });
    }
  });

/** `Tensor.sum` and `F.sum` are covered by the cases of `sum`. */
const nameOf = (path: string): string => path.replace(/^(Tensor|F)\./, "");

test("every op of the table has golden cases, or a reason why not", () => {
  const wanting = Object.keys(table).filter((op) => !covered.has(op) && !(op in internalOps));
  holds(wanting);
});

test("every public function and method that computes has golden cases, or a reason why not", () => {
  const paths = documentedExports()
    .filter(({ kind, path }) => kind === "function" || path.startsWith("Tensor."))
    .map(({ path }) => path);
  const isExcused = (path: string) => withoutGolden.some(([pattern]) => pattern.test(path));
  holds(paths.filter((path) => !covered.has(nameOf(path)) && !isExcused(path)));
});
