/** A diagram from the bundle of a kernel or a file, which may hold anything. */
import {
  type DiagramView,
  type GraphEdge,
  type GraphGroup,
  type GraphNode,
  graphNodeKinds,
  type GraphStep,
  type GraphView,
  type NetworkColumn,
  type NetworkLayer,
  type NetworkView,
  type Slope,
  type TreeItem,
  type TreeView,
} from "../../../kernel/plot/diagram.ts";
import { type Fields, isCount, isRecord, isText, isTexts } from "../../../kernel/plain-data.ts";
import type { Frame } from "../../../kernel/protocol.ts";

/** More of anything is not for one picture. */
const MOST = 5000;

/** Null for anything that is no diagram. */
export function readDiagram(sent: unknown): DiagramView | null {
  if (!isRecord(sent) || !isText(sent["title"]) || !isTexts(sent["notes"])) return null;
  if (sent["kind"] === "graph") return readGraph(sent);
  if (sent["kind"] === "network") return readNetwork(sent);
  return sent["kind"] === "tree" ? readTree(sent) : null;
}

function readGraph(sent: Fields): GraphView | null {
  const nodes = list(sent["nodes"], isNode);
  const groups = list(sent["groups"], isGroup);
  const count = nodes?.length ?? 0;
  const edges = list(sent["edges"], isEdge);
  const steps = list(sent["steps"], isStep);
  const lines = list(sent["lines"], (line): line is Frame | null => line === null || isFrame(line));
  if (nodes === null || groups === null || edges === null || steps === null || lines === null)
    return null;
  const isPlace = (place: number) => place >= 0 && place < count;
  const isWhole =
    count > 0 &&
    nodes.every(({ group, line }) => group < groups.length && line < lines.length) &&
    groups.every(({ parent }, i) => parent < i) &&
    // A graph without circles, each node after those it comes from.
    edges.every(({ from, to }) => isPlace(from) && isPlace(to) && from < to) &&
    steps.every(({ node, slopes }) => isPlace(node) && slopes.every((each) => isPlace(each.node)));
  if (!isWhole) return null;
  return { kind: "graph", ...heading(sent), nodes, edges, groups, steps, lines };
}

function readNetwork(sent: Fields): NetworkView | null {
  const columns = list(sent["columns"], isColumn);
  const layers = list(sent["layers"], isLayer);
  if (columns === null || layers === null || columns.length === 0) return null;
  const isWhole = layers.every(({ from, to, weights }) => {
    const [before, after] = [columns[from], columns[to]];
    return weights.length === (before?.units.length ?? 0) * (after?.units.length ?? 0);
  });
  return isWhole ? { kind: "network", ...heading(sent), columns, layers } : null;
}

function readTree(sent: Fields): TreeView | null {
  const items = list(sent["items"], isItem);
  const classes = sent["classes"];
  if (items === null || items.length === 0 || !isTexts(classes)) return null;
  const isWhole = items.every(
    ({ parent, counts }, i) =>
      (i === 0 ? parent === -1 : parent >= 0 && parent < i) &&
      (counts.length === 0 || counts.length === classes.length),
  );
  return isWhole ? { kind: "tree", ...heading(sent), classes, items } : null;
}

function heading(sent: Fields): { readonly title: string; readonly notes: readonly string[] } {
  return { title: sent["title"] as string, notes: sent["notes"] as string[] }; // asked above
}

/** A list whose items are all of one form; null else. */
function list<T>(sent: unknown, is: (item: unknown) => item is T): readonly T[] | null {
  if (!Array.isArray(sent) || sent.length > MOST) return null;
  const items: readonly unknown[] = sent;
  return items.every(is) ? items : null;
}

const isPlaceOrNone = (value: unknown): value is number => value === -1 || isCount(value);
const isNumber = (value: unknown): value is number => typeof value === "number";
const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length <= MOST && value.every(isNumber);
const areTexts = (item: Fields, ...names: readonly string[]) =>
  names.every((name) => isText(item[name]));

function isNode(item: unknown): item is GraphNode {
  return (
    isRecord(item) &&
    graphNodeKinds.some((kind) => kind === item["kind"]) &&
    areTexts(item, "name", "op", "value", "about") &&
    (item["slope"] === null || isSlope(item["slope"])) &&
    isPlaceOrNone(item["group"]) &&
    isPlaceOrNone(item["line"])
  );
}

function isSlope(item: unknown): item is Slope {
  return (
    isRecord(item) &&
    isText(item["text"]) &&
    typeof item["isSize"] === "boolean" &&
    [-1, 0, 1].includes(Number(item["sign"]))
  );
}

function isEdge(item: unknown): item is GraphEdge {
  return isRecord(item) && isCount(item["from"]) && isCount(item["to"]) && isText(item["local"]);
}

function isGroup(item: unknown): item is GraphGroup {
  return isRecord(item) && areTexts(item, "name", "kind") && isPlaceOrNone(item["parent"]);
}

function isStep(item: unknown): item is GraphStep {
  if (!isRecord(item) || !isCount(item["node"]) || !isText(item["says"])) return false;
  const { slopes } = item;
  return (
    Array.isArray(slopes) &&
    slopes.every((each) => isSlope(each) && "node" in each && isCount(each.node))
  );
}

function isFrame(item: unknown): item is Frame {
  return isRecord(item) && isText(item["cell"]) && isCount(item["line"]) && isCount(item["column"]);
}

function isColumn(item: unknown): item is NetworkColumn {
  if (!isRecord(item) || !areTexts(item, "name", "after") || !isCount(item["size"])) return false;
  const { units, labels, biases, values } = item;
  if (!isNumbers(units) || !units.every(isCount) || !isTexts(labels)) return false;
  const isOneEach = (each: unknown) => isNumbers(each) && each.length === units.length;
  return (
    (labels.length === 0 || labels.length === units.length) &&
    (biases === null || isOneEach(biases)) &&
    (values === null || isOneEach(values))
  );
}

function isLayer(item: unknown): item is NetworkLayer {
  return (
    isRecord(item) && isCount(item["from"]) && isCount(item["to"]) && isNumbers(item["weights"])
  );
}

function isItem(item: unknown): item is TreeItem {
  return (
    isRecord(item) &&
    areTexts(item, "text", "answer") &&
    isPlaceOrNone(item["parent"]) &&
    typeof item["isLeaf"] === "boolean" &&
    isNumbers(item["counts"])
  );
}
