import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { TEXT_BYTES, TEXT_SLOTS, viewTexts } from "../../../kernel/hosts/text-slots.ts";
import { TEXT_UNITS } from "../../../kernel/knobs.ts";

test("a text is read as it was written, by whoever shares the block", () => {
  const memory = new SharedArrayBuffer(TEXT_BYTES + 8);
  const [here, there] = [viewTexts(memory, 8), viewTexts(memory, 8)];
  expect(there.read(3)).toBe("");
  const before = there.version(3);
  here.write(3, "naïve 🙂");
  expect(there.version(3)).not.toBe(before);
  expect(there.read(3)).toBe("naïve 🙂");
  here.write(3, "");
  expect(there.read(3)).toBe("");
});

test("a text that is too long loses its end, and a slot that is none is left alone", () => {
  const texts = viewTexts(new ArrayBuffer(TEXT_BYTES), 0);
  texts.write(TEXT_SLOTS - 1, "x".repeat(TEXT_UNITS + 5));
  expect(texts.read(TEXT_SLOTS - 1)).toBe("x".repeat(TEXT_UNITS));
  for (const slot of [-1, TEXT_SLOTS, 1e9, Number.NaN]) texts.write(slot, "lost");
  expect(texts.read(0)).toBe("");
});

test("a reader never sees half of a text that is being written", async () => {
  const memory = new SharedArrayBuffer(TEXT_BYTES);
  const texts = viewTexts(memory, 0);
  // Writes "aaa…" and "bbb…" in turn, as the owner does, never waiting for a reader.
  const writer = new Worker(
    `const { workerData: memory, parentPort } = require("node:worker_threads");
     const heads = new Int32Array(memory);
     const units = new Uint16Array(memory, 8, ${TEXT_UNITS});
     parentPort.postMessage("begun");
     for (let i = 0; ; i++) {
       Atomics.add(heads, 0, 1);
       const length = i % 2 ? ${TEXT_UNITS} : 100;
       units.fill(97 + (i % 2), 0, length);
       Atomics.store(heads, 1, length);
       Atomics.add(heads, 0, 1);
       Atomics.wait(heads, 2, 0, 0.01);
     }`,
    { eval: true, workerData: memory },
  );
  await new Promise((resolve) => writer.once("message", resolve));
  const seen = new Set<string>();
  for (let i = 0; i < 5_000; i++) seen.add(texts.read(0));
  await writer.terminate();
  seen.delete("");
  expect([...seen].every((text) => /^(?:a{100}|b+)$/.test(text))).toBe(true);
  expect(
    [...seen].filter((text) => text.startsWith("b")).every(({ length }) => length === TEXT_UNITS),
  ).toBe(true);
});
