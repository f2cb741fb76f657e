/**
 * The tape: what was computed from what, and the walk back that turns the slope of a loss into the
 * slopes of its parameters. Broadcasting is undone here, once, and never in an op's gradient.
 */
import { activity } from "./activity.ts";
import { GradientError, kindOf } from "./errors.ts";
import type { Gradient, Op } from "./ops/op.ts";
import { isContiguous, printShape, sameShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";
import type { Shape, View } from "./view.ts";

let recording = true;
let created = 0;

/** Whether ops are being recorded: false inside `noGrad`. */
export function isRecording(): boolean {
  return recording;
}

/**
 * Runs `body` without recording: results need no gradient, and parameters may be changed in place.
 * @throws GradientError when `body` is asynchronous: other code would run unrecorded too.
 * @example noGrad(() => w.sub_(w.grad.mul(0.1)))
 */
export function noGrad<T>(body: () => T): T {
  if (typeof body !== "function")
    throw new TypeError(`noGrad: ${kindOf(body)} - wanted a function, as in noGrad(() => net(x))`);
  const result = withRecording(false, body);
  if (result instanceof Promise)
    throw new GradientError(
      "noGrad: the function returned a promise - wanted a synchronous function",
      "await first, then call noGrad around the computation",
    );
  return result;
}

function withRecording<T>(on: boolean, body: () => T): T {
  const before = recording;
  recording = on;
  try {
    return body();
  } finally {
    recording = before;
  }
}

/** What a gradient may read of its op's forward. */
export class Saved<P> {
  readonly params: P;
  /** Whether slopes are recorded themselves (`createGraph`), so that kept constants will not do. */
  recording = false;
  readonly #op: string;
  readonly #inputs: readonly Tensor[];
  readonly #output: Tensor;
  readonly #kept: readonly Tensor[];
  readonly #versions: readonly number[];

  constructor(
    op: string,
    params: P,
    inputs: readonly Tensor[],
    output: Tensor,
    kept: readonly Tensor[],
  ) {
    this.#op = op;
    this.params = params;
    this.#inputs = inputs;
    this.#output = output;
    this.#kept = kept;
    this.#versions = [...inputs, output].map((tensor) => tensor.storage.version);
  }

  input(index: number): Tensor {
    return this.#unchanged(this.#inputs[index], index, "input");
  }

  output(): Tensor {
    return this.#unchanged(this.#output, this.#inputs.length, "result");
  }

  kept(index: number): Tensor {
    const tensor = this.#kept[index];
    if (tensor === undefined) throw new Error(`internal: ${this.#op} kept no view ${index}`);
    return tensor;
  }

  shape(index: number): Shape {
    const tensor = this.#inputs[index];
    if (tensor === undefined) throw new Error(`internal: ${this.#op} has no input ${index}`);
    return tensor.shape;
  }

  shapes(): readonly Shape[] {
    return this.#inputs.map((tensor) => tensor.shape);
  }

  #unchanged(tensor: Tensor | undefined, index: number, role: string): Tensor {
    if (tensor === undefined) throw new Error(`internal: ${this.#op} has no input ${index}`);
    if (tensor.storage.version !== this.#versions[index])
      throw new GradientError(
        `backward: the ${role} ${printShape(tensor.shape)} of ${this.#op} was changed in place after ` +
          "it was used - its slope needs the value it had",
        "change parameters after backward(), or use clone()",
      );
    return tensor;
  }
}

type Slope = (g: Tensor, input: number, createGraph: boolean) => Tensor | null;

/** One recorded op. Nodes are numbered as they are made, so a higher number never feeds a lower. */
export class Node {
  readonly id = ++created;
  readonly op: string;
  inputs: readonly Tensor[];
  /** Null once the graph was walked: a kept loss must not keep the whole forward pass alive. */
  slope: Slope | null;

  constructor(op: string, inputs: readonly Tensor[], slope: Slope) {
    this.op = op;
    this.inputs = inputs;
    this.slope = slope;
  }

  free(): void {
    this.inputs = [];
    this.slope = null;
  }
}

/** Records `output = op(inputs)` when somebody may ask for its slope. */
export function record<I extends readonly View[], P>(
  op: Op<I, P>,
  inputs: readonly Tensor[],
  params: P,
  output: Tensor,
  kept: readonly Tensor[],
): void {
  const saved = new Saved(op.name, params, inputs, output, kept);
  const rules = op.gradient;
  output.attach(
    new Node(op.name, inputs, (g, input, createGraph) => {
      const rule: Gradient<P> | "none" | undefined =
        typeof rules === "function" ? rules(input) : rules[input];
      if (rule === undefined || rule === "none") return null;
      saved.recording = createGraph;
      return rule(g, saved);
    }),
  );
}

export interface BackwardOptions {
  /** Keeps the graph, so that `backward()` can be called again. */
  readonly retainGraph?: boolean;
  /** Records the walk itself, so that slopes have slopes. Implies `retainGraph`. */
  readonly createGraph?: boolean;
}

/** Receives the slope of a tensor; `own` says that nobody else can see its storage. */
type Receive = (tensor: Tensor, slope: Tensor, own: boolean) => void;

/** Adds the slope of `root` with respect to every leaf that needs one to the leaf's `grad`. */
export function backward(root: Tensor, seed: Tensor, options: BackwardOptions): void {
  walkBack(root, seed, options, (tensor, slope, own) => {
    if (tensor.node === null) deposit(tensor, slope, own);
  });
}

/**
 * The slopes of one number with respect to `inputs`, leaves or not; no `grad` is touched. With
 * `createGraph` they can be differentiated again.
 * @throws GradientError when `output` is not one number, or does not depend on one of `inputs`.
 * @example
 * const x = tensor(3, { requiresGrad: true });
 * const [slope] = grad(x.pow(3), [x], { createGraph: true }); // 27
 */
export function grad(
  output: Tensor,
  inputs: readonly Tensor[],
  options: BackwardOptions = {},
): Tensor[] {
  const found = new Map<Tensor, Tensor>();
  const wanted = new Set(inputs);
  walkBack(output, output.seed(), options, (tensor, slope) => {
    if (!wanted.has(tensor)) return;
    const earlier = found.get(tensor);
    found.set(tensor, earlier === undefined ? slope : earlier.add(slope));
  });
  return inputs.map((input, i) => {
    const slope = found.get(input);
    if (slope === undefined)
      throw new GradientError(
        `grad: the output does not depend on input ${i} - wanted one that it was computed from`,
      );
    return slope;
  });
}

function walkBack(root: Tensor, seed: Tensor, options: BackwardOptions, receive: Receive): void {
  activity.backwards++;
  const createGraph = options.createGraph ?? false;
  const keep = createGraph || (options.retainGraph ?? false);
  if (root.node === null) {
    receive(root, seed, false);
    return;
  }
  const slopes = new Map<Node, Tensor>([[root.node, seed]]);
  const nodes = reachable(root.node);
  withRecording(createGraph, () => {
    for (const node of nodes) {
      const g = slopes.get(node);
      slopes.delete(node);
      if (g !== undefined) walk(node, g, slopes, createGraph, receive);
    }
  });
  if (!keep) for (const node of nodes) node.free();
}

/**
 * Every node behind `root`, newest first: an order in which each comes after all its users.
 * @throws GradientError when part of the graph was freed by an earlier `backward()`.
 */
function reachable(root: Node): Node[] {
  // A set is walked in the order of insertion, additions included: no recursion, however deep.
  const seen = new Set<Node>([root]);
  for (const node of seen) {
    if (node.slope === null)
      throw new GradientError(
        `backward: the graph behind this ${node.op} was already walked and freed - ` +
          "each backward() needs a forward pass of its own",
        "compute the loss again, or pass { retainGraph: true } to the first backward()",
      );
    for (const input of node.inputs) if (input.node !== null) seen.add(input.node);
  }
  return [...seen].sort((a, b) => b.id - a.id);
}

function walk(
  node: Node,
  g: Tensor,
  slopes: Map<Node, Tensor>,
  createGraph: boolean,
  receive: Receive,
): void {
  node.inputs.forEach((input, index) => {
    if (!input.requiresGrad) return;
    const raw = node.slope?.(g, index, createGraph) ?? null;
    if (raw === null) return;
    const slope = fit(raw, input);
    const isSeen =
      slope.storage === g.storage || node.inputs.some((t) => t.storage === slope.storage);
    receive(input, slope, createGraph || (!isSeen && isContiguous(slope)));
    if (input.node === null) return;
    const earlier = slopes.get(input.node);
    slopes.set(input.node, earlier === undefined ? slope : earlier.add(slope));
  });
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

/** Adds to a leaf's `grad`; a first slope that others may see, or that is strided, is copied. */
function deposit(leaf: Tensor, slope: Tensor, own: boolean): void {
  if (leaf.grad !== null) leaf.grad = leaf.grad.add(slope);
  else leaf.grad = own ? slope : slope.clone();
}
