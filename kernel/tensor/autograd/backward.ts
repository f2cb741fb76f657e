/**
 * The walk back over the tape, which turns the slope of a loss into the slopes of its parameters.
 * Broadcasting is undone here, once, and never in an op's gradient.
 */
import { activity } from "../activity.ts";
import { anomaly, checkSlope, unchecked } from "./anomaly.ts";
import { isTensor } from "./apply.ts";
import { GradientError, kindOf } from "../errors.ts";
import { walkBegins } from "../notices/losses.ts";
import { watch } from "../notices/notice.ts";
import { leavesReached, slopeAdded } from "../notices/slopes.ts";
import { checkOptions } from "../options.ts";
import { isContiguous, sameShape } from "../shape.ts";
import { type Node, withRecording } from "./tape.ts";
import type { Tensor } from "../tensor.ts";

export interface BackwardOptions {
  /** Keeps the graph, so that `backward()` can be called again. */
  readonly retainGraph?: boolean;
  /** Records the walk itself, so that slopes have slopes. Implies `retainGraph`. */
  readonly createGraph?: boolean;
}

/** The slope that has come together for a leaf; `own` says that nobody else can see its storage. */
interface LeafSlope {
  readonly slope: Tensor;
  readonly own: boolean;
}

/** What a walk is for. */
interface Errand {
  /** Whether slopes shall go to this input of a node. */
  leads(input: Tensor): boolean;
  /** A node's whole slope is known. */
  pass?(node: Node, slope: Tensor): void;
}

/** Adds the slope of `root` with respect to every leaf that needs one to the leaf's `grad`. */
export function backward(root: Tensor, seed: Tensor, options: BackwardOptions): void {
  if (watch.on) walkBegins(root);
  const leaves = walkBack(root, seed, options, { leads: ({ requiresGrad }) => requiresGrad });
  if (watch.on) leavesReached(leaves.keys());
  // The whole graph was walked before any slope is kept: an error leaves every leaf as it was.
  for (const [leaf, { slope, own }] of leaves) {
    if (leaf.grad !== null) {
      const sum = leaf.grad.add(slope);
      if (watch.on) slopeAdded(leaf, sum);
      leaf.grad = sum;
    }
    // A slope that others may see, or that is strided, is copied.
    else leaf.grad = own ? slope : slope.clone();
  }
}

/**
 * The slopes of one number with respect to `inputs`, leaves or not; no `grad` is touched. With
 * `createGraph` they can be differentiated again. An output of several numbers wants a `gradient` of
 * its shape: the slopes are those of the sum weighted by it.
 * @throws GradientError when `output` is not one number, or does not depend on one of `inputs`.
 * @example
 * const x = tensor(3, { requiresGrad: true });
 * const [slope] = grad(x.pow(3), [x], { createGraph: true });
 * slope.item() // 27
 * grad(slope, [x])[0].item() // 18
 */
export function grad(
  output: Tensor,
  inputs: readonly Tensor[],
  options: BackwardOptions & { readonly gradient?: Tensor } = {},
): Tensor[] {
  refuseOthers(output, inputs);
  checkOptions("grad", options, ["gradient", "retainGraph", "createGraph"]);
  const wanted = new Set(inputs);
  const seed = output.seed("grad", options.gradient);
  const leading = leadingTo(output, wanted);
  const leads = (input: Tensor) =>
    wanted.has(input) || (input.node !== null && leading.has(input.node));
  const results = new Map<Node, Tensor>();
  const wantedNodes = new Set(inputs.map(({ node }) => node));
  const leaves = walkBack(output, seed, options, {
    leads,
    pass: (node, slope) => void (wantedNodes.has(node) && results.set(node, slope)),
  });
  return inputs.map((input, i) => {
    const slope = input.node === null ? leaves.get(input)?.slope : results.get(input.node);
    if (slope === undefined)
      throw new GradientError(
        `grad: the output does not depend on input ${i} - wanted one that it was computed from`,
      );
    return slope;
  });
}

function refuseOthers(output: Tensor, inputs: readonly Tensor[]): void {
  if (!isTensor(output))
    throw new TypeError(`grad: ${kindOf(output)} for the output - wanted a tensor`);
  if (!Array.isArray(inputs))
    throw new TypeError(
      `grad: ${isTensor(inputs) ? "a tensor" : kindOf(inputs)} for the inputs - wanted a list of tensors, ` +
        "as in grad(loss, [x])",
    );
  inputs.forEach((input, i) => {
    if (!isTensor(input))
      throw new TypeError(`grad: input ${i} is ${kindOf(input)} - wanted a tensor`);
  });
}

/** The nodes behind `output` from which a wanted tensor can be reached: slopes go nowhere else. */
function leadingTo(output: Tensor, wanted: ReadonlySet<Tensor>): Set<Node> {
  const leading = new Set<Node>();
  if (output.node === null) return leading;
  // Oldest first: whatever feeds a node is decided before it.
  for (const node of reachable(output.node).toReversed()) {
    const leads = (input: Tensor) =>
      wanted.has(input) || (input.node !== null && leading.has(input.node));
    if (node.inputs.some(leads)) leading.add(node);
  }
  return leading;
}

/** Walks from `root`, whose slope is `seed`, and gives the slopes of the leaves it came to. */
function walkBack(
  root: Tensor,
  seed: Tensor,
  options: BackwardOptions,
  errand: Errand,
): Map<Tensor, LeafSlope> {
  activity.backwards++;
  const createGraph = options.createGraph ?? false;
  const keep = createGraph || (options.retainGraph ?? false);
  const leaves = new Map<Tensor, LeafSlope>();
  const slopes = new Map<Node, Tensor>();
  const nodes = root.node === null ? [] : reachable(root.node);

  function send(input: Tensor, slope: Tensor, own: boolean): void {
    const { node } = input;
    if (node === null) {
      const earlier = leaves.get(input);
      if (earlier === undefined) leaves.set(input, { slope, own });
      else leaves.set(input, { slope: earlier.slope.add(slope), own: true });
      return;
    }
    const earlier = slopes.get(node);
    slopes.set(node, earlier === undefined ? slope : earlier.add(slope));
  }

  function walk(node: Node, g: Tensor): void {
    const { inputs } = node;
    const leads = (index: number) => {
      const input = inputs[index];
      return input !== undefined && errand.leads(input);
    };
    const raw = node.slopes?.(g, leads, createGraph) ?? [];
    raw.forEach((each, index) => {
      const input = inputs[index];
      if (each === null || input === undefined) return;
      if (anomaly.on) checkSlope(node, index, g, each);
      const slope = fit(each, input);
      const isSeen = slope.storage === g.storage || inputs.some((t) => t.storage === slope.storage);
      send(input, slope, createGraph || (!isSeen && isContiguous(slope)));
    });
  }

  const walkAll = () => {
    send(root, seed, false);
    for (const node of nodes) {
      const whole = slopes.get(node);
      slopes.delete(node);
      if (whole === undefined) continue;
      const g = node.hooks?.run(whole) ?? whole;
      if (node.retainer !== null) retain(node.retainer, g);
      errand.pass?.(node, g);
      walk(node, g);
    }
    for (const [leaf, { slope }] of leaves) {
      // A hook may have kept what it saw.
      const hooked = leaf.leafHooks?.run(slope);
      if (hooked !== undefined) leaves.set(leaf, { slope: hooked, own: false });
    }
  };
  withRecording(createGraph, () => unchecked(walkAll));
  if (!keep) for (const node of nodes) node.free();
  return leaves;
}

/** Slopes flow on and are shared, so a result keeps a copy. */
function retain(result: Tensor, slope: Tensor): void {
  result.grad = result.grad === null ? slope.clone() : result.grad.add(slope);
}

/**
 * Every node behind `root`, newest first: an order in which each comes after all its users.
 * @throws GradientError when part of the graph was freed by an earlier `backward()`.
 */
function reachable(root: Node): Node[] {
  // A set is walked in the order of insertion, additions included: no recursion, however deep.
  const seen = new Set<Node>([root]);
  for (const node of seen) {
    if (node.slopes === null)
      throw new GradientError(
        `backward: the graph behind this ${node.op} was already walked and freed - ` +
          "each backward() needs a forward pass of its own",
        "compute the loss again, or pass { retainGraph: true } to the first backward()",
      );
    for (const input of node.inputs) if (input.node !== null) seen.add(input.node);
  }
  return [...seen].sort((a, b) => b.id - a.id);
}

/** Sums `slope` over the dimensions along which `input` was broadcast, and gives it its dtype. */
function fit(slope: Tensor, input: Tensor): Tensor {
  let fitted = slope;
  if (!sameShape(slope.shape, input.shape)) {
    const extra = slope.ndim - input.ndim;
    const stretched = slope.shape.flatMap((n, i) =>
      i < extra || (input.shape[i - extra] === 1 && n !== 1) ? [i] : [],
    );
    fitted = slope.sum(stretched, { keepdim: true }).reshape(input.shape);
  }
  return fitted.dtype === input.dtype ? fitted : fitted.to(input.dtype);
}
