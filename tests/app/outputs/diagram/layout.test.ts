/** Where nodes of graphs and items of trees stand. */
import { expect, test } from "vitest";
import { fold, type Folded } from "../../../../app/outputs/diagram/folding.ts";
import { layoutGraph } from "../../../../app/outputs/diagram/layout.ts";
import { type Box, planOf } from "../../../../app/outputs/diagram/layout-plan.ts";
import { branchOf, tidied } from "../../../../app/outputs/diagram/tidy-tree.ts";
import type { GraphNode, TreeItem } from "../../../../kernel/plot/diagram.ts";

const node = (group: number): GraphNode => ({
  kind: "op",
  name: "",
  op: "add",
  value: "1",
  about: "",
  slope: null,
  group,
  line: -1,
});

/** Ten inputs into a layer of ten sums, all joined, then one loss. */
const nodes = [...Array.from({ length: 20 }, (_, i) => node(i < 10 ? -1 : 0)), node(-1)];
const edges = [
  ...Array.from({ length: 100 }, (_, i) => ({
    from: i % 10,
    to: 10 + Math.floor(i / 10),
    local: "",
  })),
  ...Array.from({ length: 10 }, (_, i) => ({ from: 10 + i, to: 20, local: "" })),
];
const groups = [{ name: "net", kind: "Net", parent: -1 }];
const planned = (folded: Folded, isTall: boolean) =>
  planOf(folded, nodes, groups, {
    sizeOf: () => ({ width: 60, height: 40 }),
    labelWidth: () => 0,
    isTall,
  });
const apart = (a: Box, b: Box) =>
  Math.abs(a.x - b.x) * 2 >= a.width + b.width - 1 ||
  Math.abs(a.y - b.y) * 2 >= a.height + b.height - 1;

test.each([false, true])(
  "a graph's boxes never overlap, and run one way (downwards: %s)",
  (isTall) => {
    const folded = fold({ nodes, edges, groups }, new Set());
    const { parts: boxes } = layoutGraph(planned(folded, isTall));
    const boxOf = new Map(folded.parts.map((part, i) => [part, boxes[i]]));
    boxes.forEach((box, i) => {
      for (const other of boxes.slice(i + 1)) expect(apart(box, other)).toBe(true);
    });
    const along = isTall ? "y" : "x";
    for (const { from, to } of folded.edges)
      expect(boxOf.get(from)?.[along]).toBeLessThan(boxOf.get(to)?.[along] ?? 0);
  },
);

test("an open module has a frame around its nodes, and around no others", () => {
  const folded = fold({ nodes, edges, groups }, new Set());
  const { parts, frames } = layoutGraph(planned(folded, false));
  const [frame] = frames;
  const inside = (box: Box | undefined) =>
    frame !== undefined &&
    box !== undefined &&
    Math.abs(box.x - frame.x) < frame.width / 2 &&
    Math.abs(box.y - frame.y) < frame.height / 2;
  nodes.forEach(({ group }, i) =>
    expect(inside(parts[folded.parts.indexOf(`n${i}`)]), `n${i}`).toBe(group === 0),
  );
});

const item = (parent: number): TreeItem => ({
  text: "",
  parent,
  answer: "",
  isLeaf: false,
  counts: [],
});

test("a tree is tidy: parents in the middle of their children, equal branches equally drawn", () => {
  // A root with two branches of the same form, deep to the left, and a leaf at each end.
  const items = [-1, 0, 0, 1, 1, 2, 2, 3, 3, 5, 5].map(item);
  const root = tidied(branchOf(items, 0, new Set()), () => 50);
  const at = new Map(root.descendants().map(({ x, y, data }) => [data.item, { x, y }]));
  for (const each of root.descendants()) {
    const xs = (each.children ?? []).map(({ x }) => x);
    if (xs.length > 0) expect(each.x).toBeCloseTo((Math.min(...xs) + Math.max(...xs)) / 2, 6);
  }
  const dx = (a: number, b: number) => (at.get(b)?.x ?? NaN) - (at.get(a)?.x ?? NaN);
  expect(dx(1, 3)).toBeCloseTo(dx(2, 5), 6);
  expect(dx(3, 7)).toBeCloseTo(dx(5, 9), 6);
  const levels = new Map<number, number[]>();
  for (const { x, y } of at.values()) levels.set(y, [...(levels.get(y) ?? []), x]);
  for (const xs of levels.values()) {
    const sorted = xs.toSorted((a, b) => a - b);
    sorted.slice(1).forEach((x, i) => expect(x - (sorted[i] ?? 0)).toBeGreaterThanOrEqual(50));
  }
});

test("a folded question has nothing below it", () => {
  const items = [-1, 0, 0, 1, 1].map(item);
  expect(tidied(branchOf(items, 0, new Set([1])), () => 50).descendants()).toHaveLength(3);
});
