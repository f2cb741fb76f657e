/**
 * t-SNE: points that attract each other as far as their rows are alike, and all repel each other, by
 * gradient descent on the Kullback-Leibler divergence (van der Maaten and Hinton 2008). Repulsion is
 * exact for few points and over a tree for many (van der Maaten 2014); start, learning rate and
 * schedule as Kobak and Berens 2019 recommend and scikit-learn has them. A step at a time.
 * Every `!` below indexes within a size that the array was made with.
 */
import type { Matrix } from "../columns.ts";
import { affinities } from "./affinities.ts";
import type { Layout } from "./layout.ts";
import { nearestNeighbours } from "./neighbours.ts";
import { SpaceTree } from "./space-tree.ts";
import type { Graph } from "./sparse.ts";

export interface TsneOptions {
  /** About how many neighbours count for a row; at most a third of the others. */
  readonly perplexity: number;
  readonly steps: number;
}

/** Up to so many points every pair is looked at. */
export const EXACT = 300;
/** A cell of the tree is one point when it is this many times farther away than wide. */
const THETA = 0.5;
/** Clusters form while rows attract each other so many times more than they should. */
const EXAGGERATION = 12;
const EXAGGERATED_STEPS = 250;
const MOMENTUM = [0.5, 0.8] as const;
const SLOWEST_GAIN = 0.01;
/** Deviation of the start along its widest direction. */
const START = 1e-4;

/** `start` is `[rows, dims]`, dims 2 or 3: usually the principal components. */
export function* tsne(matrix: Matrix, start: Matrix, options: TsneOptions): Layout {
  const { rows } = matrix;
  const dims = start.columns;
  const perplexity = Math.max(1, Math.min(options.perplexity, (rows - 1) / 3));
  const isExact = rows <= EXACT;
  const search = nearestNeighbours(matrix, isExact ? rows - 1 : Math.floor(3 * perplexity));
  let found = search.next();
  for (; found.done !== true; found = search.next()) {
    yield { stage: "neighbours", done: found.value, total: rows, points: null };
  }
  const graph = affinities(found.value, perplexity);
  const points = scaledTo(start, START);
  const state = {
    points,
    gradient: new Float64Array(points.length),
    speed: new Float64Array(points.length),
    gains: new Float64Array(points.length).fill(1),
  };
  const repel = isExact ? repelPairs(rows, dims) : repelCells(rows, dims);
  const rate = Math.max(rows / EXAGGERATION / 4, 50);
  const early = Math.min(EXAGGERATED_STEPS, options.steps / 4);
  for (let step = 0; step < options.steps; step++) {
    const isEarly = step < early;
    slope(graph, dims, points, state.gradient, repel, isEarly ? EXAGGERATION : 1);
    descend(state, dims, rate, MOMENTUM[isEarly ? 0 : 1]);
    yield { stage: "layout", done: step + 1, total: options.steps, points };
  }
}

type Repel = (points: Float64Array, forces: Float64Array) => number;

function repelCells(rows: number, dims: number): Repel {
  const tree = new SpaceTree(rows, dims);
  return (points, forces) => {
    tree.build(points);
    return tree.repel(forces, THETA);
  };
}

function repelPairs(rows: number, dims: number): Repel {
  return (points, forces) => {
    let total = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < i; j++) {
        let squared = 0;
        for (let k = 0; k < dims; k++) {
          squared += (points[i * dims + k]! - points[j * dims + k]!) ** 2;
        }
        const q = 1 / (1 + squared);
        total += 2 * q;
        for (let k = 0; k < dims; k++) {
          const push = q * q * (points[i * dims + k]! - points[j * dims + k]!);
          forces[i * dims + k]! += push;
          forces[j * dims + k]! -= push;
        }
      }
    }
    return total;
  };
}

/** ∂KL/∂yᵢ = 4 Σⱼ (e pᵢⱼ - qᵢⱼ / Z) qᵢⱼ (yᵢ - yⱼ), with qᵢⱼ = 1 / (1 + |yᵢ - yⱼ|²) and Z = Σ q. */
function slope(
  { rows, starts, columns, weights }: Graph,
  dims: number,
  points: Float64Array,
  gradient: Float64Array,
  repel: Repel,
  exaggeration: number,
): void {
  gradient.fill(0);
  const total = repel(points, gradient);
  // A point alone has nobody to repel it.
  const away = total > 0 ? -4 / total : 0;
  const towards = 4 * exaggeration;
  const isSpace = dims === 3;
  for (let i = 0; i < rows; i++) {
    const at = i * dims;
    const x = points[at]!;
    const y = points[at + 1]!;
    const z = isSpace ? points[at + 2]! : 0;
    let fx = 0;
    let fy = 0;
    let fz = 0;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const other = columns[k]! * dims;
      const dx = x - points[other]!;
      const dy = y - points[other + 1]!;
      const dz = isSpace ? z - points[other + 2]! : 0;
      const pull = weights[k]! / (1 + dx * dx + dy * dy + dz * dz);
      fx += pull * dx;
      fy += pull * dy;
      fz += pull * dz;
    }
    gradient[at] = away * gradient[at]! + towards * fx;
    gradient[at + 1] = away * gradient[at + 1]! + towards * fy;
    if (isSpace) gradient[at + 2] = away * gradient[at + 2]! + towards * fz;
  }
}

interface Descent {
  readonly points: Float64Array;
  readonly gradient: Float64Array;
  readonly speed: Float64Array;
  /** A coordinate's own factor: larger while it keeps its direction. */
  readonly gains: Float64Array;
}

function descend(state: Descent, dims: number, rate: number, momentum: number): void {
  const { points, gradient, speed, gains } = state;
  const means = [0, 0, 0];
  for (let i = 0; i < points.length; i++) {
    const isTurning = gradient[i]! * speed[i]! > 0;
    gains[i] = isTurning ? Math.max(SLOWEST_GAIN, gains[i]! * 0.8) : gains[i]! + 0.2;
    speed[i] = momentum * speed[i]! - rate * gains[i]! * gradient[i]!;
    points[i]! += speed[i]!;
    means[i % dims]! += points[i]!;
  }
  for (let i = 0; i < points.length; i++) points[i]! -= (means[i % dims]! * dims) / points.length;
}

/** The start with `deviation` along its first direction; rows at one place are moved apart a little. */
function scaledTo(start: Matrix, deviation: number): Float64Array {
  const { rows, columns, data } = start;
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * columns]! ** 2 / rows;
  const factor = sum > 0 ? deviation / Math.sqrt(sum) : 0;
  // Spread-out angles: a formula rather than chance, so that the same rows give the same picture.
  return data.map(
    (value, i) => value * factor + deviation * 0.01 * Math.sin(1 + 2.399963 * i * (1 + (i % 7))),
  );
}
