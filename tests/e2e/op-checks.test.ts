/** The ops' checks in Chromium, on every variant, with an arena that every op empties and a large one. */
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { soaking } from "../counts.ts";
import { openSite, type Site } from "./harness.ts";
import type { runOpChecks } from "./op-checks/page.ts";

declare const checks: { readonly runOpChecks: typeof runOpChecks };

let site: Site;
let script = "";
beforeAll(async () => {
  site = await openSite();
  const bundled = await build({
    entryPoints: [new URL("op-checks/page.ts", import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "checks",
    target: "esnext",
  });
  script = bundled.outputFiles[0]?.text ?? "";
});
afterAll(() => site.close());

/** Of ten checks one is tried, unless all are. */
const step = soaking ? 1 : 10;

const variants = [
  ["relaxed", 65_536, true],
  ["plain", 2 ** 27, false],
  ["plain", 65_536, true],
  ["relaxed", 65_536, false],
  ["relaxed", 2 ** 27, false],
] as const;

it.each(soaking ? variants : variants.slice(0, 2))(
  "ops hold on the %s variant with %i bytes of arena, where all is computed again: %s",
  async (variant, capacity, repeatsAll) => {
    const page = await (await site.browser()).newPage();
    await page.addScriptTag({ content: script });
    const { count, failures } = await page.evaluate(
      ([name, bytes, repeats, every]) => checks.runOpChecks(name, bytes, repeats, every),
      [variant, capacity, repeatsAll, step] as const,
    );
    expect(failures).toEqual([]);
    expect(count).toBeGreaterThan(1000 / step);
    await page.close();
  },
);
