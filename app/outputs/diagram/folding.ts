/** Which nodes of a graph are drawn while some of its modules are folded into one box each. Without a page. */
import type { GraphView } from "../../../kernel/plot/diagram.ts";

/** "n3" a node, "g1" a module's box. */
export type PartId = `n${number}` | `g${number}`;

export interface VisibleEdge {
  readonly from: PartId;
  readonly to: PartId;
  /** The places of the edges that run there. */
  readonly edges: readonly number[];
}

export interface Folded {
  /** What stands for each node, in the nodes' order: itself, or the box it is folded into. */
  readonly stands: readonly PartId[];
  /** Drawn boxes and nodes, in the order of the computation. */
  readonly parts: readonly PartId[];
  /** Modules that are open and have something drawn in them, the outer ones first. */
  readonly open: readonly number[];
  readonly edges: readonly VisibleEdge[];
}

/** A graph of more parts than these is folded when it is first drawn. */
const MOST_FIRST = 36;
/** And no more than these are ever drawn at once. */
export const MOST_PARTS = 160;

export function fold(
  { nodes, edges, groups }: Pick<GraphView, "nodes" | "edges" | "groups">,
  folded: ReadonlySet<number>,
): Folded {
  /** The outermost folded module around each, -1: none. */
  const within = groups.map(() => -1);
  groups.forEach(({ parent }, i) => {
    const outer = parent < 0 ? -1 : (within[parent] ?? -1);
    within[i] = outer >= 0 ? outer : folded.has(i) ? i : -1;
  });
  const stands = nodes.map(({ group }, i): PartId => {
    const box = group < 0 ? -1 : (within[group] ?? -1);
    return box < 0 ? `n${i}` : `g${box}`;
  });
  const open = new Set<number>();
  nodes.forEach(({ group }, i) => {
    for (let at = group; at >= 0; at = groups[at]?.parent ?? -1)
      if ((within[at] ?? -1) < 0 && stands[i] !== undefined) open.add(at);
  });
  const joined = new Map<string, { from: PartId; to: PartId; edges: number[] }>();
  edges.forEach(({ from, to }, i) => {
    const [a, b] = [stands[from], stands[to]];
    if (a === undefined || b === undefined || a === b) return;
    // Between two numbers each edge has a slope of its own; a box has one line for all.
    const key = a.startsWith("g") || b.startsWith("g") ? `${a}>${b}` : `${a}>${b}>${i}`;
    const known = joined.get(key);
    if (known === undefined) joined.set(key, { from: a, to: b, edges: [i] });
    else known.edges.push(i);
  });
  return {
    stands,
    parts: [...new Set(stands)],
    open: [...open].sort((a, b) => a - b),
    edges: [...joined.values()],
  };
}

/** What is folded at first: as little as keeps the picture readable, the inner modules before the outer. */
export function foldedAtFirst(view: Pick<GraphView, "nodes" | "edges" | "groups">): Set<number> {
  const depthOf = (group: number): number =>
    group < 0 ? -1 : 1 + depthOf(view.groups[group]?.parent ?? -1);
  const depths = view.groups.map((_, i) => depthOf(i));
  const folded = new Set<number>();
  for (let depth = Math.max(-1, ...depths); depth >= 0; depth--) {
    if (fold(view, folded).parts.length <= MOST_FIRST) break;
    depths.forEach((each, i) => each === depth && folded.add(i));
  }
  return folded;
}
