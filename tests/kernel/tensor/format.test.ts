/** Printed tensors against PyTorch's own text (tests/oracle/printing.py). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type DType, tensor } from "../../../kernel/tensor/index.ts";

interface Printed {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
  readonly text: string;
  readonly leaf?: string;
  readonly computed?: string;
}

const golden = JSON.parse(
  readFileSync(new URL("../../oracle/golden/printing.json", import.meta.url), "utf8"),
) as { readonly cases: readonly Printed[] };

const numberOf = (value: number | string): number =>
  value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number(value);

test.each(golden.cases.map((each) => [each.text.slice(0, 60), each] as const))(
  "%s prints as in PyTorch",
  (_, { dtype, shape, values, text, leaf, computed }) => {
    const made = () => tensor(values.map(numberOf), { dtype }).reshape(shape);
    expect(String(made())).toBe(text);
    if (leaf === undefined) return;
    const parameter = made();
    parameter.requiresGrad = true;
    expect(String(parameter)).toBe(leaf);
    expect(String(parameter.mul(1))).toBe(computed);
  },
);
