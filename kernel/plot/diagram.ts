/**
 * What computation graphs, networks and trees send to a page, which draws them itself
 * (`app/outputs/diagram/`). Plain JSON, with texts as they are to be read.
 */
import type { Frame, MimeBundle, RawFrame } from "../protocol.ts";

export const DIAGRAM_MIME = "application/vnd.descent.diagram+json";

export const graphNodeKinds = ["parameter", "data", "constant", "op", "more"] as const;

export interface GraphNode {
  /** "more" stands for the steps that are left out. */
  readonly kind: (typeof graphNodeKinds)[number];
  /** What a person calls it; "" where it has no name. */
  readonly name: string;
  /** What made it; "" for what was given. */
  readonly op: string;
  /** Its number, or its shape. */
  readonly value: string;
  /** More of its values, in words. */
  readonly about: string;
  /** Its slope as it was found; null: unknown, or told by the steps. */
  readonly slope: Slope | null;
  /** The module call that it belongs to, by its place among the groups; -1 for none. */
  readonly group: number;
  /** The line that made it, by its place among the lines; -1 for none. */
  readonly line: number;
}

export interface Slope {
  /** A number's slope; of a table's slopes their size, the root of their mean square. */
  readonly text: string;
  readonly isSize: boolean;
  readonly sign: -1 | 0 | 1;
}

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** How much the result grows with it, for two numbers; "" else. */
  readonly local: string;
}

export interface GraphGroup {
  readonly name: string;
  /** Its class. */
  readonly kind: string;
  /** -1 for none. Groups come after those they are in. */
  readonly parent: number;
}

/** One step of the walk back. */
export interface GraphStep {
  readonly node: number;
  readonly says: string;
  /** The slopes that nodes have from now on. */
  readonly slopes: readonly (Slope & { readonly node: number })[];
}

export interface GraphView {
  readonly kind: "graph";
  readonly title: string;
  /** What was computed from others comes after these. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly groups: readonly GraphGroup[];
  readonly steps: readonly GraphStep[];
  /** Where steps were written: of the program as the kernel sends them, of cells after `withLines`. */
  readonly lines: readonly (RawFrame | Frame | null)[];
  readonly notes: readonly string[];
}

export interface NetworkColumn {
  readonly name: string;
  /** What its numbers pass through: "Tanh". */
  readonly after: string;
  /** How many units there are, and which of them are drawn. */
  readonly size: number;
  readonly units: readonly number[];
  /** What drawn units are called; empty where they have numbers only. */
  readonly labels: readonly string[];
  /** One a drawn unit; null where the layer has none. */
  readonly biases: readonly number[] | null;
  readonly values: readonly number[] | null;
}

/** Weights between the drawn units of two columns. */
export interface NetworkLayer {
  readonly from: number;
  readonly to: number;
  /** `[units of to, units of from]`, row by row. */
  readonly weights: readonly number[];
}

export interface NetworkView {
  readonly kind: "network";
  readonly title: string;
  readonly columns: readonly NetworkColumn[];
  readonly layers: readonly NetworkLayer[];
  readonly notes: readonly string[];
}

export interface TreeItem {
  /** The question, or a leaf's value. */
  readonly text: string;
  /** -1 for the root. Items come after the one they hang on. */
  readonly parent: number;
  /** The answer that leads here; "" for the root. */
  readonly answer: string;
  readonly isLeaf: boolean;
  /** One for each class; empty where nobody counted. */
  readonly counts: readonly number[];
}

export interface TreeView {
  readonly kind: "tree";
  readonly title: string;
  readonly classes: readonly string[];
  readonly items: readonly TreeItem[];
  readonly notes: readonly string[];
}

export type DiagramView = GraphView | NetworkView | TreeView;

/** The bundle with the lines of its diagram, if it has one, as `map` puts them. */
export function withLines(
  bundle: MimeBundle,
  map: (lines: readonly RawFrame[]) => readonly (Frame | null)[],
): MimeBundle {
  const view = bundle[DIAGRAM_MIME];
  if (!isRecord(view) || !Array.isArray(view["lines"]) || view["lines"].length === 0) return bundle;
  return { ...bundle, [DIAGRAM_MIME]: { ...view, lines: map(view["lines"].filter(isRawFrame)) } };
}

type Sent = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Sent {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRawFrame(value: unknown): value is RawFrame {
  return (
    isRecord(value) &&
    typeof value["cell"] === "string" &&
    typeof value["run"] === "number" &&
    typeof value["line"] === "number" &&
    typeof value["column"] === "number"
  );
}
