/** What cells import keeps its names in the page's bundle, which is minified. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { bundle, cachedModule } from "../../kernel/hosts/bundle.mjs";
import type * as table from "../../kernel/public.ts";
import type * as descent from "../../kernel/descent.ts";

const entry = fileURLToPath(new URL("../../kernel/public.ts", import.meta.url));

async function minified(): Promise<typeof descent> {
  const { text } = await bundle(entry, { format: "esm", platform: "node", minify: true });
  const file = await cachedModule("public-minified", text);
  const { moduleTable } = (await import(pathToFileURL(file).href)) as typeof table;
  return moduleTable.get("descent") as typeof descent;
}

test("layers, optimisers and functions keep their names in a minified bundle", async () => {
  const { F, nn, optim, ones, plot } = await minified();
  const net = nn.Sequential(nn.Linear(2, 3), nn.ReLU());
  expect(String(net)).toMatch(/^Sequential\(\n {2}\(0\): Linear\(.*\n {2}\(1\): ReLU\(\)\n\)$/);
  expect(net.summary().rows.map(({ kind }) => kind)).toEqual(["Sequential", "Linear", "ReLU"]);
  expect(() => nn.LSTM(3, 4)(ones([2, 5, 7]))).toThrow(/^LSTM: /);
  expect(optim.Adam(net.parameters()).constructor.name).toBe("Adam");
  expect([F.relu.name, plot.line.name, nn.init.zeros_.name]).toEqual(["relu", "line", "zeros_"]);
});
