import { propertyRuns } from "../counts.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  parseBatch,
  parseEngine,
  parseFileView,
  parseKnobView,
  parseRunReport,
} from "../../kernel/protocol.ts";
import { trueEvents } from "../hostile/events.ts";

const event = (inner: unknown) => ({ cell: "a", run: 1, event: inner });
/** One that is as plain as can be. */
const stream = { kind: "stream", name: "stdout", text: "x" };
const parseOne = (inner: unknown) => parseBatch({ batch: 1, events: [event(inner)] });

test("parseBatch() takes every kind of event as it is", () => {
  for (const inner of trueEvents) {
    expect(parseOne(inner)).toEqual({ batch: { batch: 1, events: [event(inner)] }, malformed: 0 });
  }
});

test("parseBatch() drops fields that the protocol does not have", () => {
  const parsed = parseOne({ ...stream, extra: 1 });
  expect(parsed?.batch.events[0]?.event).toEqual(stream);
});

const optional = new Set(["display.display", "progress.inner"]);

test("parseBatch() leaves out and counts an event with any field missing or of another type", () => {
  for (const inner of trueEvents) {
    for (const key of Object.keys(inner)) {
      for (const wrong of [undefined, () => 1, Symbol.iterator]) {
        if (wrong === undefined && optional.has(`${String(inner.kind)}.${key}`)) continue;
        const parsed = parseOne({ ...inner, [key]: wrong });
        expect(parsed, `${String(inner.kind)}.${key}`).toEqual({
          batch: { batch: 1, events: [] },
          malformed: 1,
        });
      }
    }
  }
});

test("parseBatch() refuses a mistake of a rule that is no plain name, and broken frames", () => {
  const mistake = { rule: "nan-loss", text: "t", fix: "f", frames: [] };
  const refused = [
    { ...mistake, rule: "<b>" },
    { ...mistake, rule: "x".repeat(50) },
    { ...mistake, fix: 1 },
    { ...mistake, frames: [{ function: null, cell: "../a", run: 1, line: 1, column: 2 }] },
    { ...mistake, frames: null },
  ];
  expect(parseOne({ kind: "mistake", mistake })?.malformed).toBe(0);
  for (const each of refused)
    expect(parseOne({ kind: "mistake", mistake: each })?.malformed).toBe(1);
});

test("parseBatch() refuses hosts that are more or less than a host of the web", () => {
  for (const origin of [
    "https://cdn.example/",
    "https://cdn.example/path",
    "https://user@cdn.example",
    "HTTPS://cdn.example",
    "javascript:alert(1)",
    "file:///etc",
    "null",
    "https://cdn.example; script-src *",
    `https://${"a".repeat(400)}.example`,
  ]) {
    expect(parseOne({ kind: "blocked", origin })?.malformed, origin).toBe(1);
  }
});

test("parseBatch() refuses packages and versions that are none", () => {
  const of = (wanted: string, version: string) =>
    parseOne({ kind: "package", wanted, version })?.malformed;
  expect(of("d3", "7.9.0")).toBe(0);
  for (const wanted of ["../d3", "d3/x", "<b>", "__proto__ ", "a".repeat(300)])
    expect(of(wanted, "1.0.0"), wanted).toBe(1);
  for (const version of ["7", "latest", "1.0.0/../../x", "1.0.0 "])
    expect(of("d3", version), version).toBe(1);
});

test("parseBatch() refuses names of files that are paths", () => {
  for (const name of ["../x", "a/b", ".hidden", "", "a\\b", "c:", "x".repeat(200)]) {
    expect(parseOne({ kind: "read-file", request: 1, name })?.malformed, name).toBe(1);
  }
});

test("parseBatch() refuses a key that reaches a prototype, and values that nest too deep", () => {
  const poisoned: unknown = JSON.parse('{"text/plain":"x","__proto__":{"polluted":1}}');
  expect(parseOne({ kind: "result", data: poisoned, metadata: {} })?.malformed).toBe(1);
  let deep: unknown = 1;
  for (let i = 0; i < 200; i++) deep = [deep];
  expect(parseOne({ kind: "result", data: { "a/b": deep }, metadata: {} })?.malformed).toBe(1);
});

test("parseBatch() walks no structure that is small to send and large to walk", () => {
  let shared: unknown = "x";
  for (let level = 0; level < 60; level++) shared = [shared, shared];
  const cycle: unknown[] = [];
  cycle.push(cycle, cycle);
  const gaps = Object.assign([1], { length: 2 ** 32 - 1 });
  const numbers = Array.from({ length: 1_000_000 }, () => 1);
  const many = Array.from({ length: 1_000 }, () => numbers);
  for (const value of [shared, cycle, gaps, many]) {
    expect(parseOne({ kind: "result", data: { "a/b": value }, metadata: {} })?.malformed).toBe(1);
  }
  // A picture of four million numbers is none of them.
  const picture = Array.from({ length: 4 }, () => numbers);
  expect(parseOne({ kind: "result", data: { "a/b": picture }, metadata: {} })?.malformed).toBe(0);
});

test("parseBatch() keeps the good events of a batch that has bad ones", () => {
  const parsed = parseBatch({ batch: 3, events: [event(stream), null, event({ kind: "x" })] });
  expect(parsed?.batch.events).toHaveLength(1);
  expect(parsed?.malformed).toBe(2);
});

test("parsers never throw, whatever they are given", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (value) => {
      parseBatch(value);
      parseBatch({ batch: 1, events: [value] });
      parseOne(value);
      parseRunReport(value);
      parseKnobView(value);
      parseFileView(value);
      parseEngine(value);
    }),
    propertyRuns(20_261_122, 2_000),
  );
});

test("parseEngine() takes known backends with at least one thread", () => {
  expect(parseEngine({ backend: "wasm plain", threads: 2, more: 1 })).toEqual({
    backend: "wasm plain",
    threads: 2,
  });
  expect(parseEngine({ backend: "<b>wasm</b>", threads: 2 })).toBeNull();
  expect(parseEngine({ backend: "reference", threads: 0 })).toBeNull();
});

test("parseRunReport() takes a report and nothing near one", () => {
  const report = {
    status: "ok",
    durationMs: 1.5,
    left: 0,
    wrote: ["a"],
    readKnobs: [],
    trained: true,
    drew: false,
  };
  expect(parseRunReport(report)).toEqual(report);
  for (const key of Object.keys(report))
    expect(parseRunReport({ ...report, [key]: 7n })).toBeNull();
});
