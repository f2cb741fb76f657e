/** Reads the golden files that tests/oracle/ops prints from PyTorch. */
import { readFileSync } from "node:fs";
import { type DType, type Shape, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";

export interface GoldenTensor {
  readonly shape: Shape;
  /** Infinities and NaN come as their names. */
  readonly values: readonly (number | string)[];
  /** f64 where it is left out. */
  readonly dtype?: DType;
}

export interface GoldenCase {
  readonly op: string;
  readonly inputs: readonly GoldenTensor[];
  /** `{ input: i }` stands for a tensor, `{ range }` for a range, `{ number }` for inf and NaN. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly outputs: readonly GoldenTensor[];
  /** The slope of each input, null where it has none; left out where no output has one. */
  readonly gradients?: readonly ((number | string)[] | null)[];
}

export function goldenCases(part: string): GoldenCase[] {
  const file = new URL(`../../../oracle/golden/ops/${part}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { cases: GoldenCase[] }).cases;
}

/** An input as a tensor; floats come in `float`. */
export function inputOf(
  { shape, values, dtype = "f64" }: GoldenTensor,
  float: "f32" | "f64",
): Tensor {
  const own = dtype === "f64" ? float : dtype;
  return tensor(Float64Array.from(values, Number), { dtype: own }).reshape(shape);
}

/** The arguments with tensors, ranges and special numbers in their places. */
export function argsOf(value: unknown, inputs: readonly Tensor[]): unknown {
  if (Array.isArray(value)) return value.map((each) => argsOf(each, inputs));
  if (typeof value !== "object" || value === null) return value;
  if ("input" in value) return inputs[Number(value.input)];
  if ("range" in value) return value.range;
  if ("number" in value) return value.number === "inf" ? Infinity : -Infinity;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, argsOf(each, inputs)]),
  );
}

/** What each element of an output is multiplied with before they are added up, as the script does. */
export function weights(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (((i * 7 + 3) % 11) - 5) / 4);
}
