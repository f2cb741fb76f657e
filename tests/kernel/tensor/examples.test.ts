/** Every export of the engine says what it does and shows it; what it shows is true. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { data } from "../../../kernel/tensor/index.ts";
import { cellOf } from "../../types/cell.ts";
import { createChecker } from "../../types/checker.ts";
import { documentedExports } from "./examples/docstrings.ts";
import { runExample } from "./examples/run-example.ts";

const all = documentedExports();
const shown = (each: (typeof all)[number]): string => `${each.path} (${each.place})`;

const files = Object.entries(data.catalogue).flatMap(([name, { file }]) =>
  file === null
    ? []
    : [[name, new URL(`../../../notebooks/data/${file}.gz`, import.meta.url)] as const],
);
const bytes = files.map(([name, file]) => [name, gunzipSync(readFileSync(file))] as const);

// An example may bring a data set of its own.
beforeEach(() => {
  for (const [name, each] of bytes) data.provide(name, each);
});

test("the exports of the engine are found", () => {
  const paths = all.map(({ path }) => path);
  for (const path of ["zeros", "nn.Linear", "F.crossEntropy", "optim.Adam", "Tensor.sum"])
    expect(paths).toContain(path);
});

/** `Value` is read as source, and a text is a text. */
const speaksForItself = (path: string): boolean => /^Value\.|\.toString$/.test(path);

test("every export and public method has a sentence", () => {
  const silent = all.filter(({ text, path }) => text === "" && !speaksForItself(path));
  expect(silent.map(shown), silent.map(shown).join("\n")).toEqual([]);
});

test("every exported function and class has an example", () => {
  const wanting = all.filter(({ kind }) => kind === "function" || kind === "class");
  const without = wanting.filter(({ examples }) => examples.length === 0).map(shown);
  expect(without, without.join("\n")).toEqual([]);
});

test.each(all.flatMap((each) => each.examples.map((code) => [each.path, code] as const)))(
  "the example of %s runs and shows what it says",
  async (_, code) => {
    for (const { line, wanted, got } of await runExample(code)) expect(got, line).toBe(wanted);
  },
);

test("no example is underlined in a cell", { timeout: 120_000 }, () => {
  const checker = createChecker();
  const examples = all.flatMap(({ path, examples: codes }) =>
    codes.map((code) => [path, code] as const),
  );
  // One cell with a block for each is checked at once; they are told apart only when one fails.
  const together = examples.map(([, code]) => `{\n${code}\n}`).join("\n");
  if (checker.shown(cellOf(together)).length === 0) return;
  const underlined = examples.flatMap(([path, code]) =>
    checker.shown(cellOf(code)).map((sentence) => `${path}: ${sentence}`),
  );
  expect(underlined, underlined.join("\n")).toEqual([]);
});
