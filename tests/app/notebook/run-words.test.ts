import { expect, test } from "vitest";
import type { CellOutput } from "../../../app/notebook/outputs.ts";
import { endWords } from "../../../app/notebook/run-words.ts";
import { type CellRuntime, untouched } from "../../../app/notebook/runtime.ts";
import type { CellError } from "../../../kernel/protocol.ts";

const ran = (ended: CellRuntime["ended"], ...outputs: CellOutput[]): CellRuntime => ({
  ...untouched,
  ended,
  executionCount: 3,
  outputs,
});
const result = (text: string): CellOutput => ({
  kind: "result",
  data: { "text/plain": text },
  metadata: {},
  executionCount: 3,
});
const error: CellError = {
  kind: "runtime",
  name: "RangeError",
  message: "matmul: [2, 3] x [4, 5] - inner sizes 3 and 4 must match\nmore",
  frames: [],
  causes: [],
};

test.each([
  ["its result", ran("ok", result("42")), "[3] 42"],
  ["the first line of a long one", ran("ok", result("a\nb")), "[3] a"],
  [
    "no more of it than one can hear",
    ran("ok", result("x".repeat(999))),
    `[3] ${"x".repeat(200)} …`,
  ],
  ["that it is done, where it shows nothing", ran("ok"), "[3] Done"],
  [
    "its error",
    ran("error", { kind: "error", error }),
    "[3] Error: matmul: [2, 3] x [4, 5] - inner sizes 3 and 4 must match",
  ],
  ["that it was stopped", ran("interrupted"), "[3] Stopped"],
  ["that its kernel ended", ran("killed"), "[3] Ended with its kernel"],
  ["nothing while it runs", ran(null), null],
] as const)("endWords() says %s", (_, cell, words) => expect(endWords(cell)).toBe(words));
