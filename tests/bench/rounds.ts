/**
 * Measuring as ratios: peers take turns in one run, so that noise and drift hit them alike. A row
 * compares our time with a peer's or with a limit and says whether it holds within 5 %.
 */

const ROUNDS = 7;
const MARGIN = 1.05;

export interface Peer {
  readonly name: string;
  /** Does the work once; what it resolves to is not looked at. */
  run(): unknown;
}

/** Milliseconds of every round, by peer, in the order of `peers`. */
export async function interleave(peers: readonly Peer[], rounds = ROUNDS): Promise<number[][]> {
  const times = peers.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, peer] of peers.entries()) {
      const from = performance.now();
      await peer.run();
      // The first round warms up and is not counted.
      if (round >= 0) times[index]?.push(performance.now() - from);
    }
  }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** `a / b` round by round: the noise of a round is in both. */
export function medianRatio(a: readonly number[], b: readonly number[]): number {
  return median(a.map((value, round) => value / (b[round] ?? Number.NaN)));
}

/** The best of `a` over the best of `b`: what other programs take is in neither. */
export function minimaRatio(a: readonly number[], b: readonly number[]): number {
  return Math.min(...a) / Math.min(...b);
}

/** A figure of the notebook, compared with a limit. */
export interface FigureRow {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Null where the figure only tells. */
  readonly atMost: number | null;
  readonly holds: boolean;
}

const printed: FigureRow[] = [];

/** Prints one row. `value` holds when it is at most `atMost`, within the margin; null only tells. */
export function row(what: string, value: number, unit: string, atMost: number | null): void {
  const holds = atMost === null || value <= atMost * MARGIN;
  printed.push({ what, value, unit, atMost, holds });
  const verdict = atMost === null ? "figure" : holds ? "holds " : "MISSED";
  const limit = atMost === null ? "" : `   at most ${atMost.toPrecision(3)}`;
  console.log(
    `${verdict} ${what.padEnd(58)} ${`${value.toPrecision(3)} ${unit}`.padStart(14)}${limit}`,
  );
}

/** All rows so far. */
export function rowsPrinted(): readonly FigureRow[] {
  return printed;
}
