import { expect, test } from "vitest";
import { CHECKPOINT_BYTES, parseCheckpoint } from "../../kernel/checkpoint.ts";

const trained = { optimizer: "opt", kind: "Adam", models: ["net"], steps: 12 };
const bytes = new Uint8Array(4);

test("parseCheckpoint() takes what a kernel keeps, and drops what does not belong to it", () => {
  const nameless = { ...trained, optimizer: null };
  expect(
    parseCheckpoint({ trained: [trained, { ...nameless, extra: 1 }], bytes, more: 1 }),
  ).toEqual({
    trained: [trained, nameless],
    bytes,
  });
});

test("parseCheckpoint() refuses anything else", () => {
  const refused: unknown[] = [
    null,
    [],
    { trained: [], bytes },
    { trained: [trained] },
    { trained: [trained], bytes: new Float32Array(1) },
    { trained: [trained], bytes: new Uint8Array(2 * CHECKPOINT_BYTES + 1) },
    { trained: [{ ...trained, steps: -1 }], bytes },
    { trained: [{ ...trained, steps: "1" }], bytes },
    { trained: [{ ...trained, kind: 1 }], bytes },
    { trained: [{ ...trained, kind: "x".repeat(300) }], bytes },
    { trained: [{ ...trained, optimizer: undefined }], bytes },
    { trained: [{ ...trained, models: [1] }], bytes },
    { trained: [{ ...trained, models: "net" }], bytes },
    { trained: [null], bytes },
  ];
  for (const each of refused) expect(parseCheckpoint(each)).toBe(null);
});
