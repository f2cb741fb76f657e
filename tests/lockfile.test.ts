import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { missingBindings } from "../app/cli/complete-lock.mjs";

describe.each(["package-lock.json", "tests/bench/package-lock.json"])("%s", (name) => {
  const text = readFileSync(join(import.meta.dirname, "..", name), "utf8");

  it("has the bindings of every platform, or `npm ci` refuses it: run `npm run lock`", () => {
    expect(missingBindings(JSON.parse(text))).toEqual([]);
  });

  it("names no registry", () => {
    expect(text).not.toContain('"resolved"');
  });
});
