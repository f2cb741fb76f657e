/**
 * The engine's tests on the variants of this machine, in an arena that every op empties: a sample of the
 * ops' checks, and in a soak all tests of the engine once more for each. Chromium's are in tests/e2e.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import {
  runs,
  type VariantName,
  variants,
} from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { soaking } from "../../../../counts.ts";

const SMALL = 65_536;
const root = join(import.meta.dirname, "../../../../..");
/** Whether this is such a run itself. */
const isNested = process.env["DESCENT_BACKEND"] !== undefined;

/** The checks of an engine of its own, since no tensor may have lived in another arena. */
async function checksOn(variant: VariantName, repeatsAll: boolean) {
  vi.resetModules();
  const { setBackend } = await import("../../../../../kernel/tensor/backends/current.ts");
  const { wasmBackend } = await import("../../../../../kernel/tensor/backends/wasm/index.ts");
  setBackend(wasmBackend({ variant, capacity: SMALL, repeatsAll }));
  const { opChecks } = await import("../../ops.checks.ts");
  return opChecks;
}

const names: readonly VariantName[] = ["plain", "relaxed"];
describe.each(names)("the %s variant", (variant) => {
  const isHere = runs(variants[variant]);

  test.skipIf(!isHere).each([
    ["where results move to the heap", false],
    ["where all that can be is computed again", true],
  ])("passes every tenth check of the ops in 64 KB, %s", async (_, repeatsAll) => {
    const tried = (await checksOn(variant, repeatsAll)).filter((_, i) => i % 10 === 0);
    for (const { run } of tried) run();
    expect(tried.length).toBeGreaterThan(100);
  });

  test.skipIf(!isHere || !soaking || isNested).each([
    [SMALL, 1, "large"],
    [SMALL, 1, "all"],
    [2 ** 27, 1, "large"],
    [2 ** 27, 3, "large"],
  ])(
    "passes all tests of the engine with %i bytes and %i threads, computing %s results again",
    { timeout: 1_800_000 },
    (capacity, threads, repeats) => {
      const { status, stdout } = spawnSync(
        process.execPath,
        [
          join(root, "node_modules/vitest/vitest.mjs"),
          "run",
          "--project=node",
          "tests/kernel/tensor",
        ],
        {
          cwd: root,
          encoding: "utf8",
          env: {
            ...process.env,
            DESCENT_SOAK: "",
            DESCENT_BACKEND: variant,
            DESCENT_ARENA: String(capacity),
            DESCENT_REPEATS: repeats,
            // Every call is shared, however small.
            ...(threads > 1 && { DESCENT_THREADS: String(threads) }),
          },
        },
      );
      expect(status, stdout.slice(-4000)).toBe(0);
    },
  );
});
