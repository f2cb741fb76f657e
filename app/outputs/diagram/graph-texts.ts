/** What is written in the boxes and beside the lines of a graph, and which boxes have a row for a slope. */
import type { GraphNode, GraphView, Slope } from "../../../kernel/plot/diagram.ts";
import type { Folded, PartId, VisibleEdge } from "./folding.ts";
import { groupHead, headOf, type PartTexts } from "./graph-parts.ts";

export function hasSlopes({ nodes, steps }: GraphView): boolean {
  return steps.length > 0 || nodes.some(({ slope }) => slope !== null);
}

/** Which parts have room for a slope: constants and data hear of none. */
export function slopeRooms(view: GraphView): (part: PartId) => boolean {
  const heard = new Set(view.steps.flatMap((step) => step.slopes.map(({ node }) => node)));
  const anyHas = hasSlopes(view);
  return (part) => {
    if (!anyHas || !part.startsWith("n")) return false;
    const place = Number(part.slice(1));
    const { kind } = view.nodes[place] ?? {};
    return view.steps.length === 0 || kind === "op" || kind === "parameter" || heard.has(place);
  };
}

export function textsOf(
  part: PartId,
  view: GraphView,
  { stands }: Folded,
  slopes: readonly (Slope | null)[],
): PartTexts {
  const place = Number(part.slice(1));
  if (part.startsWith("g")) {
    const inside = stands.filter((each) => each === part).length;
    const group = view.groups[place];
    return {
      head: group === undefined ? "" : groupHead(group),
      value: `${inside} nodes`,
      slope: null,
    };
  }
  const node = view.nodes[place];
  if (node === undefined) return { head: "", value: "", slope: null };
  return { head: headOf(shortNamed(node, view)), value: node.value, slope: slopes[place] ?? null };
}

/** In its module's frame, "net.hidden.weight" is "weight". */
function shortNamed(node: GraphNode, { groups }: GraphView): GraphNode {
  if (node.group < 0) return node;
  const names: string[] = [];
  for (let at = node.group; at >= 0; at = groups[at]?.parent ?? -1)
    names.unshift(groups[at]?.name ?? "");
  const around = `${names.join(".")}.`;
  return node.name.startsWith(around) ? { ...node, name: node.name.slice(around.length) } : node;
}

/** The local derivative that a line stands for; empty where it stands for several. */
export function labelOf({ edges }: VisibleEdge, view: GraphView): string {
  const [only, ...others] = edges;
  const local = only === undefined || others.length > 0 ? "" : (view.edges[only]?.local ?? "");
  return local === "" ? "" : `×${local}`;
}
