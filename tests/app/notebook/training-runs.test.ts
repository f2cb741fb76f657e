import { describe, expect, test } from "vitest";
import type { Notice } from "../../../kernel/hosts/notices.ts";
import {
  knobsOf,
  logged,
  openRunLog,
  parseRun,
  pastOf,
  type RunLog,
  runNumbered,
  undeleted,
  withNote,
  withoutRuns,
} from "../../../app/notebook/training-runs.ts";
import { cell, figure, finished, told } from "./runs.fixture.ts";

const after = (log: RunLog, ...notices: Notice[]) => logged(log, notices, () => "net(x)", 10_000);
const numbers = (log: RunLog) => log.runs.map(({ number }) => number);

describe("logged()", () => {
  test("numbers runs upwards, and tells one run once however often it is told", () => {
    const log = after(
      openRunLog(),
      told(4, { status: "running", steps: 2 }),
      told(4, { status: "ok", steps: 9 }),
      told(5),
    );
    expect(numbers(log)).toEqual([1, 2]);
    expect(runNumbered(log, 1)).toMatchObject({
      cell: "a",
      source: "net(x)",
      startedMs: 8_500,
      status: "ok",
      training: { steps: 9 },
    });
  });

  test("gives a number once, also after deleting and reloading", () => {
    const log = withoutRuns(after(openRunLog(), told(1), told(2)), new Set([2]));
    expect(numbers(after(log, told(3)))).toEqual([1, 3]);
    expect(numbers(after(openRunLog(log.runs, log.next), told(1)))).toEqual([1, 3]);
  });

  test("leaves a run lost whose kernel has ended", () => {
    const log = after(openRunLog(), told(1, { status: "running" }), finished("a", 1, "killed"));
    expect(runNumbered(log, 1)?.status).toBe("killed");
    const dead: Notice = { kind: "kernel", status: "dead", shared: true };
    const other = after(openRunLog(), told(1, { status: "running" }), told(2), dead);
    expect(other.runs.map(({ status }) => status)).toEqual(["killed", "ok"]);
  });

  test("a run that was deleted while it trained stays deleted", () => {
    const log = withoutRuns(after(openRunLog(), told(1, { status: "running" })), new Set([1]));
    expect(numbers(after(log, told(1)))).toEqual([]);
  });

  test("keeps 200 runs, and beyond them what has a note or a pin", () => {
    let log = after(
      openRunLog(),
      told(1),
      told(2, { figures: [figure({ pin: "good", pins: ["good"] })] }),
    );
    log = withNote(log, 1, "the first");
    for (let id = 3; id <= 210; id++) log = after(log, told(id, { figures: [] }));
    expect(log.runs).toHaveLength(200);
    expect(numbers(log).slice(0, 3)).toEqual([1, 2, 13]);
  });
});

test("undeleted() brings back what was deleted last, in its place", () => {
  const log = after(openRunLog(), told(1), told(2), told(3));
  const once = withoutRuns(log, new Set([2]));
  const twice = withoutRuns(once, new Set([1, 3]));
  expect(numbers(twice)).toEqual([]);
  expect(numbers(undeleted(twice))).toEqual([1, 3]);
  expect(numbers(undeleted(undeleted(twice)))).toEqual([1, 2, 3]);
  expect(undeleted(log)).toBe(log);
});

test("pastOf() has the pins of a cell, until a later run tells that they are gone", () => {
  const pinned = after(
    openRunLog(),
    told(1, { figures: [figure({ pin: "lr 0.1", pins: ["lr 0.1"] })] }),
  );
  expect(pastOf(pinned, cell("a"))).toEqual({
    nextRun: 2,
    pins: [{ place: "a/figure plot.live", label: "lr 0.1", curves: figure().curves }],
  });
  expect(pastOf(pinned, cell("b")).pins).toEqual([]);
  expect(pastOf(after(pinned, told(2)), cell("a")).pins).toEqual([]);
  const still = after(pinned, told(2, { figures: [figure({ pins: ["lr 0.1"] })] }));
  expect(pastOf(still, cell("a")).pins).toHaveLength(1);
});

describe("parseRun()", () => {
  const [run] = after(openRunLog(), told(1)).runs;

  test("gives back what was saved", () => {
    expect(parseRun(structuredClone(run))).toEqual(run);
    expect(run && knobsOf(run)).toEqual([["a/lr", 0.1]]);
  });

  test("takes a run that was under way when the page went as lost", () => {
    expect(parseRun({ ...run, status: "running" })?.status).toBe("killed");
  });

  test.each([
    ["nothing", null],
    ["another number", { ...run, number: "1" }],
    ["no training", { ...run, training: {} }],
    ["no note", { ...run, note: undefined }],
    [
      "curves of unequal length",
      {
        ...run,
        training: {
          ...run?.training,
          figures: [figure({ curves: [{ name: "a", x: [1], y: [] }] })],
        },
      },
    ],
  ])("refuses %s", (_, row) => {
    expect(parseRun(row)).toBeNull();
  });
});
