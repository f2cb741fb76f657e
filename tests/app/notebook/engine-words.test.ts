import { expect, test } from "vitest";
import { engineWords } from "../../../app/notebook/engine-words.ts";

test("the words say what computes and with how many threads", () => {
  expect(engineWords({ backend: "wasm relaxed", threads: 4 }, true)).toBe(
    "WebAssembly SIMD with fused multiply-add, 4 threads",
  );
  expect(engineWords({ backend: "reference", threads: 1 }, true)).toBe(
    "JavaScript, as there is no WebAssembly SIMD here, one thread",
  );
});

test("one thread for want of isolation is said, with the way out", () => {
  const words = engineWords({ backend: "wasm plain", threads: 1 }, false);
  expect(words).toContain("one thread: this page is not isolated");
  expect(words).toContain("Cross-Origin-Opener-Policy: same-origin");
});
