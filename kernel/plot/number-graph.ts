/** The graph of one number from numbers that remember what they came from, as `Value` does. */
import type { GraphEdge, GraphNode, GraphStep, GraphView, Slope } from "./diagram.ts";
import { graphNames, type Names } from "./graph-names.ts";
import { sayStep } from "./graph-words.ts";
import { formatNumber } from "./numbers.ts";

/** A number that knows what it was computed from, and how much it grows with each of these. */
export interface Computed {
  readonly data: number;
  readonly grad?: number;
  /** What a person calls it. */
  readonly label?: string;
  readonly name?: string;
  /** What made it. */
  readonly op?: string;
  readonly children: readonly Computed[];
  readonly slopes: readonly number[];
}

/** More numbers than these are no picture any more. */
const MOST = 400;

export function isComputed(value: unknown): value is Computed {
  if (typeof value !== "object" || value === null) return false;
  const { data, children, slopes }: Partial<Computed> = value;
  return typeof data === "number" && Array.isArray(children) && Array.isArray(slopes);
}

/**
 * `kept`: the slopes are those that the numbers have in `grad`; else they are computed here, step by step.
 * @throws RangeError for more numbers than can be drawn.
 */
export function numberGraph(
  result: Computed,
  given: Names,
  kept: boolean,
): Omit<GraphView, "kind" | "title"> {
  const order = oldestFirst(result);
  if (order.length > MOST)
    throw new RangeError(
      `plot.graph: ${order.length} numbers behind this one - wanted at most ${MOST}, such as a neuron or one example`,
    );
  const names = graphNames(given, []);
  const places = new Map(order.map((each, i) => [each, i]));
  const nodes = order.map((each): GraphNode => {
    const name = each.name || each.label || names.of(each);
    const isGiven = each.children.length === 0;
    return {
      kind: !isGiven ? "op" : name === "" ? "constant" : "data",
      name,
      op: isGiven ? "" : (each.op ?? ""),
      value: formatNumber(each.data),
      about: "",
      slope: kept ? slopeOf(each.grad ?? 0) : null,
      group: -1,
      line: -1,
    };
  });
  const edges = order.flatMap((each, to) =>
    each.children.map((child, i): GraphEdge => ({
      from: places.get(child) ?? 0,
      to,
      local: formatNumber(each.slopes[i] ?? 0),
    })),
  );
  const said = (each: Computed) => {
    const { name = "", op = "", value = "" } = nodes[places.get(each) ?? 0] ?? {};
    return name || op || value;
  };
  const steps = kept ? [] : walk(order, places, said);
  return { nodes, edges, groups: [], steps, lines: [], notes: [] };
}

/** What something was computed from comes before it. No recursion: a sum of a thousand is as deep. */
function oldestFirst(result: Computed): readonly Computed[] {
  const order: Computed[] = [];
  const seen = new Set<Computed>();
  const open: { readonly of: Computed; next: number }[] = [{ of: result, next: 0 }];
  seen.add(result);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = top.of.children[top.next++];
    if (child === undefined) {
      order.push(top.of);
      open.pop();
    } else if (!seen.has(child)) {
      seen.add(child);
      open.push({ of: child, next: 0 });
    }
  }
  return order;
}

function walk(
  order: readonly Computed[],
  places: ReadonlyMap<Computed, number>,
  said: (each: Computed) => string,
): GraphStep[] {
  const last = order.length - 1;
  const result = order[last];
  if (result === undefined) return [];
  const slopes = new Map<Computed, number>([[result, 1]]);
  const begin: GraphStep = {
    node: last,
    says: `The walk back begins at its end: ${said(result)} grows as much as itself, so its slope is 1.`,
    slopes: [{ node: last, ...slopeOf(1) }],
  };
  const rest = order.toReversed().flatMap((each): GraphStep[] => {
    if (each.children.length === 0) return [];
    const slope = slopes.get(each) ?? 0;
    const receivers = each.children.map((child, index) => {
      const local = each.slopes[index] ?? 0;
      const before = slopes.get(child) ?? null;
      const sent = slope * local;
      slopes.set(child, (before ?? 0) + sent);
      const isMore = before !== null;
      return { name: said(child), shape: "", sent, local, before, isMore, isSummed: false, index };
    });
    const sender = { name: said(each), op: each.op ?? "", shape: "", slope, inputs: [] };
    const changed = [...new Set(each.children)].map((child) => ({
      node: places.get(child) ?? 0,
      ...slopeOf(slopes.get(child) ?? 0),
    }));
    return [{ node: places.get(each) ?? 0, says: sayStep(sender, receivers), slopes: changed }];
  });
  return [begin, ...rest];
}

export function slopeOf(value: number): Slope {
  return { text: formatNumber(value), isSize: false, sign: value > 0 ? 1 : value < 0 ? -1 : 0 };
}
