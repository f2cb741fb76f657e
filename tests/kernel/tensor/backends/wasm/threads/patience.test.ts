import { expect, test } from "vitest";
import { Patience } from "../../../../../../kernel/tensor/backends/wasm/threads/patience.ts";

test("a thread that has done nothing looks as long as waking it takes", () => {
  const patience = new Patience();
  patience.looked(5);
  expect(patience.limit).toBe(0.08);
});

test("a thread may look as long as it has worked, and a millisecond at most", () => {
  const patience = new Patience();
  patience.worked(0.3);
  patience.worked(0.2);
  expect(patience.limit).toBeCloseTo(0.58);
  patience.worked(7);
  expect(patience.limit).toBeCloseTo(1.08);
});

test("what a thread has looked for is spent, but for what waking takes", () => {
  const patience = new Patience();
  patience.worked(0.5);
  patience.looked(0.05);
  expect(patience.limit).toBeCloseTo(0.58);
  patience.looked(0.28);
  expect(patience.limit).toBeCloseTo(0.38);
  patience.looked(0.5);
  expect(patience.limit).toBe(0.08);
});
