/** Every loss with every argument, values and slopes, against PyTorch's (tests/oracle/layers.py). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { F, type Tensor, tensor, zeros } from "../../../../kernel/tensor/index.ts";

interface Numbers {
  readonly shape: readonly number[];
  /** Text where JSON has no number for it. */
  readonly values: readonly (number | string)[];
  readonly whole: boolean;
}

interface Case {
  readonly op: keyof typeof functions;
  readonly options: Readonly<Record<string, Numbers | number | string | boolean>>;
  readonly inputs: readonly Numbers[];
  readonly output: Numbers;
  readonly slopes: readonly (Numbers | null)[];
}

const functions = {
  mse: F.mse,
  l1: F.l1,
  huber: F.huber,
  smoothL1: F.smoothL1,
  bce: F.bce,
  bceWithLogits: F.bceWithLogits,
  kl: F.kl,
  nll: F.nll,
  crossEntropy: F.crossEntropy,
  cosineSimilarity: F.cosineSimilarity,
  cosineEmbedding: F.cosineEmbedding,
};

const golden = JSON.parse(
  readFileSync(new URL("../../../oracle/golden/layers.json", import.meta.url), "utf8"),
) as { readonly losses: readonly Case[] };

function made({ shape, values, whole }: Numbers, requiresGrad = false): Tensor {
  const numbers = values.map(Number);
  const array = whole ? Int32Array.from(numbers) : Float64Array.from(numbers);
  const made = tensor(array).reshape(shape).clone();
  made.requiresGrad = requiresGrad;
  return made;
}

const camel = (name: string) =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function expectClose(actual: Tensor, wanted: Numbers, what: string): void {
  expect(actual.shape, what).toEqual(wanted.shape);
  wanted.values.map(Number).forEach((value, i) => {
    const own = actual.data[i] ?? 0;
    if (Number.isFinite(value))
      expect(Math.abs(own - value), `${what}[${i}] is ${own}, not ${value}`).toBeLessThanOrEqual(
        1e-8 * Math.max(1, Math.abs(value)),
      );
    else expect(own, what).toBe(value);
  });
}

const shown = ({ op, options, inputs }: Case) =>
  `${op} of ${inputs.map(({ shape }) => `[${shape.join(", ")}]`).join(" ")} with ${JSON.stringify(options)}`;

test.each(golden.losses.map((each) => [shown(each), each] as const))("%s", (_, each) => {
  const inputs = each.inputs.map((input, i) => made(input, each.slopes[i] !== null));
  const options = Object.fromEntries(
    Object.entries(each.options).map(([name, value]) => [
      camel(name),
      typeof value === "object" ? made(value) : value,
    ]),
  );
  const run = functions[each.op] as (...args: readonly unknown[]) => Tensor;
  const output = run(...inputs, options);
  expectClose(output, each.output, "output");
  const slope = Float64Array.from({ length: output.numel() }, (_, i) => Math.cos(i + 1));
  if (output.requiresGrad) output.backward({ gradient: tensor(slope).reshape(output.shape) });
  each.slopes.forEach((wanted, i) => {
    if (wanted !== null) expectClose(inputs[i]?.grad ?? zeros([0]), wanted, `slope ${i}`);
  });
});
