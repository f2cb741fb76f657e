import { describe, expect, it } from "vitest";
import { specs } from "../workloads/specs.ts";
import type { Outcome, Timed } from "./contest.ts";
import { type Contestant, contestants } from "./contestants.ts";
import { Measured, type TorchMeasured } from "./measured.ts";
import { type Row, rowsOf } from "./rows.ts";
import { printRow, printTable } from "./table.ts";
import { targets } from "./targets.ts";

const timed = (ms: number, more: Partial<Timed> = {}): Timed => ({
  kind: "timed",
  device: "wasm",
  rounds: [ms, ms, ms],
  min: ms,
  median: ms,
  first: ms,
  seen: [1],
  ...more,
});

/** Rows of `workload` where the contestants named got these outcomes. */
function rows(
  workload: string,
  got: Readonly<Record<string, Outcome>>,
  torch?: TorchMeasured,
): readonly Row[] {
  const spec = specs.find(({ name }) => name === workload);
  if (spec === undefined) throw new Error(`no workload ${workload}`);
  const outcomes = new Map<Contestant, Outcome>();
  for (const contestant of contestants) {
    const outcome = got[contestant.name];
    if (outcome !== undefined) outcomes.set(contestant, outcome);
  }
  return rowsOf(new Measured(spec, outcomes, torch));
}

const verdicts = (row: Row | undefined): Record<string, boolean | null> =>
  Object.fromEntries((row?.targets ?? []).map(({ target, holds }) => [target, holds]));

it("every target is for some workload", () => {
  const names = specs.map(({ name }) => name);
  const idle = targets.filter(
    ({ workload }) => !names.some((name) => name === workload || name.startsWith(`${workload}-`)),
  );
  expect(idle).toEqual([]);
});

it("every workload but the two smaller products has a target", () => {
  const aimless = specs.filter(
    ({ name }) => !targets.some(({ workload }) => `${name}-`.startsWith(`${workload}-`)),
  );
  expect(aimless.map(({ name }) => name)).toEqual(["matmul-128", "matmul-256"]);
});

describe("rowsOf()", () => {
  it("compares with the fastest peer of as many threads", () => {
    const [row] = rows("mlp-tiny", {
      descent: timed(1),
      "jax-js jit": timed(3),
      "tfjs wasm": timed(2.5),
      "jax-js jit, 2 threads": timed(0.5),
    });
    expect(row).toMatchObject({ bestPeer: "tfjs wasm", ratioToBest: 2.5, holds: true });
  });

  it("judges by the minima", () => {
    const [row] = rows("mlp-tiny", {
      descent: timed(1, { median: 9 }),
      "plain JavaScript": timed(1.9, { median: 90 }),
    });
    expect(verdicts(row)["2.0x browser peers"]).toBe(false);
  });

  it("misses every target where our result is wrong, and says which number", () => {
    const wrong = { kind: "wrong", seen: [1, 2], wanted: [1, 3] } as const;
    const [row] = rows("convnet", { descent: wrong, "plain JavaScript": timed(5) });
    expect(row).toMatchObject({ ours: null, holds: false, problem: "wrong: 2 where 3 is right" });
  });

  it("does not judge against PyTorch with a slow BLAS where products are the work", () => {
    const times = new Map([[1, timed(0.1)]]);
    const got = { descent: timed(1), "plain JavaScript": timed(3) };
    const judged = (isFast: boolean) =>
      verdicts(rows("mlp-tiny", got, { times, isFast })[0])["1.0x PyTorch"];
    expect(judged(false)).toBe(null);
    expect(judged(true)).toBe(false);
  });

  it("compares two threads with one of the same form", () => {
    const [, two] = rows("gelu-1m", {
      "descent, using": timed(4),
      "descent, using, 2 threads": timed(2),
    }).filter(({ form }) => form === "using");
    expect(verdicts(two)["1.7x one thread"]).toBe(true);
  });

  it("misses the targets of two threads where there are none", () => {
    const why = "the engine has one thread here";
    const found = rows("mlp-wide", {
      descent: timed(1),
      "descent, 2 threads": { kind: "cannot", why },
    });
    expect(found[1]).toMatchObject({ threads: 2, holds: false, problem: why });
  });

  it("measures products against the relaxed peak of the same run", () => {
    const [row] = rows("matmul-kernel-512-nt", {
      descent: timed(10),
      "relaxed SIMD peak": timed(9.5),
    });
    expect(row).toMatchObject({ ratioToPeak: 0.95, holds: true });
  });

  it("wants a sum closer to that in double precision than the other engines'", () => {
    const sums = (ours: number) =>
      rows("sum-16m", {
        "descent, using": timed(1, { seen: [ours] }),
        "jax-js jit": timed(3, { seen: [1.0001] }),
        "plain JavaScript": timed(3, { seen: [1] }),
      })[0];
    const target = "error below the browser engines'";
    expect(verdicts(sums(1.00001))[target]).toBe(true);
    expect(verdicts(sums(1.001))[target]).toBe(false);
  });

  it("allows a first step three times a later one, or 30 ms", () => {
    const first = (ms: number, later: number) =>
      rows("matmul-128", { "descent, using": timed(later, { first: ms }) })[0]?.holds;
    expect(first(29, 1)).toBe(true);
    expect(first(31, 1)).toBe(false);
    expect(first(299, 100)).toBe(true);
    expect(first(301, 100)).toBe(false);
  });
});

it("printRow() shows what took how long, in which unit, and each verdict", () => {
  const [row] = rows("mlp-tiny", {
    descent: timed(0.05, { first: 140 }),
    "plain JavaScript": timed(0.2),
  });
  if (row === undefined) throw new Error("no row");
  expect(printRow(row)).toMatchInlineSnapshot(`
    "mlp-tiny, 1 thread                         50.0 us (50.0 us), first 140 ms, wasm
        4.00x the best peer (plain JavaScript), 4.00x by round
        holds    2.0x browser peers: 4
        unjudged 1.0x PyTorch
        MISSED   first step at most 30.0 ms: 140"
  `);
});

it("printTable() gives each row a line under the columns' names", () => {
  const found = rows("mlp-tiny", {
    descent: timed(0.05),
    "descent, 2 threads": { kind: "cannot", why: "the engine has one thread here" },
    "plain JavaScript": timed(0.2),
  });
  expect(printTable(found)).toMatchInlineSnapshot(`
    "workload  form    threads  ours                            best peer         ratio  of peak  targets
    mlp-tiny  as one  1        50.0 us                         plain JavaScript  4.00x  -        holds
    mlp-tiny  as one  2        the engine has one thread here  plain JavaScript  -      -        MISSED"
  `);
});
