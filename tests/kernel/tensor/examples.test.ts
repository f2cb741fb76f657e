/** Every export of the engine says what it does and shows it; what it shows is true. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { data } from "../../../kernel/tensor/index.ts";
import { documentedExports } from "./examples/docstrings.ts";
import { runExample } from "./examples/run-example.ts";

const all = documentedExports();
const shown = (each: (typeof all)[number]): string => `${each.path} (${each.place})`;

beforeAll(() => {
  for (const [name, { file }] of Object.entries(data.catalogue))
    if (file !== null)
      data.provide(
        name,
        gunzipSync(readFileSync(new URL(`../../../notebooks/data/${file}.gz`, import.meta.url))),
      );
});

test("the exports of the engine are found", () => {
  const paths = all.map(({ path }) => path);
  for (const path of ["zeros", "nn.Linear", "F.crossEntropy", "optim.Adam", "Tensor.sum"])
    expect(paths).toContain(path);
});

test("every export and public method has a sentence", () => {
  expect(all.filter(({ text }) => text === "").map(shown)).toEqual([]);
});

test("every exported function and class has an example", () => {
  const wanting = all.filter(({ kind }) => kind === "function" || kind === "class");
  expect(wanting.filter(({ examples }) => examples.length === 0).map(shown)).toEqual([]);
});

test.each(all.flatMap((each) => each.examples.map((code) => [each.path, code] as const)))(
  "the example of %s runs and shows what it says",
  async (_, code) => {
    for (const { line, wanted, got } of await runExample(code)) expect(got, line).toBe(wanted);
  },
);
