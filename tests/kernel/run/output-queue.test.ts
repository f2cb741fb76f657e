import { expect, test } from "vitest";
import type { CellId, DisplayId, OutputEvent, RunId } from "../../../kernel/protocol.ts";
import { createOutputQueue } from "../../../kernel/run/output-queue.ts";

const owner = (run = 1) => ({ cell: "a" as CellId, run: run as RunId });
const out = (text: string): OutputEvent => ({ kind: "stream", name: "stdout", text });
const shown = (kind: "display" | "update", id: string, value: unknown): OutputEvent => ({
  kind,
  data: { "text/plain": value },
  metadata: {},
  display: id as DisplayId,
});

function taken(...events: readonly OutputEvent[]): unknown[] {
  const queue = createOutputQueue();
  for (const event of events) queue.push(owner(), event);
  return queue.take().map(({ event }) => event);
}

test("neighbouring text of one stream merges; text of the other stream stands between", () => {
  const err: OutputEvent = { kind: "stream", name: "stderr", text: "e" };
  expect(taken(out("a"), out("b"), err, out("c"))).toEqual([out("ab"), err, out("c")]);
});

test("a display's newer state takes the place of the waiting one", () => {
  expect(
    taken(shown("display", "d", 1), out("x"), shown("update", "d", 2), shown("update", "d", 3)),
  ).toEqual([shown("display", "d", 3), out("x")]);
});

test("an update of a display that was sent before stays an update", () => {
  expect(taken(shown("update", "d", 1), shown("update", "d", 2))).toEqual([
    shown("update", "d", 2),
  ]);
});

test("clear drops what waits; with wait, what comes next does", () => {
  expect(taken(out("a"), { kind: "clear", wait: false }, out("b"))).toEqual([
    { kind: "clear", wait: false },
    out("b"),
  ]);
  const waits: OutputEvent = { kind: "clear", wait: true };
  expect(taken(out("a"), waits)).toEqual([out("a"), waits]);
  expect(taken(out("a"), waits, out("b"), waits, out("c"))).toEqual([waits, out("c")]);
});

test("an update after a clear does not bring a cleared display back to life in its old place", () => {
  expect(
    taken(shown("display", "d", 1), { kind: "clear", wait: false }, shown("update", "d", 2)),
  ).toEqual([{ kind: "clear", wait: false }, shown("update", "d", 2)]);
});

test("only the newest progress is sent, after the outputs", () => {
  const progress = (done: number): OutputEvent => ({
    kind: "progress",
    loop: 1,
    done,
    total: 9,
    perSecond: 1,
  });
  expect(taken(progress(1), out("a"), progress(2))).toEqual([out("a"), progress(2)]);
});

test("only where a run stands is sent of its pauses: held, or going on", () => {
  const pause = { kind: "pause", pause: { frames: [], variables: [] } } as const;
  expect(taken(pause, { kind: "pause", pause: null }, out("a"), pause)).toEqual([out("a"), pause]);
});

test("of very many outputs the first and the last are kept and the rest is counted", () => {
  const events = taken(...Array.from({ length: 5000 }, (_, i) => shown("display", `d${i}`, i)));
  expect(events.length).toBeLessThan(1000);
  expect(events[0]).toEqual(shown("display", "d0", 0));
  expect(events.at(-1)).toEqual(shown("display", "d4999", 4999));
  expect(events).toContainEqual({ kind: "omitted", count: 5000 - (events.length - 1) });
});

test("an error is kept whatever follows it", () => {
  const error: OutputEvent = {
    kind: "error",
    error: { kind: "runtime", name: "E", message: "m", frames: [], causes: [] },
  };
  const many = Array.from({ length: 3000 }, (_, i) => shown("display", `d${i}`, i));
  expect(taken(...many, error, ...many)).toContainEqual(error);
});

test("of very many errors the first and the last are kept and the rest is counted", () => {
  const error = (at: number): OutputEvent => ({
    kind: "error",
    error: { kind: "runtime", name: "E", message: String(at), frames: [], causes: [] },
  });
  const events = taken(...Array.from({ length: 20_000 }, (_, i) => error(i)));
  expect(events.length).toBeLessThan(1000);
  expect(events[0]).toEqual(error(0));
  expect(events.at(-1)).toEqual(error(19_999));
  expect(events).toContainEqual({ kind: "omitted", count: 20_000 - (events.length - 1) });
});

test("outputs wait in bounded memory, however large each is and whichever come first", () => {
  const large = "x".repeat(1_000_000);
  const events = taken(
    ...Array.from({ length: 400 }, (_, i): OutputEvent => shown("display", `d${i}`, large)),
  );
  expect(JSON.stringify(events).length).toBeLessThan(20_000_000);
  expect(events.length).toBeGreaterThan(10);
});

test("a mistake is kept whatever follows it", () => {
  const mistake: OutputEvent = {
    kind: "mistake",
    mistake: { rule: "nan-loss", text: "t", fix: "f", frames: [] },
  };
  const many = Array.from({ length: 3000 }, (_, i) => shown("display", `d${i}`, i));
  expect(taken(...many, mistake, ...many)).toContainEqual(mistake);
});

test("long text keeps its head and its tail", () => {
  const [event] = taken(
    ...Array.from({ length: 20_000 }, (_, i) => out(`${i} ${"x".repeat(50)}\n`)),
  );
  const { text, omitted } = event as OutputEvent & { kind: "stream" };
  expect(text.length).toBeLessThan(300_000);
  expect(text).toMatch(/^0 x/);
  expect(text).toMatch(/19999 x+\n$/);
  expect(text.slice(0, omitted?.at)).toMatch(/\n$/);
  expect(text.split("\n").length - 1 + (omitted?.lines ?? 0)).toBe(20_000);
});

test("of a run that floods only the tail of its next text waits, and every line is counted", () => {
  const queue = createOutputQueue();
  const line = (i: number) => `${i} ${"x".repeat(50)}\n`;
  const sizes: number[] = [];
  let told = 0;
  for (let batch = 0, i = 0; batch < 3; batch++) {
    for (const end = i + 20_000; i < end; i++) queue.push(owner(), out(line(i)));
    const [stream] = queue.take().map(({ event }) => event as OutputEvent & { kind: "stream" });
    expect(stream?.text.endsWith(line(i - 1))).toBe(true);
    sizes.push(stream?.text.length ?? 0);
    told += (stream?.text.split("\n").length ?? 1) - 1 + (stream?.omitted?.lines ?? 0);
  }
  expect(told).toBe(60_000);
  expect(sizes[0]).toBeGreaterThan(200_000);
  expect(Math.max(...sizes.slice(1))).toBeLessThan(60_000);
  // The next run begins with its head.
  for (let i = 0; i < 20_000; i++) queue.push(owner(2), out(line(i)));
  expect(queue.take()[0]?.event).toMatchObject({ text: expect.stringMatching(/^0 x/) as string });
});

test("runs wait apart", () => {
  const queue = createOutputQueue();
  queue.push(owner(1), out("a"));
  queue.push(owner(2), out("b"));
  queue.push(owner(1), out("c"));
  expect(queue.take().map(({ run, event }) => [run, event])).toEqual([
    [1, out("ac")],
    [2, out("b")],
  ]);
  expect(queue.isEmpty()).toBe(true);
});
