import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { bundle, cachedModule } from "../../../kernel/hosts/bundle.mjs";
import type { moduleTable } from "../../../kernel/public.ts";
import type * as descent from "../../../kernel/descent.ts";

/** The public table as the built page has it. */
async function built(): Promise<ReadonlyMap<string, object>> {
  const entry = join(process.cwd(), "kernel/public.ts");
  const { text } = await bundle(entry, { format: "esm", platform: "browser", minify: true });
  const file = await cachedModule("public-names", text);
  const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return (loaded as { moduleTable: typeof moduleTable }).moduleTable;
}

test("classes keep their names in the built kernel", async () => {
  const table = await built();
  for (const [specifier, exported] of table)
    for (const [name, value] of Object.entries(exported))
      if (typeof value === "function" && /^[A-Z]/.test(name))
        expect(`${specifier} ${value.name}`).toBe(`${specifier} ${name}`);

  const { F, nn, plot, zeros } = table.get("descent") as typeof descent;
  const net = nn.Sequential(nn.Linear(2, 3), nn.Tanh());
  expect(String(net).split("\n")).toEqual([
    "Sequential(",
    "  (0): Linear(in_features=2, out_features=3, bias=True)",
    "  (1): Tanh()",
    ")",
  ]);
  expect(String(nn.MultiheadAttention(4, 2))).toContain(
    "(out_proj): NonDynamicallyQuantizableLinear(in_features=4",
  );
  expect(() => nn.GRU(3, 2)(zeros([1]) as never)).toThrow("GRU: input [1]");
  expect([F.relu.name, plot.line.name, nn.init.zeros_.name]).toEqual(["relu", "line", "zeros_"]);
});
