/**
 * The bins of a histogram: how many by which rule, and how many values are in each. Rules and edges are
 * those of numpy's `histogram`: every bin holds its lower edge, the last one both.
 */

/** Rules that choose the number of bins. */
export const binRules = ["auto", "freedman-diaconis", "scott", "sturges", "sqrt"] as const;
export type BinRule = (typeof binRules)[number];

/** More bins than these are lines, not bars: outliers make rules ask for millions. */
const MOST_BINS = 512;
/** Whole numbers of a smaller span have a bin each. */
const MOST_WHOLE = 64;

export interface Edges {
  /** One entry more than there are bins. */
  readonly edges: readonly number[];
  /** What chose them, in words. */
  readonly chosenBy: string;
}

/** Equal bins from `low` to `high`. */
export function equalEdges(low: number, high: number, bins: number): readonly number[] {
  return Array.from({ length: bins + 1 }, (_, i) =>
    i === bins ? high : low * (1 - i / bins) + high * (i / bins),
  );
}

/**
 * Edges for these finite values by a rule. Without values: one bin from 0 to 1. "auto" gives whole
 * numbers of a small span a bin each, and is else the finer of Freedman-Diaconis and Sturges.
 */
export function edgesBy(
  rule: BinRule,
  values: Float64Array,
  range: readonly [number, number] | null,
): Edges {
  const sorted = values.toSorted();
  const [low, high] = range ?? spanOf(sorted);
  if (rule === "auto" && range === null && isCounted(sorted)) {
    const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
    const edges = Array.from({ length: last - first + 2 }, (_, i) => first + i - 0.5);
    return { edges, chosenBy: "one for each whole number" };
  }
  const [width, name] = widthBy(rule, sorted, sorted.length === 0 ? 0 : high - low);
  // A span beyond what a number can hold has no width.
  const wanted = width > 0 && width < Infinity ? Math.ceil((high - low) / width) : 1;
  const bins = Math.min(MOST_BINS, Math.max(1, wanted));
  const chosenBy = wanted > MOST_BINS ? `${name}, ${MOST_BINS} at most` : name;
  return { edges: equalEdges(low, high, bins), chosenBy };
}

/** A single value is in the middle of a bin of width 1. */
export function spanOf(sorted: Float64Array): readonly [number, number] {
  const [low = 0, high = 1] = [sorted[0], sorted.at(-1)];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function isCounted(sorted: Float64Array): boolean {
  const [low = 0, high = 0] = [sorted[0], sorted.at(-1)];
  return sorted.length > 0 && high - low < MOST_WHOLE && sorted.every(Number.isInteger);
}

/** The width of a bin, and the name of the rule that gave it; 0: one bin. */
function widthBy(rule: BinRule, sorted: Float64Array, span: number): [number, string] {
  const n = sorted.length;
  switch (rule) {
    case "freedman-diaconis": {
      const middle = quantile(sorted, 0.75) - quantile(sorted, 0.25);
      return [(2 * middle) / n ** (1 / 3), "Freedman and Diaconis"];
    }
    case "scott":
      return [deviation(sorted) * ((24 * Math.sqrt(Math.PI)) / n) ** (1 / 3), "Scott"];
    case "sturges":
      return [span / (Math.log2(n) + 1), "Sturges"];
    case "sqrt":
      return [span / Math.sqrt(n), "the square root of the count"];
    case "auto": {
      const fine = widthBy("freedman-diaconis", sorted, span);
      const coarse = widthBy("sturges", sorted, span);
      return fine[0] > 0 && fine[0] < coarse[0] ? fine : coarse;
    }
    default:
      return rule satisfies never;
  }
}

/** Between two values, in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

export interface Counted {
  readonly counts: readonly number[];
  readonly below: number;
  readonly above: number;
}

/** How many values are in each bin, and how many outside; `edges` rise. */
export function countInto(edges: readonly number[], values: Float64Array): Counted {
  const bins = edges.length - 1;
  const counts = Array.from({ length: bins }, () => 0);
  const [low = 0, high = 0] = [edges[0], edges.at(-1)];
  let [below, above] = [0, 0];
  for (const value of values) {
    if (value < low) below += 1;
    else if (value > high) above += 1;
    else counts[Math.min(bins - 1, lastAtMost(edges, value))]! += 1; // between the ends
  }
  return { counts, below, above };
}

/** The place of the last edge that is not above `value`, by halving. */
function lastAtMost(edges: readonly number[], value: number): number {
  let [from, to] = [0, edges.length - 1];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if (edges[middle]! <= value) from = middle; // between two places
    else to = middle - 1;
  }
  return from;
}
