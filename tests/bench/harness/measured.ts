/** Everything that was measured for one workload, and who is the rival in it. */
import type { Spec } from "../workloads/specs.ts";
import type { Outcome, Timed } from "./contest.ts";
import type { Contestant } from "./contestants.ts";
import type { Rival } from "./targets.ts";

export interface TorchMeasured {
  /** By threads. */
  readonly times: ReadonlyMap<number, Timed>;
  /** Its products come from a library made for speed. */
  readonly isFast: boolean;
}

/** Work that is mostly products of matrices, which a slow library spoils. */
const products: readonly Spec["kind"][] = ["mlp", "transformer", "skipgram", "matmul"];

export class Measured {
  readonly spec: Spec;
  readonly outcomes: ReadonlyMap<Contestant, Outcome>;
  readonly torch: TorchMeasured;

  constructor(
    spec: Spec,
    outcomes: ReadonlyMap<Contestant, Outcome>,
    torch: TorchMeasured = { times: new Map(), isFast: false },
  ) {
    this.spec = spec;
    this.outcomes = outcomes;
    this.torch = torch;
  }

  /** What the contestant of this name took; null where it was not timed. */
  timed(name: string): Timed | null {
    for (const [contestant, outcome] of this.outcomes)
      if (contestant.name === name && outcome.kind === "timed") return outcome;
    return null;
  }

  /** The fastest browser peer with at most so many threads. */
  bestPeer(threads: number): { readonly name: string; readonly time: Timed } | null {
    let best = null;
    for (const [{ side, name, threads: has }, time] of this.outcomes) {
      if (side !== "peer" || has > threads || time.kind !== "timed") continue;
      if (best === null || time.min < best.time.min) best = { name, time };
    }
    return best;
  }

  /** Whom `contestant`, one of ours, is compared with; null where there is nobody. */
  rival(rival: Rival, contestant: Contestant): Timed | null {
    switch (rival) {
      case "browser peers":
        return this.bestPeer(contestant.threads)?.time ?? null;
      case "jax-js jit, any":
        return faster(this.timed("jax-js jit"), this.timed("jax-js jit, 2 threads"));
      case "PyTorch":
        if (products.includes(this.spec.kind) && !this.torch.isFast) return null;
        return this.torch.times.get(1) ?? null;
      case "one thread":
        return this.timed(contestant.name.replace(", 2 threads", ""));
      default:
        return this.timed(rival);
    }
  }
}

function faster(a: Timed | null, b: Timed | null): Timed | null {
  if (a === null || b === null) return a ?? b;
  return a.min < b.min ? a : b;
}
