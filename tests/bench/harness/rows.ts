/** Rows of the results: a workload in one form on so many threads, judged by its targets. */
import type { Spec } from "../workloads/specs.ts";
import { agree, type Outcome, type Timed } from "./contest.ts";
import { type Contestant, contestants } from "./contestants.ts";
import { type Claim, firstStep, type Form, type Rival, targets } from "./targets.ts";

/** Milliseconds of a step. */
export interface Figure {
  readonly min: number;
  readonly median: number;
  readonly first: number;
}

export interface Judged {
  readonly target: string;
  /** What was reached; null where there is nothing to compare. */
  readonly value: number | null;
  /** Null where it cannot be judged here. */
  readonly holds: boolean | null;
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

/** Everything that was measured for one workload. */
export interface Measured {
  readonly spec: Spec;
  readonly outcomes: ReadonlyMap<Contestant, Outcome>;
  /** PyTorch by threads; null without it, or where its products are not made for speed. */
  readonly torch: ReadonlyMap<number, Timed>;
  readonly isTorchFast: boolean;
}

const figure = ({ min, median, first }: Timed): Figure => ({ min, median, first });

function timed(measured: Measured, name: string): Timed | null {
  for (const [contestant, outcome] of measured.outcomes)
    if (contestant.name === name && outcome.kind === "timed") return outcome;
  return null;
}

function fastest(candidates: readonly (Timed | null)[]): Timed | null {
  return candidates.reduce(
    (best, each) => (each !== null && (best === null || each.min < best.min) ? each : best),
    null,
  );
}

/** The browser peers with at most so many threads, by name. */
function peersOf({ outcomes }: Measured, threads: number): Map<string, Timed> {
  const found = new Map<string, Timed>();
  for (const [{ side, name, threads: has }, outcome] of outcomes)
    if (side === "peer" && has <= threads && outcome.kind === "timed") found.set(name, outcome);
  return found;
}

function rivalOf(rival: Rival, measured: Measured, contestant: Contestant): Timed | null {
  switch (rival) {
    case "browser peers":
      return fastest([...peersOf(measured, contestant.threads).values()]);
    case "jax-js jit, any":
      return fastest([timed(measured, "jax-js jit"), timed(measured, "jax-js jit, 2 threads")]);
    case "PyTorch":
      return measured.isTorchFast || !usesProducts(measured.spec)
        ? (measured.torch.get(1) ?? null)
        : null;
    case "one thread":
      return timed(measured, contestant.name.replace(", 2 threads", ""));
    default:
      return timed(measured, rival);
  }
}

/** Whether most of the work is the product of matrices, which a slow BLAS spoils. */
const usesProducts = ({ kind }: Spec): boolean =>
  ["mlp", "transformer", "skipgram", "matmul"].includes(kind);

/** Error of a sum, relative to plain JavaScript's in double precision. */
function errorOf({ seen }: Timed, exact: Timed): number {
  const [sum = Number.NaN, truth = Number.NaN] = [seen[0], exact.seen[0]];
  return Math.abs(sum - truth) / Math.abs(truth);
}

function judge(claim: Claim, ours: Timed, measured: Measured, contestant: Contestant): Judged {
  switch (claim.kind) {
    case "time": {
      const target = `at most ${claim.atMost * 1000} us`;
      return { target, value: ours.min, holds: ours.min <= claim.atMost };
    }
    case "exactness": {
      const target = "more exact than the browser engines";
      const exact = timed(measured, "plain JavaScript");
      const engines = ["jax-js jit", "jax-js eager", "tfjs wasm"].map((n) => timed(measured, n));
      const errors = engines.flatMap((each) =>
        each === null || exact === null ? [] : [errorOf(each, exact)],
      );
      if (exact === null || errors.length === 0) return { target, value: null, holds: null };
      const value = errorOf(ours, exact);
      return { target, value, holds: value < Math.min(...errors) };
    }
    case "speed": {
      const target = `${claim.atLeast.toPrecision(2)}x ${claim.rival}`;
      const rival = rivalOf(claim.rival, measured, contestant);
      if (rival === null) return { target, value: null, holds: null };
      const value = rival.min / ours.min;
      return { target, value, holds: value >= claim.atLeast };
    }
  }
}

function judgeFirst({ first, median }: Timed): Judged {
  const limit = Math.max(firstStep.times * median, firstStep.ms);
  return {
    target: `first step at most ${limit.toPrecision(3)} ms`,
    value: first,
    holds: first <= limit,
  };
}

function claimsFor(workload: string, form: Form, threads: number): readonly Claim[] {
  return targets
    .filter((each) => workload === each.workload || workload.startsWith(`${each.workload}-`))
    .filter((each) => each.threads === threads && (each.form ?? form) === form)
    .flatMap(({ claims }) => claims);
}

function row(measured: Measured, contestant: Contestant, outcome: Outcome): Row {
  const { spec } = measured;
  const { form = "as one", threads } = contestant;
  const claims = claimsFor(spec.name, form, threads);
  const ours = outcome.kind === "timed" ? outcome : null;
  const judged =
    ours === null
      ? claims.map((claim) => ({ target: describe(claim), value: null, holds: false }))
      : [...claims.map((claim) => judge(claim, ours, measured, contestant)), judgeFirst(ours)];
  const peers = peersOf(measured, threads);
  const best = fastest([...peers.values()]);
  const peak = timed(measured, "relaxed SIMD peak") ?? timed(measured, "SIMD peak");
  const verdicts = judged.flatMap(({ holds }) => (holds === null ? [] : [holds]));
  return {
    workload: spec.name,
    form,
    threads,
    device: ours?.device ?? "",
    ours: ours === null ? null : figure(ours),
    problem: problemOf(outcome),
    peers: figures(measured),
    bestPeer: [...peers].find(([, each]) => each === best)?.[0] ?? null,
    ratioToBest: ours === null || best === null ? null : best.min / ours.min,
    ratioToBestByRound: ours === null || best === null ? null : byRound(best, ours),
    ratioToPeak: ours === null || peak === null ? null : peak.min / ours.min,
    targets: judged,
    holds: verdicts.length === 0 ? null : verdicts.every(Boolean),
  };
}

function describe(claim: Claim): string {
  if (claim.kind === "speed") return `${claim.atLeast.toPrecision(2)}x ${claim.rival}`;
  return claim.kind === "time" ? `at most ${claim.atMost * 1000} us` : "more exact";
}

function byRound(a: Timed, b: Timed): number {
  const ratios = a.rounds.map((each, round) => each / (b.rounds[round] ?? Number.NaN));
  return ratios.toSorted((x, y) => x - y)[Math.floor(ratios.length / 2)] ?? Number.NaN;
}

function problemOf(outcome: Outcome): string {
  if (outcome.kind === "timed") return "";
  if (outcome.kind === "cannot") return outcome.why;
  const off = outcome.seen.findIndex((value, i) => !agree([value], [outcome.wanted[i] ?? 0]));
  return `wrong: ${outcome.seen[off]} where ${outcome.wanted[off]} is right`;
}

/** Everybody else's figures by name; a sentence where there is none. */
function figures({ outcomes, torch }: Measured): Record<string, Figure | string> {
  const all: Record<string, Figure | string> = {};
  for (const [{ name, side }, outcome] of outcomes)
    if (side !== "ours")
      all[name] = outcome.kind === "timed" ? figure(outcome) : problemOf(outcome);
  for (const [threads, each] of torch)
    all[`PyTorch, ${threads} thread${threads === 1 ? "" : "s"}`] = figure(each);
  return all;
}

/** One row for each of our engine's forms and threads. */
export function rowsOf(measured: Measured): Row[] {
  return contestants
    .filter(({ side }) => side === "ours")
    .flatMap((contestant) => {
      const outcome = measured.outcomes.get(contestant);
      return outcome === undefined ? [] : [row(measured, contestant, outcome)];
    })
    .filter(({ ours, targets: judged }) => ours !== null || judged.length > 0);
}
