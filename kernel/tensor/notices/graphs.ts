/** Notices about graphs that are kept though nothing can be done with them any more. */
import type { Node } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import { isOpen, tell } from "./notice.ts";

/** A sum is told of when it holds so many losses; fewer may be a demonstration. */
const PATIENCE = 20;
/** How far behind a summand its loss may lie: weights and divisions come between. */
const REACH = 3;

/** What a running sum holds. */
interface Held {
  /** Losses that were walked back already; of those between two walks one is counted. */
  readonly losses: number;
  /** The walks that there had been when the last was counted. */
  readonly walks: number;
}

const running = new WeakMap<Node, Held>();
let walks = 0;

/** A walk has freed a graph. Losses that are added up without one between are added up once. */
export function graphFreed(): void {
  walks++;
}

/**
 * An op gave `output` from `inputs`. A number added to a recorded sum after its own graph was walked
 * keeps the sum growing, and no slope can ever come through it.
 */
export function numbersAdded(inputs: readonly Tensor[], output: Tensor): void {
  const { node } = output;
  if (node === null || node.op !== "add" || output.numel() !== 1) return;
  const [a, b] = [inputs[0]?.node ?? null, inputs[1]?.node ?? null];
  const held = heldBy(a) ?? heldBy(b);
  if (held === null && !isSpent(a) && !isSpent(b)) return;
  const isStep = held === null || held.walks < walks;
  const losses = (held?.losses ?? 0) + (isStep ? 1 : 0);
  running.set(node, { losses, walks });
  if (losses < PATIENCE || !isOpen("kept-graph")) return;
  tell(
    "kept-graph",
    `This sum remembers the graphs of ${losses} losses whose slopes were taken already: it grows with every step, and no slope can come through it.`,
    "Add up plain numbers, total += loss.item(), or loss.detach().",
  );
}

/** What the sum close behind `node` holds: a moving average multiplies it before it adds. */
function heldBy(node: Node | null, reach = REACH): Held | null {
  if (node === null) return null;
  const held = running.get(node);
  if (held !== undefined) return held;
  if (reach === 0) return null;
  const [a, b] = node.inputs;
  return heldBy(a?.node ?? null, reach - 1) ?? heldBy(b?.node ?? null, reach - 1);
}

/** Whether something close behind `node` was walked and freed, so that no slope can go there. */
function isSpent(node: Node | null, reach = REACH): boolean {
  if (node === null) return false;
  if (node.isFreed) return true;
  if (reach === 0) return false;
  const [a, b] = node.inputs;
  return isSpent(a?.node ?? null, reach - 1) || isSpent(b?.node ?? null, reach - 1);
}
