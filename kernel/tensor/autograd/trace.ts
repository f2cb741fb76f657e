/** A walk back that only looks: every slope on its way, in the order in which `backward()` would send them. */
import { ones } from "../creation/create.ts";
import { GradientError, kindOf } from "../errors.ts";
import { isTensor } from "./apply.ts";
import { publish } from "./lifetimes.ts";
import { FunctionNode, type Node } from "./tape.ts";
import type { Tensor } from "../tensor.ts";
import { fit, reachable, walkBack } from "./walk.ts";

export interface TracedInput {
  readonly tensor: Tensor;
  /** The slope that this step sends to it; null where slopes do not go. */
  readonly sent: Tensor | null;
  /** How much the result grows with it; null unless both are one number. */
  readonly local: number | null;
}

/** One recorded op, at the moment when the slope of its result is whole. */
export interface TracedStep {
  readonly node: Node;
  readonly output: Tensor;
  readonly slope: Tensor;
  readonly inputs: readonly TracedInput[];
}

export interface Trace {
  readonly steps: readonly TracedStep[];
  /** How many steps, the earliest of the computation, were not walked. */
  readonly left: number;
}

/**
 * The first `most` steps of the walk back from `root`, in its order. No `grad` is touched, no hook is
 * called, and the graph can be walked again.
 * @throws GradientError when `root` has no history, is not one number, or was walked and freed before.
 */
export function traceBack(who: string, root: Tensor, most: number): Trace {
  if (!isTensor(root)) throw new TypeError(`${who}: ${kindOf(root)} - wanted a tensor`);
  if (root.node === null)
    throw new GradientError(
      `${who}: a tensor without a history - wanted one that was computed from tensors that require slopes`,
      "tensor([...], { requiresGrad: true }) makes one, and so does every layer",
    );
  if (root.node.isFreed)
    throw new GradientError(
      `${who}: the graph behind this ${root.node.op} was walked and freed - wanted one that is there still`,
      "draw it before backward(), or call backward({ retainGraph: true })",
    );
  const results = new Map<Node, Tensor>([[root.node, root]]);
  const steps: { node: Node; output: Tensor; slope: Tensor; inputs: TracedInput[] }[] = [];
  const walk = walkBack(
    root,
    root.seed(who, undefined),
    { retainGraph: true },
    {
      leads: (input) => steps.length < most && input.requiresGrad,
      pass(node, slope) {
        publish(slope.storage);
        const output = results.get(node);
        if (output === undefined) throw new Error(`internal: ${node.op} has no user`);
        const locals = localsOf(node, output);
        const inputs = node.inputs.map((tensor, i) => {
          if (tensor.node !== null) results.set(tensor.node, tensor);
          return { tensor, sent: null, local: locals[i] ?? null };
        });
        steps.push({ node, output, slope, inputs });
      },
      look(index, slope) {
        publish(slope.storage);
        const { node, slope: whole, inputs } = steps[steps.length - 1]!; // `pass` came before
        const input = inputs[index]!; // one for each
        const isNumber = slope.numel() === 1 && whole.numel() === 1;
        const byRatio = node instanceof FunctionNode && isNumber && whole.item() !== 0;
        const local = byRatio ? slope.item() / whole.item() : input.local;
        inputs[index] = { ...input, sent: slope, local };
      },
    },
  );
  walk.end();
  return { steps, left: reachable(root.node).length - steps.length };
}

/**
 * Of an op of the table: what it sends back for a slope of 1. A function of a cell's is not called a
 * second time for that: what it sends is divided.
 */
function localsOf(node: Node, output: Tensor): readonly (number | null)[] {
  const isNumber = (tensor: Tensor) => tensor.requiresGrad && tensor.numel() === 1;
  if (node instanceof FunctionNode || output.numel() !== 1 || !node.inputs.some(isNumber))
    return [];
  const one = ones(output.shape, { dtype: output.dtype });
  const slopes = node.slopes(one, isNumber, false);
  return node.inputs.map((input, i) => {
    const slope = slopes[i] ?? null;
    return slope === null || !isNumber(input) ? null : fit(slope, input).item();
  });
}
