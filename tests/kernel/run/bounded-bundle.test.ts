import { expect, test } from "vitest";
import { boundedBundle } from "../../../kernel/run/bounded-bundle.ts";

test("a bundle of ordinary size is left alone", () => {
  const bundle = { "text/plain": "x", "application/json": { a: [1, 2] } };
  expect(boundedBundle(bundle)).toBe(bundle);
});

test("a long text keeps its head and its tail, and says how much is missing", () => {
  const text = `a${"x".repeat(3_000_000)}z`;
  const { "text/plain": kept } = boundedBundle({ "text/plain": text });
  expect(String(kept).length).toBeLessThan(1_000_100);
  expect(kept).toMatch(/^ax+\n… 2,000,002 characters left out …\nx+z$/);
});

test("markup that is too long is left out, and where nothing else is there the reader is told", () => {
  const long = "x".repeat(16_000_001);
  expect(boundedBundle({ "text/html": long, "text/plain": "short" })).toEqual({
    "text/plain": "short",
  });
  expect(boundedBundle({ "image/svg+xml": long })).toEqual({
    "text/plain": "display: image/svg+xml of more than 16,000,000 characters is too long to show",
  });
});
