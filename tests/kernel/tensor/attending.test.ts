import { afterEach, expect, test } from "vitest";
import { attendInCalls } from "../../../kernel/tensor/backends/wasm/threads/attend.ts";
import { eye, linalg, manualSeed, rand, Tensor } from "../../../kernel/tensor/index.ts";

afterEach(() => attendInCalls(() => {}));

/** The values of a result, or of its parts. */
function valuesOf(result: unknown): unknown {
  if (result instanceof Tensor) return result.toArray();
  return Object.values(result as object).map(valuesOf);
}

const n = 40;
const calls: Readonly<Record<string, (a: Tensor) => unknown>> = {
  eigh: (a) => linalg.eigh(a.add(a.T)),
  svd: (a) => linalg.svd(a),
  solve: (a) => linalg.solve(a.add(eye(n).mul(n)), eye(n)),
  inv: (a) => linalg.inv(a.add(eye(n).mul(n))),
  det: (a) => linalg.det(a),
  cholesky: (a) => linalg.cholesky(a.matmul(a.T).add(eye(n).mul(n))),
  "a product in double precision": (a) => a.to("f64").matmul(a.to("f64")),
};

test.each(Object.entries(calls))("%s asks on its way whether it is to end, and ends", (_, call) => {
  manualSeed(3);
  const a = rand([n, n]);
  const whole = valuesOf(call(a));
  let asked = 0;
  attendInCalls(() => {
    asked += 1;
    if (asked === 5) throw new Error("Stopped.");
  });
  expect(() => call(a)).toThrow("Stopped.");
  attendInCalls(() => {});
  expect(valuesOf(call(a))).toEqual(whole);
});
