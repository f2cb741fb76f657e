/**
 * The walk back over the tape, which turns the slope of a loss into the slopes of its parameters.
 * Broadcasting is undone here, once, and never in an op's gradient.
 */
import { activity } from "../activity.ts";
import { anomaly, checkSlope, unchecked } from "./anomaly.ts";
import { isTensor } from "./apply.ts";
import { GradientError, kindOf } from "../errors.ts";
import type { GradientHooks } from "./hooks.ts";
import { hold, letGo, lifetimes, outside, publish, task } from "./lifetimes.ts";
import { walkBegins } from "../notices/losses.ts";
import { watch } from "../notices/notice.ts";
import { leavesReached, slopeAdded } from "../notices/slopes.ts";
import { checkOptions } from "../options.ts";
import { isContiguous, sameShape } from "../shape.ts";
import { type Node, withRecording } from "./tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, View } from "../view.ts";

export interface BackwardOptions {
  /** Keeps the graph, so that `backward()` can be called again. */
  readonly retainGraph?: boolean;
  /** Records the walk itself, so that slopes have slopes. Implies `retainGraph`. */
  readonly createGraph?: boolean;
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
  const walk = walkBack(root, seed, options, toLeaves);
  if (watch.on) leavesReached(walk.leaves.keys());
  // The whole graph was walked before any slope is kept: an error leaves every leaf as it was.
  walk.atWork(() => {
    for (const [leaf, slope] of walk.leaves) keep(leaf, slope, walk.createGraph);
  });
  walk.end();
}

function keep(leaf: Tensor, slope: Tensor, createGraph: boolean): void {
  const earlier = leaf.innerGrad;
  if (earlier !== null) {
    const sum = earlier.add(slope);
    if (watch.on) slopeAdded(leaf, sum);
    leaf.grad = sum;
  }
  // A slope that others may see, or that is strided, is copied.
  else leaf.grad = createGraph || isOwn(slope) ? slope : slope.clone();
}

/** Whether only the walk holds the values of `slope`, which lie as a leaf's would. */
function isOwn(slope: Tensor): boolean {
  const { storage } = slope;
  const isWhole = storage.length === slope.numel() && isContiguous(slope);
  return isWhole && storage.isPrivate && storage.holders === 1;
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
  const walk = walkBack(output, seed, options, {
    leads,
    pass(node, slope) {
      if (!wantedNodes.has(node)) return;
      publish(slope.storage);
      results.set(node, slope);
    },
  });
  const slopes = inputs.map((input) =>
    input.node === null ? walk.leaves.get(input) : results.get(input.node),
  );
  for (const slope of walk.leaves.values()) publish(slope.storage);
  walk.end();
  return slopes.map((slope, i) => {
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

/** Walks from `root`, whose slope is `seed`; the walk has come to its leaves then. */
function walkBack(
  root: Tensor,
  seed: Tensor,
  { createGraph = false, retainGraph = false }: BackwardOptions,
  errand: Errand,
): Walk {
  activity.backwards++;
  const nodes = root.node === null ? [] : reachable(root.node);
  const walk = new Walk(nodes, errand, createGraph, retainGraph);
  const wasWalking = lifetimes.isWalking;
  lifetimes.isWalking = true;
  try {
    withRecording(createGraph, () => {
      unchecked(() => walk.from(root, seed));
    });
  } finally {
    lifetimes.isWalking = wasWalking;
  }
  return walk;
}

let walks = 0;

/** One walk back: the slopes that are under way, each waiting for the rest of its node's. */
class Walk {
  /** The slopes that have come together for leaves. */
  readonly leaves = new Map<Tensor, Tensor>();
  readonly createGraph: boolean;
  readonly #retainGraph: boolean;
  readonly #nodes: readonly Node[];
  /** What has come together for the node of the same place. */
  readonly #slopes: (Tensor | null)[] = [];
  readonly #errand: Errand;
  #number = 0;

  constructor(nodes: readonly Node[], errand: Errand, createGraph: boolean, retainGraph: boolean) {
    this.#nodes = nodes;
    this.#errand = errand;
    this.createGraph = createGraph;
    this.#retainGraph = retainGraph;
    for (let i = 0; i < nodes.length; i++) this.#slopes.push(null);
    this.#takePlaces();
  }

  from(root: Tensor, seed: Tensor): void {
    const nodes = this.#nodes;
    this.#send(root, seed);
    for (let i = 0; i < nodes.length; i++) {
      const slope = this.#slopes[i] ?? null;
      if (slope === null) continue;
      this.#slopes[i] = null;
      this.#pass(nodes[i]!, slope); // i is below the length
    }
    for (const [leaf, slope] of this.leaves)
      if (leaf.leafHooks !== null) this.#arrive(leaf, hooked(leaf.leafHooks, slope), slope);
  }

  /** Lets go of the slopes, and of the graph unless it is to be walked again. */
  end(): void {
    for (const slope of this.leaves.values()) letGo(slope.storage);
    if (this.createGraph || this.#retainGraph) return;
    for (const node of this.#nodes) node.free();
  }

  /** Runs what only the engine sees the results of: slopes that are recorded may be seen by anyone. */
  atWork(body: () => void): void {
    if (this.createGraph) body();
    else task(body, noViews);
  }

  /** The whole slope of a node's result is known: on to its inputs. */
  #pass(node: Node, whole: Tensor): void {
    const g = node.hooks === null ? whole : hooked(node.hooks, whole);
    if (node.retainer !== null) retain(node.retainer, g);
    if (this.#errand.pass !== null) this.#errand.pass(node, g);
    this.atWork(() => {
      const slopes = node.slopes(g, this.#errand.leads, this.createGraph);
      // A hook or an op from a cell may have walked over the same nodes.
      if (this.#number !== walks) this.#takePlaces();
      const { inputs } = node;
      for (let i = 0; i < inputs.length; i++) {
        const slope = slopes[i] ?? null;
        if (slope === null) continue;
        if (anomaly.on) checkSlope(node, i, g, slope);
        const input = inputs[i]!; // i is below the length
        this.#send(input, fit(slope, input));
      }
    });
    letGo(whole.storage);
  }

  #takePlaces(): void {
    this.#number = ++walks;
    const nodes = this.#nodes;
    for (let i = 0; i < nodes.length; i++) nodes[i]!.place = i; // i is below the length
  }

  #send(input: Tensor, slope: Tensor): void {
    const { node } = input;
    const earlier = (node === null ? this.leaves.get(input) : this.#slopes[node.place]) ?? null;
    const sum = earlier === null ? slope : earlier.add(slope);
    if (node === null) this.#arrive(input, sum, earlier);
    else {
      hold(sum.storage);
      this.#slopes[node.place] = sum;
      if (earlier !== null) letGo(earlier.storage);
    }
  }

  #arrive(leaf: Tensor, slope: Tensor, earlier: Tensor | null): void {
    hold(slope.storage);
    this.leaves.set(leaf, slope);
    if (earlier !== null) letGo(earlier.storage);
  }
}

const noViews = (): readonly View[] => [];

/** What becomes of a slope that hooks see: they may keep it. */
function hooked(hooks: GradientHooks, slope: Tensor): Tensor {
  publish(slope.storage);
  return outside(() => hooks.run(slope));
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
