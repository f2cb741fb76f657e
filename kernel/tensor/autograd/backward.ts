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
import type { Shape } from "../view.ts";

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
  readonly leads: (input: Tensor) => boolean;
  /** A node's whole slope is known. */
  readonly pass: ((node: Node, slope: Tensor) => void) | null;
}

/** To every leaf that learns. */
const toLeaves: Errand = { leads: (input) => input.requiresGrad, pass: null };

/** Adds the slope of `root` with respect to every leaf that needs one to the leaf's `grad`. */
export function backward(root: Tensor, seed: Tensor, options: BackwardOptions): void {
  if (watch.on) walkBegins(root);
  const leaves = walkBack(root, seed, options, toLeaves);
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
  for (const node of reachable(output.node).reverse()) {
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
  { createGraph = false, retainGraph = false }: BackwardOptions,
  errand: Errand,
): Map<Tensor, LeafSlope> {
  activity.backwards++;
  const walk = new Walk(root.node === null ? [] : reachable(root.node), errand, createGraph);
  withRecording(createGraph, () => {
    unchecked(() => walk.from(root, seed));
  });
  if (!createGraph && !retainGraph) walk.free();
  return walk.leaves;
}

let walks = 0;

/** One walk back: the slopes that are under way, each waiting for the rest of its node's. */
class Walk {
  readonly leaves = new Map<Tensor, LeafSlope>();
  readonly #nodes: readonly Node[];
  /** What has come together for the node of the same place. */
  readonly #slopes: (Tensor | null)[] = [];
  readonly #errand: Errand;
  readonly #createGraph: boolean;
  #number = 0;

  constructor(nodes: readonly Node[], errand: Errand, createGraph: boolean) {
    this.#nodes = nodes;
    this.#errand = errand;
    this.#createGraph = createGraph;
    for (let i = 0; i < nodes.length; i++) this.#slopes.push(null);
    this.#takePlaces();
  }

  from(root: Tensor, seed: Tensor): void {
    const nodes = this.#nodes;
    this.#send(root, seed, false);
    for (let i = 0; i < nodes.length; i++) {
      const slope = this.#slopes[i] ?? null;
      if (slope === null) continue;
      this.#slopes[i] = null;
      this.#pass(nodes[i]!, slope); // i is below the length
    }
    for (const [leaf, { slope }] of this.leaves) {
      // A hook may have kept what it saw.
      const hooked = leaf.leafHooks?.run(slope);
      if (hooked !== undefined) this.leaves.set(leaf, { slope: hooked, own: false });
    }
  }

  free(): void {
    for (const node of this.#nodes) node.free();
  }

  /** The whole slope of a node's result is known: on to its inputs. */
  #pass(node: Node, whole: Tensor): void {
    const g = node.hooks === null ? whole : node.hooks.run(whole);
    if (node.retainer !== null) retain(node.retainer, g);
    if (this.#errand.pass !== null) this.#errand.pass(node, g);
    const slopes = node.slopes(g, this.#errand.leads, this.#createGraph);
    // A hook or an op from a cell may have walked over the same nodes.
    if (this.#number !== walks) this.#takePlaces();
    const { inputs } = node;
    for (let i = 0; i < inputs.length; i++) {
      const slope = slopes[i] ?? null;
      const input = inputs[i]!; // i is below the length
      if (slope === null) continue;
      if (anomaly.on) checkSlope(node, i, g, slope);
      const fitted = fit(slope, input);
      this.#send(input, fitted, this.#createGraph || isNew(fitted, g, inputs));
    }
  }

  #takePlaces(): void {
    this.#number = ++walks;
    const nodes = this.#nodes;
    for (let i = 0; i < nodes.length; i++) nodes[i]!.place = i; // i is below the length
  }

  #send(input: Tensor, slope: Tensor, own: boolean): void {
    const { node } = input;
    if (node === null) {
      const earlier = this.leaves.get(input);
      if (earlier === undefined) this.leaves.set(input, { slope, own });
      else this.leaves.set(input, { slope: earlier.slope.add(slope), own: true });
      return;
    }
    const earlier = this.#slopes[node.place] ?? null;
    this.#slopes[node.place] = earlier === null ? slope : earlier.add(slope);
  }
}

/** Whether nobody else sees the values of `slope`, which lie as a leaf's would. */
function isNew(slope: Tensor, g: Tensor, inputs: readonly Tensor[]): boolean {
  const { storage } = slope;
  if (storage === g.storage || !isContiguous(slope)) return false;
  for (const input of inputs) if (input.storage === storage) return false;
  return true;
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
  const walk = ++walks;
  root.place = -walk;
  const nodes = [root];
  let isOrdered = true;
  // Nodes that are added while the list is walked are walked too: no recursion, however deep.
  for (const node of nodes) {
    if (node.isFreed)
      throw new GradientError(
        `backward: the graph behind this ${node.op} was already walked and freed - ` +
          "each backward() needs a forward pass of its own",
        "compute the loss again, or pass { retainGraph: true } to the first backward()",
      );
    for (const input of node.inputs) {
      const before = input.node;
      if (before === null || before.place === -walk) continue;
      before.place = -walk;
      isOrdered &&= before.id < nodes[nodes.length - 1]!.id; // there is the root at least
      nodes.push(before);
    }
  }
  return isOrdered ? nodes : nodes.sort((a, b) => b.id - a.id);
}

/** Sums `slope` over the dimensions along which `input` was broadcast, and gives it its dtype. */
function fit(slope: Tensor, input: Tensor): Tensor {
  const fitted = sameShape(slope.shape, input.shape) ? slope : shrunk(slope, input.shape);
  return fitted.dtype === input.dtype ? fitted : fitted.to(input.dtype);
}

function shrunk(slope: Tensor, shape: Shape): Tensor {
  const extra = slope.ndim - shape.length;
  const stretched: number[] = [];
  for (let i = 0; i < slope.ndim; i++)
    if (i < extra || (shape[i - extra] === 1 && slope.shape[i] !== 1)) stretched.push(i);
  return slope.sum(stretched, { keepdim: true }).reshape(shape);
}
