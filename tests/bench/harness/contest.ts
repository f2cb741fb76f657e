/** One workload, all contestants: who agrees is timed, in rounds that visit each once. */
import { median } from "../rounds.ts";
import type { Spec } from "../workloads/specs.ts";
import { agree } from "./agreement.ts";
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

export interface Contested {
  readonly outcomes: ReadonlyMap<Contestant, Outcome>;
  /** What plain JavaScript got, and all others must get. */
  readonly wanted: readonly number[];
}

const lossSteps = 5;
/** Short, so that some of many measurements run undisturbed on a busy machine. */
const sliceMs = 10;
/**
 * A contestant is at work again for `sliceMs`, or for so many steps that fit into `leadMs`, before it is timed. The
 * others have thrown its values out of the processor's caches and its threads have gone to sleep; no step in a
 * loop waits for that, nor does PyTorch, which is measured alone.
 */
const leadSteps = 4;
const leadMs = 40;
/** In so long a JavaScript engine has optimised what is called a thousand times. */
const warmMs = 400;
/** About what the rounds of a workload take, where that makes neither too few nor too many. */
const roundsMs = 15_000;
const fewRounds = 4;
const mostRounds = 200;
/**
 * A measurement that takes longer, or so many times as long as the quickest peer's, is made in the first few
 * rounds only: it is nobody's rival, or two hundred calls in one. The others would be left with as few, of
 * which the least tells how busy the machine was.
 */
const longMs = 1_000;
const hopeless = 4;
const trainingKinds: readonly Spec["kind"][] = ["mlp", "convnet", "transformer", "skipgram"];

const roundsFor = (roundMs: number): number =>
  Math.min(mostRounds, Math.max(fewRounds, Math.round(roundsMs / roundMs)));

const stepsIn = (ms: number, step: number): number =>
  Math.max(1, Math.round(ms / Math.max(step, 1e-4)));

/** A contestant at its work, until it fails or is done. */
class Entrant {
  readonly contestant: Contestant;
  readonly #remote: Remote;
  readonly #rounds: number[] = [];
  #device = "";
  #first = 0;
  #steps = 1;
  #lead = 0;
  /** What it saw in its first steps. */
  seen: readonly number[] = [];
  outcome: Outcome | null = null;

  constructor(contestant: Contestant, remote: Remote) {
    this.contestant = contestant;
    this.#remote = remote;
  }

  /** Does `work` unless it is over; an error in a worker ends this entrant only. */
  async #try(work: () => Promise<void>): Promise<void> {
    if (this.outcome !== null) return;
    try {
      await work();
    } catch (error) {
      await this.end({
        kind: "cannot",
        why: error instanceof Error ? error.message : String(error),
      });
    }
  }

  begin(spec: Spec): Promise<void> {
    return this.#try(async () => {
      const { device, missing } = await this.#remote.ask({ ask: "make", workload: spec.name });
      if (device === null) return this.end({ kind: "cannot", why: missing });
      const steps = trainingKinds.includes(spec.kind) ? lossSteps : 1;
      const { first, seen } = await this.#remote.ask({ ask: "begin", steps });
      this.#device = device;
      this.#first = first;
      this.seen = seen.flat();
    });
  }

  /** Warms up, and finds out how many steps are a measurement. */
  prepare(): Promise<void> {
    return this.#try(async () => {
      let step = await this.#remote.ask({ ask: "time", lead: 0, steps: 1 });
      for (const slice of [sliceMs, warmMs, sliceMs]) {
        // What takes long has been compiled by now.
        if (step > slice) break;
        step = await this.#remote.ask({ ask: "time", lead: 0, steps: stepsIn(slice, step) });
      }
      this.#steps = Math.max(this.contestant.calls, stepsIn(sliceMs, step));
      // Who takes long loses less than a hundredth of it.
      const lead = Math.max(stepsIn(sliceMs, step), Math.min(leadSteps, stepsIn(leadMs, step)));
      this.#lead = step > longMs ? 0 : lead;
      this.roundMs = (this.#lead + this.#steps) * step;
    });
  }

  /** Milliseconds that a measurement takes, its lead included. */
  roundMs = 0;

  measure(): Promise<void> {
    return this.#try(async () => {
      const steps = { lead: this.#lead, steps: this.#steps };
      this.#rounds.push(await this.#remote.ask({ ask: "time", ...steps }));
    });
  }

  async end(outcome: Outcome): Promise<void> {
    this.outcome = outcome;
    await this.#remote.close();
  }

  finish(): Promise<void> {
    const rounds = this.#rounds;
    return this.#try(() =>
      this.end({
        kind: "timed",
        device: this.#device,
        rounds,
        min: Math.min(...rounds),
        median: median(rounds),
        first: this.#first,
        seen: this.seen,
      }),
    );
  }
}

/** Milliseconds of the shortest measurement among the peers. */
function quickestPeer(entrants: readonly Entrant[]): number {
  const peers = entrants.filter(
    ({ contestant, outcome }) => contestant.side === "peer" && outcome === null,
  );
  return Math.min(...peers.map(({ roundMs }) => roundMs));
}

/** @throws Error when nobody says what is right. */
export async function contest(
  laboratory: Laboratory,
  spec: Spec,
  contestants: readonly Contestant[],
): Promise<Contested> {
  const entrants: Entrant[] = [];
  for (const contestant of contestants) {
    const { kinds, judges = [] } = contestant;
    if (!kinds.includes(spec.kind) && !judges.includes(spec.kind)) continue;
    const remote = await laboratory.open(contestant.name, contestant.script);
    const entrant = new Entrant(contestant, remote);
    await entrant.begin(spec);
    entrants.push(entrant);
  }
  const judge = entrants.find(({ contestant }) => contestant.name === "plain JavaScript");
  if (judge === undefined || judge.outcome !== null)
    throw new Error(`bench: plain JavaScript did not say what is right in ${spec.name}`);
  const wanted = judge.seen;

  for (const entrant of entrants) {
    const { contestant, seen, outcome } = entrant;
    // The peaks compute nothing that could be compared.
    if (outcome !== null || contestant.side === "peak" || agree(seen, wanted)) continue;
    await entrant.end({ kind: "wrong", seen, wanted });
  }
  if (!judge.contestant.kinds.includes(spec.kind))
    await judge.end({ kind: "cannot", why: "only says what is right" });
  for (const entrant of entrants) await entrant.prepare();
  const quickest = quickestPeer(entrants);
  const quick = entrants.filter(({ contestant, roundMs }) => {
    const limit = contestant.side === "peer" ? hopeless * quickest : longMs;
    return roundMs <= Math.min(limit, longMs);
  });
  const rounds = roundsFor(quick.reduce((sum, { roundMs }) => sum + roundMs, 0));
  for (let round = 0; round < rounds; round++) {
    for (const entrant of round < fewRounds ? entrants : quick) await entrant.measure();
  }
  const outcomes = new Map<Contestant, Outcome>();
  for (const entrant of entrants) {
    await entrant.finish();
    if (entrant.outcome !== null) outcomes.set(entrant.contestant, entrant.outcome);
  }
  return { outcomes, wanted };
}
