/**
 * UMAP: the graph of memberships drawn so that its edges are short and points without an edge are apart,
 * by stochastic gradient descent with negative samples (McInnes, Healy and Melville 2018, section 4).
 * Starts from principal components, which the authors offer beside the spectral start: the picture
 * then unfolds from the one that is there. An epoch at a time.
 * Every `!` below indexes within a size that the array was made with.
 */
import type { Matrix } from "../columns.ts";
import { type Closeness, fitCloseness } from "./closeness.ts";
import { Dice } from "./dice.ts";
import { fuzzyGraph } from "./fuzzy-set.ts";
import type { Layout } from "./layout.ts";
import { nearestNeighbours } from "./neighbours.ts";
import type { Graph } from "./sparse.ts";

export interface UmapOptions {
  /** Rows that count as near, the row itself included. */
  readonly neighbours: number;
  /** How near points may lie in the picture. */
  readonly minDist: number;
  readonly epochs: number;
  readonly seed: number;
}

/** Points pushed away for each that is pulled near. */
const NEGATIVES = 5;
/** The widest coordinate of the start. */
const START = 10;
/** No point moves farther than this in one pull, times the rate. */
const LONGEST = 4;

/** `start` is `[rows, dims]`, dims 2 or 3. */
export function* umap(matrix: Matrix, start: Matrix, options: UmapOptions): Layout {
  const { rows } = matrix;
  const search = nearestNeighbours(matrix, Math.max(1, options.neighbours - 1));
  let found = search.next();
  for (; found.done !== true; found = search.next()) {
    yield { stage: "neighbours", done: found.value, total: rows, points: null };
  }
  const dice = new Dice(options.seed);
  const edges = edgesOf(fuzzyGraph(found.value), options.epochs);
  const points = spreadOut(start, dice);
  const pulls = createPulls(fitCloseness(options.minDist));
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const rate = 1 - epoch / options.epochs;
    moveAlong(edges, points, { dims: start.columns, rows, epoch: epoch + 1, rate, pulls, dice });
    yield { stage: "layout", done: epoch + 1, total: options.epochs, points };
  }
}

interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** An edge is looked at once in so many epochs: the stronger, the more often. */
  readonly every: Float64Array;
  readonly next: Float64Array;
  readonly nextNegative: Float64Array;
}

/** Edges so weak that no epoch would look at them are left out. */
function edgesOf({ rows, starts, columns, weights }: Graph, epochs: number): Edges {
  let strongest = 0;
  for (const weight of weights) strongest = Math.max(strongest, weight);
  const from: number[] = [];
  const to: number[] = [];
  const every: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      if (weights[k]! * epochs < strongest) continue;
      from.push(i);
      to.push(columns[k]!);
      every.push(strongest / weights[k]!);
    }
  }
  return {
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    every: Float64Array.from(every),
    next: Float64Array.from(every),
    nextNegative: Float64Array.from(every, (each) => each / NEGATIVES),
  };
}

interface Move {
  readonly dims: number;
  readonly rows: number;
  readonly epoch: number;
  readonly rate: number;
  readonly pulls: Pulls;
  readonly dice: Dice;
}

/** One epoch; in two dimensions the third coordinate is 0. */
function moveAlong(edges: Edges, points: Float64Array, move: Move): void {
  const { dims, rows, epoch, rate, dice } = move;
  const { near, away } = move.pulls;
  const { from, to, every, next, nextNegative } = edges;
  const isSpace = dims === 3;
  for (let e = 0; e < from.length; e++) {
    if (next[e]! > epoch) continue;
    const i = from[e]! * dims;
    const j = to[e]! * dims;
    let x = points[i]!;
    let y = points[i + 1]!;
    let z = isSpace ? points[i + 2]! : 0;
    {
      const dx = x - points[j]!;
      const dy = y - points[j + 1]!;
      const dz = isSpace ? z - points[j + 2]! : 0;
      const pull = near(dx * dx + dy * dy + dz * dz);
      const mx = clipped(pull * dx) * rate;
      const my = clipped(pull * dy) * rate;
      const mz = clipped(pull * dz) * rate;
      x += mx;
      y += my;
      z += mz;
      points[j]! -= mx;
      points[j + 1]! -= my;
      if (isSpace) points[j + 2]! -= mz;
    }
    next[e]! += every[e]!;
    const apart = every[e]! / NEGATIVES;
    const negatives = Math.floor((epoch - nextNegative[e]!) / apart);
    for (let n = 0; n < negatives; n++) {
      const other = dice.below(rows) * dims;
      if (other === i) continue;
      const dx = x - points[other]!;
      const dy = y - points[other + 1]!;
      const dz = isSpace ? z - points[other + 2]! : 0;
      const squared = dx * dx + dy * dy + dz * dz;
      // Two points at one place are driven apart along the diagonal.
      const push = squared > 0 ? away(squared) : 0;
      x += (squared > 0 ? clipped(push * dx) : LONGEST) * rate;
      y += (squared > 0 ? clipped(push * dy) : LONGEST) * rate;
      if (isSpace) z += (squared > 0 ? clipped(push * dz) : LONGEST) * rate;
    }
    nextNegative[e]! += negatives * apart;
    points[i] = x;
    points[i + 1] = y;
    if (isSpace) points[i + 2] = z;
  }
}

function clipped(move: number): number {
  return move > LONGEST ? LONGEST : move < -LONGEST ? -LONGEST : move;
}

interface Pulls {
  readonly near: (squared: number) => number;
  readonly away: (squared: number) => number;
}

/** Slopes of log membership and of log non-membership, as factors of the difference. */
function createPulls({ a, b }: Closeness): Pulls {
  return {
    near(squared) {
      if (squared <= 0) return 0;
      const power = a * squared ** b;
      return (-2 * b * power) / (squared * (1 + power));
    },
    away: (squared) => (2 * b) / ((0.001 + squared) * (1 + a * squared ** b)),
  };
}

/** The start within -10 to 10, with a little chance so that no two points stay together. */
function spreadOut({ data }: Matrix, dice: Dice): Float64Array {
  let widest = 0;
  for (const value of data) widest = Math.max(widest, Math.abs(value));
  const factor = widest > 0 ? START / widest : 0;
  const fine = 1 << 20;
  return data.map((value) => value * factor + (dice.below(fine) / fine - 0.5) * 1e-3);
}
