/** Notices about graphs that are kept though nothing can be done with them any more. */
import type { Node } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import { isOpen, tell } from "./notice.ts";

/** A sum is told of when it holds so many losses; fewer may be a demonstration. */
const PATIENCE = 20;
/** How far behind a summand its loss may lie: weights and divisions come between. */
const REACH = 3;

/** How many losses that were walked back already a running sum holds. */
const walked = new WeakMap<Node, number>();

/**
 * An op gave `output` from `inputs`. A number added to a recorded sum after its own graph was walked
 * keeps the sum growing, and no slope can ever come through it.
 */
export function numbersAdded(inputs: readonly Tensor[], output: Tensor): void {
  const { node } = output;
  if (node === null || node.op !== "add" || output.numel() !== 1) return;
  const [a, b] = [inputs[0]?.node ?? null, inputs[1]?.node ?? null];
  const held = Math.max(countOf(a), countOf(b));
  if (held === 0 && !isSpent(a) && !isSpent(b)) return;
  walked.set(node, held + 1);
  if (held + 1 < PATIENCE || !isOpen("kept-graph")) return;
  tell(
    "kept-graph",
    `This sum remembers the graphs of ${held + 1} losses whose slopes were taken already: it grows with every step, and no slope can come through it.`,
    "Add up plain numbers, total += loss.item(), or loss.detach().",
  );
}

function countOf(node: Node | null): number {
  return node === null ? 0 : (walked.get(node) ?? 0);
}

/** Whether something close behind `node` was walked and freed, so that no slope can go there. */
function isSpent(node: Node | null, reach = REACH): boolean {
  if (node === null) return false;
  if (node.isFreed) return true;
  if (reach === 0) return false;
  const [a, b] = node.inputs;
  return isSpent(a?.node ?? null, reach - 1) || isSpent(b?.node ?? null, reach - 1);
}
