/** Which nodes are drawn while modules are folded. */
import { expect, test } from "vitest";
import { fold, foldedAtFirst } from "../../../../app/outputs/diagram/folding.ts";
import type { GraphEdge, GraphGroup, GraphNode } from "../../../../kernel/plot/diagram.ts";

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
const edge = (from: number, to: number): GraphEdge => ({ from, to, local: "1" });
const group = (parent: number): GraphGroup => ({ name: "net", kind: "Net", parent });

/** Data, then two nodes in a layer of a network, one in the network itself, the loss. */
const view = {
  nodes: [node(-1), node(1), node(1), node(0), node(-1)],
  edges: [edge(0, 1), edge(1, 2), edge(1, 2), edge(2, 3), edge(1, 3), edge(3, 4)],
  groups: [group(-1), group(0)],
};

test("an open graph draws every node and every edge", () => {
  const { parts, open, edges } = fold(view, new Set());
  expect(parts).toEqual(["n0", "n1", "n2", "n3", "n4"]);
  expect(open).toEqual([0, 1]);
  expect(edges).toHaveLength(6);
});

test("a folded module is one box, with one line for all edges that go the same way", () => {
  const { parts, open, edges, stands } = fold(view, new Set([1]));
  expect(parts).toEqual(["n0", "g1", "n3", "n4"]);
  expect(open).toEqual([0]);
  expect(stands[2]).toBe("g1");
  expect(edges).toEqual([
    { from: "n0", to: "g1", edges: [0] },
    { from: "g1", to: "n3", edges: [3, 4] },
    { from: "n3", to: "n4", edges: [5] },
  ]);
});

test("a folded network hides the modules in it, folded or not", () => {
  const { parts, open } = fold(view, new Set([0]));
  expect(parts).toEqual(["n0", "g0", "n4"]);
  expect(open).toEqual([]);
});

test("a small graph begins open, a large one with its inner modules folded", () => {
  expect(foldedAtFirst(view)).toEqual(new Set());
  const large = { ...view, nodes: [...view.nodes, ...Array.from({ length: 40 }, () => node(1))] };
  expect(foldedAtFirst(large)).toEqual(new Set([1]));
  const larger = { ...view, nodes: [...view.nodes, ...Array.from({ length: 40 }, () => node(0))] };
  expect(foldedAtFirst(larger)).toEqual(new Set([0, 1]));
});
