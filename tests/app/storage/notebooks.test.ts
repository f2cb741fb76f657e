import { describe, expect, test } from "vitest";
import { parseSaved } from "../../../app/storage/notebooks.ts";
import { StorageError, toStorageError } from "../../../app/storage/storage-error.ts";
import type { CellId } from "../../../kernel/protocol.ts";

const cell = { id: "a", type: "code", source: "1", metadata: {} };
const record = { id: "n", form: 1, notebook: { cells: [cell], metadata: {} }, knobs: { k: 0.5 } };
const failure = (work: () => unknown): StorageError => {
  try {
    work();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
  throw new Error("wanted a failure");
};

describe("parseSaved()", () => {
  test("gives back document, knobs and outputs", () => {
    const results = { executionCount: 1, outputs: [] };
    const rows = new Map([["a" as CellId, results]]);
    expect(parseSaved("n", record, rows)).toEqual({
      id: "n",
      notebook: record.notebook,
      knobs: { k: 0.5 },
      results: rows,
      permissions: { own: false, trusted: false, origins: [] },
      runs: { runs: [], next: 1 },
      learning: { place: null, seen: [], solved: [], hints: {}, chosen: {} },
    });
  });

  test("believes permissions as far as they make sense, and none where there are none", () => {
    const permissionsOf = (permissions: unknown) =>
      parseSaved("n", { ...record, permissions }).permissions;
    expect(permissionsOf({ own: true, trusted: true, origins: ["https://a.example"] })).toEqual({
      own: true,
      trusted: true,
      origins: ["https://a.example"],
    });
    const origins = ["https://a.example", "https://a.example", "* https://b.example", 7];
    expect(permissionsOf({ own: 1, trusted: "yes", origins })).toEqual({
      own: false,
      trusted: false,
      origins: ["https://a.example"],
    });
    expect(permissionsOf(7)).toEqual({ own: false, trusted: false, origins: [] });
  });

  test.each([
    ["nothing", undefined],
    ["no notebook", { form: 1 }],
    ["cells that are no list", { form: 1, notebook: { cells: {}, metadata: {} } }],
    [
      "a cell without text",
      { form: 1, notebook: { cells: [{ ...cell, source: 3 }], metadata: {} } },
    ],
    ["two cells of one id", { form: 1, notebook: { cells: [cell, cell], metadata: {} } }],
  ])("refuses a record with %s and hands over what is left", (_, broken) => {
    const error = failure(() => parseSaved("n", broken));
    expect(error.reason).toBe("corrupt");
    expect(error.message).toContain('notebook "n" cannot be read');
    expect(error.salvage).toBe(JSON.stringify(broken, null, 1) ?? "");
  });

  test("refuses a record of a later form as newer, not as broken", () => {
    expect(failure(() => parseSaved("n", { ...record, form: 2 })).reason).toBe("newer");
  });

  test("says under the cell that its outputs cannot be read, and keeps the rest", () => {
    const rows = new Map([["a" as CellId, { outputs: 7 }]]);
    const saved = parseSaved("n", record, rows);
    expect(saved.notebook).toEqual(record.notebook);
    expect(saved.results.get("a" as CellId)?.outputs).toMatchObject([
      { kind: "stream", text: "The saved outputs of this cell cannot be read.\n" },
    ]);
  });
});

describe("toStorageError()", () => {
  test.each([
    ["QuotaExceededError", "full", "no room left"],
    ["VersionError", "newer", "Reload the page"],
    ["SecurityError", "unavailable", "SecurityError: why"],
  ])("tells %s apart and says what to do", (name, reason, part) => {
    const error = toStorageError(new DOMException("why", name));
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(part);
  });
});
