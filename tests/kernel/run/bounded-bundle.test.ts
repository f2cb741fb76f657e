import { expect, test } from "vitest";
import { type CellId, parseBatch, type RunId } from "../../../kernel/protocol.ts";
import { boundedBundle } from "../../../kernel/run/bounded-bundle.ts";
import { createOutputQueue } from "../../../kernel/run/output-queue.ts";

test("a bundle of ordinary size is left alone", () => {
  const bundle = { "text/plain": "x", "application/json": { a: [1, 2] } };
  expect(boundedBundle(bundle).bundle).toBe(bundle);
});

test("a long text keeps its head and its tail, and says how much is missing", () => {
  const text = `a${"x".repeat(3_000_000)}z`;
  const { "text/plain": kept } = boundedBundle({ "text/plain": text }).bundle;
  expect(String(kept).length).toBeLessThan(1_000_100);
  expect(kept).toMatch(/^ax+\n… 2,000,002 characters left out …\nx+z$/);
});

test("markup that is too long is left out, and where nothing else is there the reader is told", () => {
  const long = "x".repeat(16_000_001);
  expect(boundedBundle({ "text/html": long, "text/plain": "short" }).bundle).toEqual({
    "text/plain": "short",
  });
  expect(boundedBundle({ "image/svg+xml": long }).bundle).toEqual({
    "text/plain": "display: image/svg+xml of more than 16,000,000 characters is too long to show",
  });
});

const json = (value: unknown) => boundedBundle({ "application/json": value }).bundle;
const tooLarge = {
  "text/plain":
    "display: this is too large to show - show a part of it, or save() it as a file of the notebook",
};

test("what is no JSON is shown as JSON has it, or says why it cannot be", () => {
  const day = new Date(0);
  expect(json({ day, none: undefined, f: () => 1, list: [undefined] })).toEqual({
    "application/json": { day: day.toJSON(), list: [null] },
  });
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  expect(json(cycle)["text/plain"]).toMatch(/^display: this value cannot be shown as JSON: /);
  const closed = new Proxy(
    {},
    {
      getPrototypeOf: () => {
        throw new Error("closed");
      },
    },
  );
  expect(json(closed)).toEqual({ "application/json": {} });
});

test("data beyond what a page reads at once is not sent, and the reader is told", () => {
  expect(json(Array.from({ length: 300_000 }, () => ({})))).toEqual(tooLarge);
  expect(json(Array.from({ length: 6_000_000 }, () => 0.5))).toEqual(tooLarge);
  expect(json(Array.from({ length: 1_000_000 }, () => 0.5))).not.toEqual(tooLarge);
});

test("a page takes a batch of the largest bundles that there can be", () => {
  const queue = createOutputQueue();
  const owner = { cell: "a" as CellId, run: 1 as RunId };
  const objects = Array.from({ length: 250_000 }, () => ({}));
  const numbers = Array.from({ length: 5_000_000 }, () => 0.5);
  for (const value of [...Array(40).fill(objects.slice(0, 5_000)), objects, objects, numbers]) {
    queue.push(owner, { kind: "display", data: { "application/json": value }, metadata: {} });
  }
  const parsed = parseBatch({ batch: 1, events: queue.take() });
  expect(parsed?.malformed).toBe(0);
  expect(parsed?.batch.events.some(({ event }) => event.kind === "omitted")).toBe(true);
});
