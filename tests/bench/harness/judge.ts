/** What became of the targets of one workload, in one form on so many threads. */
import type { Timed } from "./contest.ts";
import type { Contestant } from "./contestants.ts";
import type { Measured } from "./measured.ts";
import { type Claim, firstStep, type Form, targets } from "./targets.ts";

export interface Judged {
  readonly target: string;
  /** What was reached; null where there is nothing to compare. */
  readonly value: number | null;
  /** Null where it cannot be judged here. */
  readonly holds: boolean | null;
}

function claimsFor(workload: string, form: Form, threads: number): readonly Claim[] {
  return targets
    .filter((each) => workload === each.workload || workload.startsWith(`${each.workload}-`))
    .filter((each) => each.threads === threads && (each.form ?? form) === form)
    .flatMap(({ claims }) => claims);
}

function describe(claim: Claim): string {
  switch (claim.kind) {
    case "speed":
      return `${claim.atLeast.toPrecision(2)}x ${claim.rival}`;
    case "time":
      return `at most ${claim.atMost * 1000} us`;
    case "exactness":
      return "error below the browser engines'";
  }
}

const unjudged = { value: null, holds: null };

/** Error of a sum, relative to plain JavaScript's in double precision. */
function errorOf(sum: Timed, exact: Timed): number {
  const [value = Number.NaN, truth = Number.NaN] = [sum.seen[0], exact.seen[0]];
  return Math.abs(value - truth) / Math.abs(truth);
}

function exactness(ours: Timed, measured: Measured): Omit<Judged, "target"> {
  const exact = measured.timed("plain JavaScript");
  const engines = ["jax-js jit", "jax-js eager", "tfjs wasm"].flatMap(
    (name) => measured.timed(name) ?? [],
  );
  if (exact === null || engines.length === 0) return unjudged;
  const value = errorOf(ours, exact);
  return { value, holds: engines.every((each) => value < errorOf(each, exact)) };
}

function judgeClaim(
  claim: Claim,
  ours: Timed,
  measured: Measured,
  contestant: Contestant,
): Omit<Judged, "target"> {
  switch (claim.kind) {
    case "time":
      return { value: ours.min, holds: ours.min <= claim.atMost };
    case "exactness":
      return exactness(ours, measured);
    case "speed": {
      const rival = measured.rival(claim.rival, contestant);
      if (rival === null) return unjudged;
      const value = rival.min / ours.min;
      return { value, holds: value >= claim.atLeast };
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

/** A target of a row that was not timed is missed. */
export function judge(
  ours: Timed | null,
  measured: Measured,
  contestant: Contestant,
): readonly Judged[] {
  const { form = "as one", threads } = contestant;
  const claims = claimsFor(measured.spec.name, form, threads);
  if (ours === null)
    return claims.map((claim) => ({ target: describe(claim), value: null, holds: false }));
  return [
    ...claims.map((claim) => ({
      target: describe(claim),
      ...judgeClaim(claim, ours, measured, contestant),
    })),
    judgeFirst(ours),
  ];
}
