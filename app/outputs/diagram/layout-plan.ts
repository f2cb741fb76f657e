/** What a graph's layout is computed from, and what comes of it: plain data, since a worker does it. */
import type { GraphGroup } from "../../../kernel/plot/diagram.ts";
import type { Folded, PartId, VisibleEdge } from "./folding.ts";

export interface Extent {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** By its middle, in px. */
export interface Box extends Point, Extent {}

export interface LayoutPlan {
  /** `frame`: the place of the frame around it, -1: none. */
  readonly parts: readonly (Extent & { readonly id: PartId; readonly frame: number })[];
  /** Around modules that are open; `parent`: the place of the frame around that, -1: none. */
  readonly frames: readonly { readonly parent: number }[];
  /** `labelWidth`: 0 for no label. */
  readonly edges: readonly {
    readonly from: PartId;
    readonly to: PartId;
    readonly labelWidth: number;
  }[];
  /** From top to bottom, for narrow columns; else from left to right. */
  readonly isTall: boolean;
}

export interface Route {
  readonly points: readonly Point[];
  /** The middle of its label. */
  readonly label: Point | null;
}

/** Each list in the order of its plan's. */
export interface GraphLayout extends Extent {
  readonly parts: readonly Box[];
  readonly frames: readonly Box[];
  readonly routes: readonly Route[];
}

interface Measures {
  readonly sizeOf: (part: PartId) => Extent;
  /** Px that an edge's label is wide; 0 for none. */
  readonly labelWidth: (edge: VisibleEdge) => number;
  readonly isTall: boolean;
}

export function planOf(
  { parts, open, edges, stands }: Folded,
  nodes: readonly { readonly group: number }[],
  groups: readonly GraphGroup[],
  { sizeOf, labelWidth, isTall }: Measures,
): LayoutPlan {
  const groupOf = (part: PartId) => {
    const place = Number(part.slice(1));
    return part.startsWith("g") ? groups[place]?.parent : nodes[stands.indexOf(part)]?.group;
  };
  return {
    parts: parts.map((id) => ({ id, ...sizeOf(id), frame: open.indexOf(groupOf(id) ?? -1) })),
    frames: open.map((group) => ({ parent: open.indexOf(groups[group]?.parent ?? -1) })),
    edges: edges.map((edge) => ({ from: edge.from, to: edge.to, labelWidth: labelWidth(edge) })),
    isTall,
  };
}
