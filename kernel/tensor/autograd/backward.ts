/**
 * What a walk back over the tape is asked for: the slopes of a loss kept in its parameters, or handed
 * out for chosen tensors.
 */
import { isTensor } from "./apply.ts";
import { GradientError, kindOf } from "../errors.ts";
import { publish } from "./lifetimes.ts";
import { walkBegins } from "../notices/losses.ts";
import { watch } from "../notices/notice.ts";
import { leavesReached, slopeAdded } from "../notices/slopes.ts";
import { checkOptions } from "../options.ts";
import { isContiguous } from "../shape.ts";
import type { Node } from "./tape.ts";
import type { Tensor } from "../tensor.ts";
import { type BackwardOptions, type Errand, reachable, walkBack } from "./walk.ts";

export type { BackwardOptions };

/** To every leaf that learns. */
const toLeaves: Errand = { leads: (input) => input.requiresGrad, pass: null, look: null };

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
  leaf.innerGrad?.storage.settle();
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
    look: null,
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
