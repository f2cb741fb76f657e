/** One workload, all contestants: who agrees is timed, in rounds that visit each once. */
import { median } from "../rounds.ts";
import type { Spec } from "../workloads/specs.ts";
import type { Laboratory, Remote } from "./browser.ts";
import type { Contestant } from "./contestants.ts";

/** What became of a contestant in one workload. */
export type Outcome =
  | { readonly kind: "cannot"; readonly why: string }
  | { readonly kind: "wrong"; readonly seen: readonly number[]; readonly wanted: readonly number[] }
  | Timed;

export interface Timed {
  readonly kind: "timed";
  readonly device: string;
  /** Milliseconds of a step, by round. */
  readonly rounds: readonly number[];
  readonly min: number;
  readonly median: number;
  /** Milliseconds of the first step. */
  readonly first: number;
  /** Losses of the first steps, or numbers of an op's result. */
  readonly seen: readonly number[];
}

const agreement = 1e-3;
const lossSteps = 5;
const sliceMs = 40;
const trainingKinds: readonly Spec["kind"][] = ["mlp", "convnet", "transformer", "skipgram"];

interface Entered {
  readonly contestant: Contestant;
  readonly remote: Remote;
  readonly device: string;
  readonly first: number;
  readonly seen: readonly number[];
  steps: number;
  readonly rounds: number[];
}

/** Relative to the larger of the two, or absolute where both are small. */
export function agree(seen: readonly number[], wanted: readonly number[]): boolean {
  return (
    seen.length === wanted.length &&
    seen.every((value, i) => {
      const other = wanted[i] ?? Number.NaN;
      const scale = Math.max(Math.abs(value), Math.abs(other), 1e-2);
      return Math.abs(value - other) <= agreement * scale;
    })
  );
}

async function enter(
  laboratory: Laboratory,
  contestant: Contestant,
  spec: Spec,
): Promise<Entered | Outcome> {
  const remote = await laboratory.open(contestant.name, contestant.script);
  try {
    const { device, missing } = await remote.ask({ ask: "make", workload: spec.name });
    if (device === null) {
      await remote.close();
      return { kind: "cannot", why: missing };
    }
    const steps = trainingKinds.includes(spec.kind) ? lossSteps : 1;
    const { first, seen } = await remote.ask({ ask: "begin", steps });
    return { contestant, remote, device, first, seen: seen.flat(), steps: 1, rounds: [] };
  } catch (error) {
    await remote.close();
    return { kind: "cannot", why: error instanceof Error ? error.message : String(error) };
  }
}

/** Rounds enough for a minimum to show, fewer where one of them takes long. */
function roundsFor(roundMs: number): number {
  return roundMs < 1_000 ? 11 : roundMs < 4_000 ? 7 : roundMs < 15_000 ? 4 : 3;
}

const stepsIn = (ms: number, step: number): number =>
  Math.max(1, Math.round(ms / Math.max(step, 1e-4)));

async function measure(entered: readonly Entered[]): Promise<void> {
  let roundMs = 0;
  for (const each of entered) {
    let step = await each.remote.ask({ ask: "time", steps: 1 });
    // Compilers are still at work on what takes little: a slice that is not counted warms it up.
    for (const slice of [sliceMs / 4, sliceMs]) {
      if (step < slice) step = await each.remote.ask({ ask: "time", steps: stepsIn(slice, step) });
    }
    each.steps = Math.max(each.contestant.calls, stepsIn(sliceMs, step));
    roundMs += each.steps * step;
  }
  const rounds = roundsFor(roundMs);
  for (let round = 0; round < rounds; round++) {
    for (const each of entered)
      each.rounds.push(await each.remote.ask({ ask: "time", steps: each.steps }));
  }
}

export interface Contested {
  readonly outcomes: ReadonlyMap<Contestant, Outcome>;
  /** What plain JavaScript got, and all others must get. */
  readonly wanted: readonly number[];
}

/** The peaks compute nothing that could be compared. */
export async function contest(
  laboratory: Laboratory,
  spec: Spec,
  taking: readonly Contestant[],
): Promise<Contested> {
  const outcomes = new Map<Contestant, Outcome>();
  const entered: Entered[] = [];
  for (const contestant of taking) {
    const result = await enter(laboratory, contestant, spec);
    if ("kind" in result) outcomes.set(contestant, result);
    else entered.push(result);
  }
  const judge = entered.find(({ contestant }) => contestant.script === "plain.js");
  if (judge === undefined) throw new Error(`${spec.name}: nobody says what is right`);
  const wanted = judge.seen;
  const right: Entered[] = [];
  for (const each of entered) {
    const { side } = each.contestant;
    if (side === "judge") {
      await each.remote.close();
    } else if (side === "peak" || agree(each.seen, wanted)) {
      right.push(each);
    } else {
      outcomes.set(each.contestant, { kind: "wrong", seen: each.seen, wanted });
      await each.remote.close();
    }
  }
  await measure(right);
  for (const { contestant, remote, device, first, seen, rounds } of right) {
    outcomes.set(contestant, {
      kind: "timed",
      device,
      rounds,
      min: Math.min(...rounds),
      median: median(rounds),
      first,
      seen,
    });
    await remote.close();
  }
  return { outcomes, wanted };
}
