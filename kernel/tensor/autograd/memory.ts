/**
 * How much memory tensors keep alive, counted from what is given: what nobody reaches any more is free
 * to go, but JavaScript does not say when it has gone. And how much the engine itself has in use,
 * which is known to the byte where it has memory of its own.
 */
import { isTensor } from "./apply.ts";
import type { MemoryUse } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { elementBytes } from "../dtype.ts";
import { kindOf } from "../errors.ts";
import type { Node } from "./tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Storage } from "../view.ts";

/** Bytes, each storage counted once, under the first of the three that reaches it. */
export interface Memory {
  /** What was given, and the parameters and buffers of modules that were. */
  readonly values: number;
  /** The slopes kept in `grad`. */
  readonly gradients: number;
  /** Inputs and intermediate results that the recorded graph holds until `backward()` frees it. */
  readonly graph: number;
  /** All of these together. */
  readonly bytes: number;
}

/** Something with parameters: a module. Its buffers are in its state. */
interface Owner {
  parameters(): readonly Tensor[];
  stateDict(): Readonly<Record<string, Tensor>>;
}

/**
 * The bytes that tensors and modules keep alive: their values, their slopes and the graph behind them.
 * Views of one storage count once. Without arguments what the engine's own memory holds, see `MemoryUse`;
 * `memory.reset()` lets its peak begin anew.
 * @throws TypeError for something that is neither tensor nor module.
 * @example
 * const x = tensor([1, 2, 3], { requiresGrad: true });
 * const loss = x.square().sum();
 * memory(loss).graph // 24
 * loss.backward();
 * memory(loss).graph // 0
 * memory(x).bytes // 24
 * memory.reset();
 * memory().peak === memory().live // true
 */
export function memory(): MemoryUse;
export function memory(...things: readonly [Tensor | Owner, ...(Tensor | Owner)[]]): Memory;
export function memory(...things: readonly (Tensor | Owner)[]): Memory | MemoryUse {
  if (things.length === 0) return backend().memory();
  const tensors = things.flatMap(tensorsOf);
  const seen = new Set<Storage>();
  const values = bytesOf(tensors, seen);
  const behind = graphOf(tensors);
  const slopes = [...tensors, ...behind].flatMap(({ innerGrad }) =>
    innerGrad === null ? [] : [innerGrad],
  );
  const gradients = bytesOf(slopes, seen);
  const graph = bytesOf([...behind, ...graphOf(slopes)], seen);
  return { values, gradients, graph, bytes: values + gradients + graph };
}

/** Lets the peak of `memory()` begin anew. */
memory.reset = (): void => backend().forgetPeak();

function tensorsOf(thing: Tensor | Owner, index: number): readonly Tensor[] {
  if (isTensor(thing)) return [thing];
  const owner: Partial<Owner> | null | undefined = thing;
  if (typeof owner?.parameters !== "function" || typeof owner.stateDict !== "function")
    throw new TypeError(
      `memory: argument ${index} is ${kindOf(thing)} - wanted a tensor or a module`,
    );
  // The state dict shares the storages of the parameters, but has none of their slopes.
  return [...owner.parameters(), ...Object.values(owner.stateDict())];
}

/** Every tensor that the graph behind `roots` holds. */
function graphOf(roots: readonly Tensor[]): Tensor[] {
  const nodes = new Set<Node>(roots.flatMap(({ node }) => (node === null ? [] : [node])));
  const held = new Set<Tensor>();
  // A set is walked in the order of insertion, additions included.
  for (const node of nodes) {
    for (const tensor of [...node.inputs, ...node.holds()]) {
      held.add(tensor);
      if (tensor.node !== null) nodes.add(tensor.node);
    }
  }
  return [...held];
}

function bytesOf(tensors: readonly Tensor[], seen: Set<Storage>): number {
  let bytes = 0;
  for (const { storage } of tensors) {
    if (seen.has(storage)) continue;
    seen.add(storage);
    bytes += storage.length * elementBytes(storage.dtype);
  }
  return bytes;
}
