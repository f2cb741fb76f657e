/** Rows of the results: a workload in one form on so many threads, with everybody's figures. */
import { median } from "../rounds.ts";
import { agree } from "./agreement.ts";
import type { Outcome, Timed } from "./contest.ts";
import { type Contestant, contestants } from "./contestants.ts";
import { judge, type Judged } from "./judge.ts";
import type { Measured } from "./measured.ts";
import type { Form } from "./targets.ts";

/** Milliseconds of a step. */
export interface Figure {
  readonly min: number;
  readonly median: number;
  readonly first: number;
}

export interface Row {
  readonly workload: string;
  readonly form: Form;
  readonly threads: 1 | 2;
  /** Backend and variant. */
  readonly device: string;
  /** Null where our engine did not run, or was wrong: `problem` says why. */
  readonly ours: Figure | null;
  readonly problem: string;
  /** A sentence where there is no figure. */
  readonly peers: Readonly<Record<string, Figure | string>>;
  readonly bestPeer: string | null;
  /** How many times as fast as the best peer: of the minima, and the median over the rounds. */
  readonly ratioToBest: number | null;
  readonly ratioToBestByRound: number | null;
  readonly ratioToPeak: number | null;
  readonly targets: readonly Judged[];
  /** Null where no target was judged. */
  readonly holds: boolean | null;
}

const figure = ({ min, median: middle, first }: Timed): Figure => ({ min, median: middle, first });

const ratio = (rival: Timed | null, ours: Timed | null): number | null =>
  rival === null || ours === null ? null : rival.min / ours.min;

/** The noise of a round is in both; where one was in the first rounds only, they are those. */
function ratioByRound(rival: Timed | null, ours: Timed | null): number | null {
  if (rival === null || ours === null) return null;
  const common = rival.rounds.slice(0, ours.rounds.length);
  return median(common.map((each, round) => each / (ours.rounds[round] ?? Number.NaN)));
}

function problemOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "timed":
      return "";
    case "cannot":
      return outcome.why;
    case "wrong": {
      const { seen, wanted } = outcome;
      const off = seen.findIndex((value, i) => !agree([value], [wanted[i] ?? Number.NaN]));
      return `wrong: ${seen[off]} where ${wanted[off]} is right`;
    }
  }
}

function peerFigures({ outcomes, torch }: Measured): Record<string, Figure | string> {
  const all: Record<string, Figure | string> = {};
  for (const [{ name, side }, outcome] of outcomes) {
    if (side !== "ours")
      all[name] = outcome.kind === "timed" ? figure(outcome) : problemOf(outcome);
  }
  for (const [threads, time] of torch.times)
    all[`PyTorch, ${threads} ${threads === 1 ? "thread" : "threads"}`] = figure(time);
  return all;
}

function rowOf(measured: Measured, contestant: Contestant, outcome: Outcome): Row {
  const { form = "as one", threads } = contestant;
  const ours = outcome.kind === "timed" ? outcome : null;
  const best = measured.bestPeer(threads);
  const peak = measured.timed("relaxed SIMD peak") ?? measured.timed("SIMD peak");
  const judged = judge(ours, measured, contestant);
  const verdicts = judged.flatMap(({ holds }) => holds ?? []);
  return {
    workload: measured.spec.name,
    form,
    threads,
    device: ours?.device ?? "",
    ours: ours === null ? null : figure(ours),
    problem: problemOf(outcome),
    peers: peerFigures(measured),
    bestPeer: best?.name ?? null,
    ratioToBest: ratio(best?.time ?? null, ours),
    ratioToBestByRound: ratioByRound(best?.time ?? null, ours),
    ratioToPeak: ratio(peak, ours),
    targets: judged,
    holds: verdicts.length === 0 ? null : verdicts.every(Boolean),
  };
}

/** One row for each of our engine's forms and threads; none where nothing was timed or wanted. */
export function rowsOf(measured: Measured): Row[] {
  return contestants
    .filter(({ side }) => side === "ours")
    .flatMap((contestant) => {
      const outcome = measured.outcomes.get(contestant);
      return outcome === undefined ? [] : [rowOf(measured, contestant, outcome)];
    })
    .filter(({ ours, targets }) => ours !== null || targets.length > 0);
}
