/** What is taken for a diagram, of all that a kernel or a file may say. */
import { expect, test } from "vitest";
import { readDiagram } from "../../../../app/outputs/diagram/reading.ts";

const node = {
  kind: "op",
  name: "w",
  op: "",
  value: "1",
  about: "",
  slope: null,
  group: -1,
  line: -1,
};
const graph = {
  kind: "graph",
  title: "",
  notes: [],
  nodes: [node, { ...node, slope: { text: "1", isSize: false, sign: 1 }, group: 0, line: 0 }],
  edges: [{ from: 0, to: 1, local: "2" }],
  groups: [{ name: "net", kind: "Net", parent: -1 }],
  steps: [
    { node: 1, says: "It begins.", slopes: [{ node: 1, text: "1", isSize: false, sign: 1 }] },
  ],
  lines: [null],
};
const network = {
  kind: "network",
  title: "",
  notes: [],
  columns: [
    { name: "input", after: "", size: 2, units: [0, 1], labels: [], biases: null, values: null },
    { name: "out", after: "", size: 1, units: [0], labels: ["y"], biases: [1], values: [2] },
  ],
  layers: [{ from: 0, to: 1, weights: [1, -1] }],
};
const item = { text: "?", parent: -1, answer: "", isLeaf: false, counts: [] };
const tree = {
  kind: "tree",
  title: "",
  notes: [],
  classes: ["a"],
  items: [item, { ...item, parent: 0, isLeaf: true, counts: [3] }],
};

test.each([graph, network, tree])("reads a $kind as it was sent", (sent) => {
  expect(readDiagram(sent)).toEqual(sent);
});

test.each<[string, object]>([
  ["an edge to nowhere", { ...graph, edges: [{ from: 0, to: 2, local: "" }] }],
  ["an edge back", { ...graph, edges: [{ from: 1, to: 0, local: "" }] }],
  ["a group in itself", { ...graph, groups: [{ name: "", kind: "", parent: 0 }] }],
  ["a node in a group that is not there", { ...graph, nodes: [{ ...node, group: 3 }] }],
  ["a line that is not there", { ...graph, lines: [] }],
  ["a line that is none", { ...graph, lines: [{ cell: "a" }] }],
  ["a step of a node that is not there", { ...graph, steps: [{ node: 9, says: "", slopes: [] }] }],
  ["a node that is no text", { ...graph, nodes: [{ ...node, name: 3 }] }],
  ["nothing to draw", { ...graph, nodes: [], edges: [], steps: [] }],
  ["weights that are too few", { ...network, layers: [{ from: 0, to: 1, weights: [1] }] }],
  [
    "biases that are too many",
    { ...network, columns: [{ ...network.columns[0], biases: [1, 2, 3] }] },
  ],
  ["an item that hangs on itself", { ...tree, items: [item, { ...item, parent: 1 }] }],
  ["counts of no class", { ...tree, items: [{ ...item, counts: [1, 2] }] }],
  ["no kind", { title: "", notes: [] }],
])("refuses %s", (_, sent) => {
  expect(readDiagram(sent)).toBeNull();
});

test("refuses what is no object", () => {
  for (const sent of [null, "graph", 3, []]) expect(readDiagram(sent)).toBeNull();
});
