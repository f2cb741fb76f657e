import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { missingBindings } from "../app/cli/complete-lock.mjs";

const text = readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8");

it("the lockfile has the bindings of every platform, or `npm ci` refuses it: run `npm run lock`", () => {
  expect(missingBindings(JSON.parse(text))).toEqual([]);
});

it("the lockfile names no registry", () => {
  expect(text).not.toContain('"resolved"');
});
