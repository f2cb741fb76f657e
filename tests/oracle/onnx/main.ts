/**
 * Runs the ONNX backend tests of Debian's libonnx-testdata through our ops. Prints how many pass,
 * which fail, and what has no counterpart here by kind; exits 1 when a mapped one fails.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tensor } from "../../../kernel/tensor/index.ts";
import { NotMapped, type OnnxModel, readModel, readTensor } from "./model.ts";
import { elementwise } from "./nodes/elementwise.ts";
import { layers } from "./nodes/layers.ts";
import { Call, type NodeRules } from "./nodes/node.ts";
import { reductions } from "./nodes/reductions.ts";
import { shapes } from "./nodes/shapes.ts";

const data = "/usr/share/libonnx-testdata/data";
const rules: NodeRules = { ...elementwise, ...reductions, ...shapes, ...layers };

/** Rounding is all that should differ; the expansions of windows have 3.1415 for π. */
const toleranceOf = (name: string): number => (name.includes("window") ? 1e-3 : 2e-5);

function runModel(
  { opset, nodes, inputs, outputs, initializers }: OnnxModel,
  given: readonly Tensor[],
) {
  const values = new Map<string, Tensor | null>(initializers);
  values.set("", null);
  inputs.forEach((name, i) => values.set(name, given[i] ?? null));
  for (const node of nodes) {
    const rule = node.domain === "" ? rules[node.op] : undefined;
    if (rule === undefined) throw new NotMapped(`op ${node.domain}${node.domain && "."}${node.op}`);
    const wanted = node.outputs.filter((name) => name !== "").length;
    const taken = node.inputs.map((name) => values.get(name) ?? null);
    const made = rule(new Call(opset, wanted, taken, node.attributes));
    const list: readonly Tensor[] = Array.isArray(made) ? made : [made as Tensor];
    node.outputs.forEach((name, i) => {
      const value = list[i];
      if (name !== "" && value === undefined) throw new NotMapped(`output ${i} of ${node.op}`);
      if (value !== undefined) values.set(name, value);
    });
  }
  return outputs.map((name) => values.get(name) ?? null);
}

function readTensors(folder: string, kind: "input" | "output"): Tensor[] {
  const files = readdirSync(folder).filter((name) => name.startsWith(`${kind}_`));
  return files.map((_, i) => readTensor(readFileSync(join(folder, `${kind}_${i}.pb`))));
}

/** What is wrong with one output, or null. */
function difference(made: Tensor | null, wanted: Tensor, tolerance: number): string | null {
  if (made === null) return "missing";
  if (made.shape.join() !== wanted.shape.join())
    return `shape [${made.shape.join()}], wanted [${wanted.shape.join()}]`;
  if (made.dtype !== wanted.dtype) return `dtype ${made.dtype}, wanted ${wanted.dtype}`;
  const values = made.data;
  const at = Array.from(wanted.data, Number).findIndex((b, i) => {
    const a = values[i] ?? Number.NaN;
    return (
      !Object.is(a, b) && a !== b && !(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)))
    );
  });
  return at < 0 ? null : `element ${at} is ${values[at]}, wanted ${wanted.data[at]}`;
}

/** What is wrong with one test, or null. @throws NotMapped. */
function judge(folder: string): string | null {
  const model = readModel(readFileSync(join(folder, "model.onnx")));
  for (const set of readdirSync(folder).filter((name) => name.startsWith("test_data_set"))) {
    const made = runModel(model, readTensors(join(folder, set), "input"));
    for (const [i, wanted] of readTensors(join(folder, set), "output").entries()) {
      const wrong = difference(made[i] ?? null, wanted, toleranceOf(folder));
      if (wrong !== null) return `output ${i}: ${wrong}`;
    }
  }
  return null;
}

const unmapped = new Map<string, number>();
const failures: string[] = [];
let passed = 0;
for (const kind of ["node", "simple", "pytorch-operator", "pytorch-converted"])
  for (const name of existsSync(join(data, kind)) ? readdirSync(join(data, kind)) : []) {
    const folder = join(data, kind, name);
    if (!existsSync(join(folder, "model.onnx"))) continue;
    try {
      const wrong = judge(folder);
      if (wrong === null) passed += 1;
      else failures.push(`${name}: ${wrong}`);
    } catch (error) {
      if (!(error instanceof NotMapped)) failures.push(`${name}: ${String(error)}`);
      else unmapped.set(error.message, (unmapped.get(error.message) ?? 0) + 1);
    }
  }
const reasons = [...unmapped].toSorted(([, a], [, b]) => b - a);
const left = reasons.reduce((sum, [, count]) => sum + count, 0);
console.log(`onnx: ${passed} pass, ${failures.length} fail, ${left} have no counterpart here:`);
console.log(reasons.map(([reason, count]) => `  ${count} ${reason}`).join("\n"));
for (const failure of failures) console.log(`FAIL ${failure}`);
process.exit(failures.length === 0 ? 0 : 1);
