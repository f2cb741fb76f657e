/** The graph of a loss from the tape: what it was computed from, and every slope of a walk back. */
import type { RawFrame } from "../protocol.ts";
import { surface } from "../run/surface.ts";
import type { Node } from "../tensor/autograd/tape.ts";
import { type TracedStep, traceBack } from "../tensor/autograd/trace.ts";
import { Module } from "../tensor/nn/module.ts";
import { isParameter } from "../tensor/nn/parameter.ts";
import { printShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { GraphGroup, GraphNode, GraphStep, GraphView, Slope } from "./diagram.ts";
import { graphNames, type GraphNames, type Names } from "./graph-names.ts";
import { type Receiver, sayStep } from "./graph-words.ts";
import { slopeOf } from "./number-graph.ts";
import { formatNumber } from "./numbers.ts";

type Parts = Omit<GraphView, "kind" | "title">;

/** Steps that are sent; the earliest of more are drawn as one. */
const MOST_STEPS = 300;
/** Numbers of a tensor that are written out. */
const MOST_WRITTEN = 4;

/** @throws GradientError where the tape cannot be walked. */
export function tapeGraph(loss: Tensor, given: Names): Parts {
  const { steps, left } = traceBack("plot.graph", loss, MOST_STEPS);
  const roots = steps.flatMap(({ node }) => {
    const [outermost] = node.origin?.within ?? [];
    return outermost?.module instanceof Module ? [outermost.module] : [];
  });
  return new TapeGraph(steps, left, graphNames(given, [...new Set(roots)])).parts();
}

class TapeGraph {
  readonly #steps: readonly TracedStep[];
  readonly #left: number;
  /** What stands for the steps that are left out; -1: none are. */
  #more = -1;
  readonly #names: GraphNames;
  readonly #nodes: GraphNode[] = [];
  readonly #groups: GraphGroup[] = [];
  /** Of the groups, with the names of those around them. */
  readonly #wholeNames: string[] = [];
  /** By call or, where calls were not seen, by module. */
  readonly #groupOf = new Map<object, number>();
  readonly #places = new Map<Node | Tensor, number>();
  readonly #lines = new Map<string, { readonly at: number; readonly frame: RawFrame }>();

  constructor(steps: readonly TracedStep[], left: number, names: GraphNames) {
    this.#steps = steps;
    this.#left = left;
    this.#names = names;
  }

  parts(): Parts {
    const edges: { from: number; to: number; local: string }[] = [];
    if (this.#left > 0) this.#more = this.#add(moreSteps(this.#left));
    // Oldest first, so that what something was computed from comes before it.
    for (const step of this.#steps.toReversed()) {
      const group = this.#groupOfStep(step);
      const froms = step.inputs.map(({ tensor }) => this.#input(tensor, group));
      const to = this.#add({
        kind: "op",
        name: this.#names.of(step.output),
        op: step.node.op,
        ...told(step.output),
        slope: null,
        group,
        line: this.#line(step.node),
      });
      this.#places.set(step.node, to);
      step.inputs.forEach(({ local }, i) => {
        edges.push({ from: froms[i] ?? -1, to, local: local === null ? "" : formatNumber(local) });
      });
    }
    return {
      nodes: this.#nodes,
      edges,
      groups: this.#groups,
      steps: this.#walk(),
      lines: Array.from(this.#lines.values(), ({ frame }) => frame),
      notes: this.#notes(),
    };
  }

  #add(node: GraphNode): number {
    return this.#nodes.push(node) - 1;
  }

  #input(tensor: Tensor, group: number): number {
    if (tensor.node !== null) return this.#placeOf(tensor);
    const known = this.#places.get(tensor);
    if (known !== undefined) {
      const node = this.#nodes[known];
      // What several parts of a network use is outside of all of them.
      if (node !== undefined && node.group !== group)
        this.#nodes[known] = { ...node, group: this.#shared(node.group, group) };
      return known;
    }
    const kind = tensor.requiresGrad
      ? "parameter"
      : sizeOf(tensor.shape) === 1
        ? "constant"
        : "data";
    const isInside = kind === "constant" || isParameter(tensor);
    const place = this.#add({
      kind,
      name: this.#names.of(tensor),
      op: "",
      ...told(tensor),
      slope: null,
      group: isInside ? group : -1,
      line: -1,
    });
    this.#places.set(tensor, place);
    return place;
  }

  /** The innermost group that both are in. */
  #shared(a: number, b: number): number {
    const above = (group: number): number[] =>
      group < 0 ? [] : [group, ...above(this.#groups[group]?.parent ?? -1)];
    const others = new Set(above(b));
    return above(a).find((group) => others.has(group)) ?? -1;
  }

  /** Where the calls of modules were not seen, an op is where its parameters are. */
  #groupOfStep({ node, inputs }: TracedStep): number {
    const calls = node.origin?.within;
    if (calls !== undefined)
      return calls.reduce((parent, call) => this.#group(call, call.module, parent), -1);
    const owners = inputs
      .map(({ tensor }) => this.#names.ownersOf(tensor))
      .find((modules) => modules.length > 0);
    return (owners ?? []).reduce((parent, module) => this.#group(module, module, parent), -1);
  }

  #group(key: object, module: object, parent: number): number {
    const known = this.#groupOf.get(key);
    if (known !== undefined) return known;
    const name = this.#names.of(module);
    const around = `${this.#wholeNames[parent] ?? ""}.`;
    this.#wholeNames.push(name);
    const group = this.#groups.push({
      name: name.startsWith(around) ? name.slice(around.length) : name,
      kind: module.constructor.name,
      parent,
    });
    this.#groupOf.set(key, group - 1);
    return group - 1;
  }

  #line({ origin }: Node): number {
    const frame = origin === null ? null : surface().placeOf(origin.site);
    if (frame === null) return -1;
    const key = `${frame.cell}:${frame.run}:${frame.line}:${frame.column}`;
    const line = this.#lines.get(key) ?? { at: this.#lines.size, frame };
    this.#lines.set(key, line);
    return line.at;
  }

  /** What a person would call a node in a sentence. */
  #said(place: number): string {
    const { name = "", op = "", value = "" } = this.#nodes[place] ?? {};
    return name || op || value;
  }

  #placeOf(tensor: Tensor): number {
    return this.#places.get(tensor.node ?? tensor) ?? this.#more;
  }

  #walk(): GraphStep[] {
    const [first] = this.#steps;
    if (first === undefined) return [];
    const root = this.#placeOf(first.output);
    const sums = new Map<number, Float64Array>([[root, Float64Array.of(1)]]);
    const begin: GraphStep = {
      node: root,
      says: `The walk back begins at its end: ${this.#said(root)} grows as much as itself, so its slope is 1.`,
      slopes: [{ node: root, ...slopeOf(1) }],
    };
    return [begin, ...this.#steps.map((step) => this.#stepBack(step, sums))];
  }

  #stepBack(
    { node, output, slope, inputs }: TracedStep,
    sums: Map<number, Float64Array>,
  ): GraphStep {
    const place = this.#placeOf(output);
    const changed = new Set<number>();
    const receivers = inputs.flatMap(({ tensor, sent, local }, index): Receiver[] => {
      const to = this.#placeOf(tensor);
      if (sent === null) return [];
      const before = sums.get(to) ?? null;
      const values = Float64Array.from(sent.innerData);
      if (before !== null) for (let i = 0; i < values.length; i++) values[i]! += before[i] ?? 0; // in bounds
      sums.set(to, values);
      changed.add(to);
      const isNumber = values.length === 1;
      return [
        {
          name: this.#said(to),
          shape: shapeOf(tensor),
          sent: isNumber ? sent.item() : null,
          local,
          before: isNumber ? (before?.[0] ?? null) : null,
          isMore: before !== null,
          isSummed: isStretched(node.op, tensor, output),
          index,
        },
      ];
    });
    const says = sayStep(
      {
        name: this.#said(place),
        op: node.op,
        shape: shapeOf(output),
        slope: slope.numel() === 1 ? slope.item() : null,
        inputs: inputs.map(({ tensor }) => this.#said(this.#placeOf(tensor))),
      },
      receivers,
    );
    const slopes = [...changed].map((to) => ({ node: to, ...slopesOf(sums.get(to) ?? []) }));
    return { node: place, says, slopes };
  }

  #notes(): readonly string[] {
    const notes: string[] = [];
    if (this.#left > 0)
      notes.push(
        `The ${formatNumber(this.#left)} earliest of ${formatNumber(this.#left + this.#steps.length)} steps are drawn as one, and slopes that come from them are missing.`,
      );
    if (this.#lines.size === 0 && surface().placeOf(new Error("a graph")) !== null)
      notes.push("Run the cells above once more to see which line made what.");
    return notes;
  }
}

/** What stands for the steps that are left out. */
function moreSteps(count: number): GraphNode {
  return {
    kind: "more",
    name: `${formatNumber(count)} earlier steps`,
    op: "",
    value: "",
    about: "",
    slope: null,
    group: -1,
    line: -1,
  };
}

/** Ops whose inputs are repeated until their shapes are equal. */
const stretching = new Set(["add", "sub", "mul", "div", "pow", "maximum", "minimum", "where"]);

function isStretched(op: string, input: Tensor, output: Tensor): boolean {
  return stretching.has(op) && sizeOf(input.shape) < sizeOf(output.shape);
}

function shapeOf({ shape }: Tensor): string {
  return sizeOf(shape) === 1 ? "" : printShape(shape);
}

/** A number as it is, a few as they stand, of more their shape and between what they lie. */
function told(tensor: Tensor): { readonly value: string; readonly about: string } {
  const data = tensor.innerData;
  if (data.length === 1) return { value: formatNumber(data[0] ?? Number.NaN), about: "" };
  const shape = printShape(tensor.shape);
  if (data.length <= MOST_WRITTEN)
    return { value: shape, about: Array.from(data, (each) => formatNumber(each)).join(", ") };
  let [low, high, sum] = [Infinity, -Infinity, 0];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!; // i is below the length
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
  }
  const mean = formatNumber(sum / data.length);
  return { value: shape, about: `${formatNumber(low)} to ${formatNumber(high)}, mean ${mean}` };
}

/** A number's slope; of several their size, the root of their mean square. */
function slopesOf(values: ArrayLike<number>): Slope {
  if (values.length === 1) return slopeOf(values[0] ?? 0);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! ** 2; // i is below the length
  const size = Math.sqrt(squares / Math.max(1, values.length));
  return { text: formatNumber(size), isSize: true, sign: 0 };
}
