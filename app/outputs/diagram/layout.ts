/** Where the parts of a graph stand: layers from inputs to the result, by dagre. */
import { Graph, layout as arrange } from "@dagrejs/dagre";
import type { Box, GraphLayout, LayoutPlan, Point, Route } from "./layout-plan.ts";

const LABEL_HEIGHT = 16;
/** What the name of a frame takes from those in it, in px. */
const NAME = 14;

/** Takes a second for 160 parts. */
export function layoutGraph({ parts, frames, edges, isTall }: LayoutPlan): GraphLayout {
  const innerLevels = (frame: number): number =>
    frames.reduce(
      (most, { parent }, each) => (parent === frame ? Math.max(most, 1 + innerLevels(each)) : most),
      0,
    );
  const isFlat = frames.length === 0;
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({
    rankdir: isTall ? "TB" : "LR",
    // A frame has its name over what is in it.
    nodesep: isTall || isFlat ? 14 : 32,
    edgesep: 10,
    ranksep: isTall && isFlat ? 22 : 30,
    marginx: 2,
    // A frame around frames needs room for its own name over theirs.
    marginy: 2 + NAME * Math.max(0, ...frames.map((_, frame) => innerLevels(frame))),
  });
  const nameOf = (frame: number) => `f${frame}`;
  frames.forEach((_, frame) => graph.setNode(nameOf(frame), {}));
  frames.forEach(({ parent }, frame) => {
    if (parent >= 0) graph.setParent(nameOf(frame), nameOf(parent));
  });
  for (const { id, width, height, frame } of parts) {
    graph.setNode(id, { width, height });
    if (frame >= 0) graph.setParent(id, nameOf(frame));
  }
  edges.forEach(({ from, to, labelWidth: width }, i) => {
    const label = width === 0 ? {} : { width, height: LABEL_HEIGHT, labelpos: "c" };
    graph.setEdge(from, to, label, String(i));
  });
  arrange(graph);
  const boxAt = (name: string): Box => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(name) as Partial<Box>;
    return { x, y, width, height };
  };
  const whole = graph.graph() as { width?: number; height?: number };
  return {
    parts: parts.map(({ id }) => boxAt(id)),
    frames: frames.map((_, frame) => {
      const { x, y, width, height } = boxAt(nameOf(frame));
      const more = NAME * innerLevels(frame);
      return { x, y: y - more / 2, width, height: height + more };
    }),
    routes: edges.map(({ from, to }, i): Route => {
      const {
        points = [],
        x,
        y,
      } = graph.edge(from, to, String(i)) as {
        points?: readonly Point[];
        x?: number;
        y?: number;
      };
      return {
        points: points.map((point) => ({ x: point.x, y: point.y })),
        label: x === undefined || y === undefined ? null : { x, y },
      };
    }),
    width: whole.width ?? 1,
    height: whole.height ?? 1,
  };
}
