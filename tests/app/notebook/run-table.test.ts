import { describe, expect, test } from "vitest";
import { columnsOf, printCsv, printJson, sorted } from "../../../app/notebook/run-table.ts";
import { logged, openRunLog, withNote } from "../../../app/notebook/training-runs.ts";
import { figure, told } from "./runs.fixture.ts";

const log = logged(
  openRunLog(),
  [
    told(1),
    told(2, {
      seed: null,
      knobs: [],
      figures: [figure({ curves: [{ name: "train", x: [0, 1], y: [0.5, Number.NaN] }] })],
    }),
    told(3, { figures: [figure({ curves: [{ name: "train", x: [0], y: [10] }] })] }),
  ],
  () => "",
  1_000_000,
);
const column = (id: string) => {
  const found = columnsOf(log.runs).find((each) => each.id === id);
  if (found === undefined) throw new Error(`no column ${id}`);
  return found;
};

test("columnsOf() has what some run has, curves with their newest number", () => {
  expect(columnsOf(log.runs).map(({ id }) => id)).toEqual([
    "run",
    "started",
    "duration",
    "status",
    "steps",
    "seed",
    "train",
    "knob lr",
    "optimizer",
    "model",
    "parameters",
    "note",
  ]);
  expect(log.runs.map(column("train").of)).toEqual([1, 0.5, 10]);
  expect(log.runs.map(column("optimizer").of)[0]).toBe("Adam lr 0.1");
});

describe("sorted()", () => {
  test("orders numbers by size", () => {
    const order = (way: "up" | "down") =>
      sorted(log.runs, column("train"), way).map(({ number }) => number);
    expect(order("up")).toEqual([2, 1, 3]);
    expect(order("down")).toEqual([3, 1, 2]);
  });

  test("puts what has no value last, whichever way", () => {
    const order = (way: "up" | "down") =>
      sorted(log.runs, column("seed"), way).map(({ number }) => number);
    expect(order("up").at(-1)).toBe(2);
    expect(order("down").at(-1)).toBe(2);
  });
});

test("printCsv() quotes what has to be, and lets no note be a formula", () => {
  const noted = withNote(withNote(log, 1, 'good, "really"'), 3, "=1+1");
  const lines = printCsv(noted.runs).split("\r\n");
  expect(lines[0]).toBe(
    "run,started,duration,status,steps,seed,train,knob lr,optimizer,model,parameters,note",
  );
  expect(lines[1]).toBe(
    '1,1970-01-01T00:16:38.500Z,1500,ok,3,42,1,0.1,Adam lr 0.1,net,17,"good, ""really"""',
  );
  expect(lines[2]).toContain(",,0.5,,");
  expect(lines[3]?.endsWith(",'=1+1")).toBe(true);
  expect(lines[4]).toBe("");
});

test("printJson() has the curves too, with null for what is no number", () => {
  const [, second] = JSON.parse(printJson(log.runs)) as Record<string, unknown>[];
  expect(second).toMatchObject({
    run: 2,
    started: "1970-01-01T00:16:38.500Z",
    seed: null,
    figures: [{ curves: [{ name: "train", x: [0, 1], y: [0.5, null] }] }],
  });
});
