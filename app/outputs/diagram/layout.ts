/** Where the parts of a graph stand: layers from inputs to the result, by dagre. */
import { Graph, layout as arrange } from "@dagrejs/dagre";
import type { GraphGroup } from "../../../kernel/plot/diagram.ts";
import type { Folded, PartId, VisibleEdge } from "./folding.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Route {
  readonly edge: VisibleEdge;
  readonly points: readonly Point[];
  /** The middle of its label. */
  readonly label: Point | null;
}

/** Boxes by their middle, in px. */
export interface GraphLayout {
  readonly boxes: ReadonlyMap<PartId, Box>;
  /** Around modules that are open. */
  readonly frames: ReadonlyMap<number, Box>;
  readonly routes: readonly Route[];
  readonly width: number;
  readonly height: number;
}

export interface LayoutOptions {
  readonly sizeOf: (part: PartId) => { readonly width: number; readonly height: number };
  /** Px that an edge's label is wide; 0 for none. */
  readonly labelWidth: (edge: VisibleEdge) => number;
  /** From top to bottom, for narrow columns; else from left to right. */
  readonly isTall: boolean;
}

const LABEL_HEIGHT = 16;
/** What the name of a frame takes from those in it, in px. */
const NAME = 14;

export function layoutGraph(
  { parts, open, edges, stands }: Folded,
  nodes: readonly { readonly group: number }[],
  groups: readonly GraphGroup[],
  { sizeOf, labelWidth, isTall }: LayoutOptions,
): GraphLayout {
  const innerLevels = (group: number): number =>
    open.reduce(
      (most, each) =>
        groups[each]?.parent === group ? Math.max(most, 1 + innerLevels(each)) : most,
      0,
    );
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({
    rankdir: isTall ? "TB" : "LR",
    // A frame has its name over what is in it.
    nodesep: isTall || open.length === 0 ? 14 : 32,
    edgesep: 10,
    ranksep: isTall ? (open.length === 0 ? 22 : 30) : 30,
    marginx: 2,
    // A frame around frames needs room for its own name over theirs.
    marginy: 2 + NAME * Math.max(0, ...open.map(innerLevels)),
  });
  const frameOf = (group: number) => `f${group}`;
  for (const group of open) graph.setNode(frameOf(group), {});
  for (const group of open) {
    const parent = groups[group]?.parent ?? -1;
    if (parent >= 0 && open.includes(parent)) graph.setParent(frameOf(group), frameOf(parent));
  }
  for (const part of parts) {
    graph.setNode(part, { ...sizeOf(part) });
    const place = Number(part.slice(1));
    const group = part.startsWith("g")
      ? (groups[place]?.parent ?? -1)
      : (nodes[stands.indexOf(part)]?.group ?? -1);
    if (group >= 0 && open.includes(group)) graph.setParent(part, frameOf(group));
  }
  edges.forEach((edge, i) => {
    const width = labelWidth(edge);
    const label = width === 0 ? {} : { width, height: LABEL_HEIGHT, labelpos: "c" };
    graph.setEdge(edge.from, edge.to, label, String(i));
  });
  arrange(graph);
  const boxAt = (name: string): Box => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(name) as Partial<Box>;
    return { x, y, width, height };
  };
  const whole = graph.graph() as { width?: number; height?: number };
  return {
    boxes: new Map(parts.map((part) => [part, boxAt(part)])),
    frames: new Map(
      open.map((group) => {
        const { x, y, width, height } = boxAt(frameOf(group));
        const more = NAME * innerLevels(group);
        return [group, { x, y: y - more / 2, width, height: height + more }];
      }),
    ),
    routes: edges.map((edge, i): Route => {
      const routed = graph.edge(edge.from, edge.to, String(i)) as {
        points?: readonly Point[];
        x?: number;
        y?: number;
      };
      const { points = [], x, y } = routed;
      return { edge, points, label: x === undefined || y === undefined ? null : { x, y } };
    }),
    width: whole.width ?? 1,
    height: whole.height ?? 1,
  };
}

/** A smooth line through the points that a route was given. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${round(first.x)} ${round(first.y)}`;
  const last = rest.at(-1);
  for (let i = 0; i + 1 < rest.length; i++) {
    const [at, next] = [rest[i]!, rest[i + 1]!]; // both below the length
    const end = i + 2 === rest.length ? next : { x: (at.x + next.x) / 2, y: (at.y + next.y) / 2 };
    path += `Q${round(at.x)} ${round(at.y)} ${round(end.x)} ${round(end.y)}`;
  }
  if (rest.length === 1 && last !== undefined) path += `L${round(last.x)} ${round(last.y)}`;
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
