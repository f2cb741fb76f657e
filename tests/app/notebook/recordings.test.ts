import { expect, test } from "vitest";
import { recordingsAfter } from "../../../app/notebook/recordings.ts";
import type { Notice } from "../../../kernel/hosts/notices.ts";
import type { CellId, RunId } from "../../../kernel/protocol.ts";

const cell = "a" as CellId;
const run = 3 as RunId;
const recorded = {
  kind: "recorded",
  cell,
  run,
  recorded: { steps: [0, 5, 10], shown: null },
} as Notice;
const kernel = (status: "starting" | "dead") => ({ kind: "kernel", status }) as Notice;

test("recordingsAfter() keeps the newest steps of a cell until it runs again", () => {
  const held = recordingsAfter(new Map(), [recorded]);
  expect(held.get(cell)).toEqual({ run, steps: [0, 5, 10], shown: null });
  expect(recordingsAfter(held, [{ kind: "started", cell, run: 4 } as Notice]).size).toBe(0);
});

test("recordingsAfter() says that steps are gone with their kernel, and of no others", () => {
  const held = recordingsAfter(new Map(), [recorded]);
  for (const status of ["starting", "dead"] as const)
    expect(recordingsAfter(held, [kernel(status)]).get(cell)).toEqual({
      run,
      steps: [],
      shown: null,
      isGone: true,
    });
  expect(recordingsAfter(new Map(), [kernel("starting")]).size).toBe(0);
});
