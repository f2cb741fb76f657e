/**
 * The walk back over the tape: from node to node, newest first, until every slope has come to a leaf.
 * Broadcasting is undone here, once, and never in an op's gradient.
 */
import { activity } from "../activity.ts";
import { anomaly, checkSlope, unchecked } from "./anomaly.ts";
import { GradientError } from "../errors.ts";
import type { GradientHooks } from "./hooks.ts";
import { hold, letGo, lifetimes, outside, publish, task } from "./lifetimes.ts";
import { graphFreed } from "../notices/graphs.ts";
import { watch } from "../notices/notice.ts";
import { sameShape } from "../shape.ts";
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
export interface Errand {
  /** Whether slopes shall go to this input of a node. */
  readonly leads: (input: Tensor) => boolean;
  /** A node's whole slope is known. */
  readonly pass: ((node: Node, slope: Tensor) => void) | null;
  /**
   * A slope goes to input `index` of the node that passed last. A walk that is looked at is no training:
   * it calls no hooks and no result keeps its slope.
   */
  readonly look: ((index: number, slope: Tensor) => void) | null;
}

/** Walks from `root`, whose slope is `seed`; the walk has come to its leaves then. */
export function walkBack(
  root: Tensor,
  seed: Tensor,
  { createGraph = false, retainGraph = false }: BackwardOptions,
  errand: Errand,
): Walk {
  if (errand.look === null) activity.backwards++;
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
    if (this.#errand.look !== null) return;
    for (const [leaf, slope] of this.leaves)
      if (leaf.leafHooks !== null) this.#arrive(leaf, hooked(leaf.leafHooks, slope), slope);
  }

  /** Lets go of the slopes, and of the graph unless it is to be walked again. */
  end(): void {
    for (const slope of this.leaves.values()) letGo(slope.storage);
    if (this.createGraph || this.#retainGraph) return;
    for (const node of this.#nodes) node.free();
    if (watch.on) graphFreed();
  }

  /** Runs what only the engine sees the results of: slopes that are recorded may be seen by anyone. */
  atWork(body: () => void): void {
    if (this.createGraph) body();
    else task(body, noViews);
  }

  /** The whole slope of a node's result is known: on to its inputs. */
  #pass(node: Node, whole: Tensor): void {
    const { pass, look } = this.#errand;
    const g = node.hooks === null || look !== null ? whole : hooked(node.hooks, whole);
    if (node.retainer !== null && look === null) retain(node.retainer, g);
    if (pass !== null) pass(node, g);
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
        const fitted = fit(slope, input);
        if (look !== null) look(i, fitted);
        this.#send(input, fitted);
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
export function reachable(root: Node): Node[] {
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
export function fit(slope: Tensor, input: Tensor): Tensor {
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
