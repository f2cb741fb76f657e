import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runExample } from "../tensor/examples/run-example.ts";

/** Files of `kernel/plot` whose examples are whole programs. */
const files = [
  "boundary",
  "drawing",
  "field-figure",
  "landscape",
  "learning-rates",
  "sweep",
  "trajectory",
];

describe.each(files)("the examples of kernel/plot/%s.ts", (file) => {
  const source = readFileSync(new URL(`../../../kernel/plot/${file}.ts`, import.meta.url), "utf8");
  const examples = Array.from(
    source.matchAll(/@example\n((?: \* .*\n)+?) \*\//g),
    ([, lines = ""]) => lines.replaceAll(/^ \* /gm, ""),
  );
  it("run, and give what they say", async () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const code of examples)
      for (const { line, wanted, got } of await runExample(code)) expect(got, line).toBe(wanted);
  });
});
