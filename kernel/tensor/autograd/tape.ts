/** The tape: what was computed from what. `backward.ts` walks it back. */
import { GradientError } from "../errors.ts";
import type { GradientHooks } from "./hooks.ts";
import { hold, letGo, outside, publish } from "./lifetimes.ts";
import { type Origin, originOf, origins } from "./origin.ts";
import type { Gradient, none, Op, Together } from "../ops/op.ts";
import { printShape } from "../shape.ts";
import { synchronously } from "./synchronous.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, Storage, View } from "../view.ts";

let recording = true;
let created = 0;

/** Whether ops are being recorded: false inside `noGrad`. */
export function isRecording(): boolean {
  return recording;
}

/**
 * Runs `body` without recording: results need no gradient, and parameters may be changed in place.
 * @throws GradientError when `body` is asynchronous: other code would run unrecorded too.
 * @example
 * const w = tensor([1, 2], { requiresGrad: true });
 * noGrad(() => w.mul(2)).requiresGrad // false
 */
export function noGrad<T>(body: () => T): T {
  return synchronously("noGrad", body, (run) => withRecording(false, run));
}

/**
 * Records again inside a `noGrad`; elsewhere it changes nothing.
 * @throws GradientError when `body` is asynchronous.
 * @example
 * const w = tensor([1, 2], { requiresGrad: true });
 * noGrad(() => enableGrad(() => w.mul(2))).requiresGrad // true
 */
export function enableGrad<T>(body: () => T): T {
  return synchronously("enableGrad", body, (run) => withRecording(true, run));
}

/**
 * Whether ops are being recorded: false inside `noGrad`.
 * @example
 * noGrad(() => isGradEnabled()) // false
 */
export function isGradEnabled(): boolean {
  return recording;
}

/** @internal Runs `body` with recording on or off. */
export function withRecording<T>(on: boolean, body: () => T): T {
  const before = recording;
  recording = on;
  try {
    return body();
  } finally {
    recording = before;
  }
}

/** What a gradient may read of its op's forward. */
export interface Saved<P> {
  readonly params: P;
  /** Whether slopes are recorded themselves (`createGraph`), so that kept constants will not do. */
  readonly recording: boolean;
  /** @throws GradientError when it was changed in place since, as `output`. */
  input(index: number): Tensor;
  output(): Tensor;
  /** View number `index` of those that the forward kept. */
  kept(index: number): Tensor;
  /** The shape of an input, which nothing changes. */
  shape(index: number): Shape;
  shapes(): readonly Shape[];
}

/**
 * One recorded op: what it computed from what, and the way back. Nodes are numbered as they are made,
 * so a higher number never feeds a lower.
 */
export abstract class Node {
  readonly id = ++created;
  readonly op: string;
  inputs: readonly Tensor[];
  /** Whether the graph was walked: a kept loss must not keep the whole forward pass alive. */
  isFreed = false;
  /** Where it stands among the nodes of the walk at hand; below 0 while these are gathered. */
  place = 0;
  /** What sees, and may change, the slope of the result. */
  hooks: GradientHooks | null = null;
  /** The result, when it keeps its slope. */
  retainer: Tensor | null = null;
  /** The line of the call, while somebody asks for it. */
  readonly origin: Origin | null;
  /** The function whose last op this is, by which the result is printed. */
  composedBy: string | null = null;

  constructor(op: string, inputs: readonly Tensor[]) {
    this.op = op;
    this.inputs = inputs;
    for (let i = 0; i < inputs.length; i++) hold(inputs[i]!.storage); // i is in bounds
    this.origin = origins.left > 0 ? originOf(op) : null;
  }

  /** An op written in a cell. */
  get isCustom(): boolean {
    return false;
  }

  /** The tensors it keeps alive besides its inputs. */
  abstract holds(): readonly Tensor[];

  /**
   * The slopes that it sends to its inputs, given that of its result; null for an input that has
   * none, or that `leads` does not ask for.
   */
  abstract slopes(
    g: Tensor,
    leads: (input: Tensor) => boolean,
    createGraph: boolean,
  ): readonly (Tensor | null)[];

  /** Lets go of everything that was recorded. */
  free(): void {
    this.isFreed = true;
    const held = this.inputs;
    this.inputs = nothing;
    for (let i = 0; i < held.length; i++) letGo(held[i]!.storage); // i is in bounds
    this.hooks = null;
    this.retainer = null;
  }
}

const nothing: readonly Tensor[] = [];

type Rule<P> = Gradient<P> | typeof none;
type Rules<P> = readonly Rule<P>[] | ((input: number) => Gradient<P>) | Together<P>;

/** A recorded op of the table: at once the node and what its gradients read. */
class OpNode<P> extends Node implements Saved<P> {
  readonly params: P;
  recording = false;
  readonly #rules: Rules<P>;
  #output: Tensor | null;
  #kept: readonly Tensor[];
  /** Of the inputs' values and, last, the result's, as they were used. */
  readonly #versions: number[];

  constructor(
    op: string,
    rules: Rules<P>,
    inputs: readonly Tensor[],
    params: P,
    output: Tensor,
    kept: readonly Tensor[],
  ) {
    super(op, inputs);
    this.params = params;
    this.#rules = rules;
    this.#output = output;
    this.#kept = kept;
    const versions: number[] = [];
    for (let i = 0; i < inputs.length; i++) versions.push(inputs[i]!.storage.version); // i is in bounds
    versions.push(output.storage.version);
    this.#versions = versions;
    hold(output.storage);
    for (let i = 0; i < kept.length; i++) holdKept(kept[i]!.storage, output, inputs); // in bounds
  }

  override holds(): readonly Tensor[] {
    return this.#output === null ? this.#kept : [this.#output, ...this.#kept];
  }

  override slopes(
    g: Tensor,
    leads: (input: Tensor) => boolean,
    createGraph: boolean,
  ): readonly (Tensor | null)[] {
    this.recording = createGraph;
    const rules = this.#rules;
    if ("together" in rules)
      return rules.together(g, this).map((slope, i) => (leads(this.inputs[i]!) ? slope : null)); // as many
    const slopes: (Tensor | null)[] = [];
    for (let i = 0; i < this.inputs.length; i++) {
      const rule = typeof rules === "function" ? rules(i) : rules[i];
      const isWanted = rule !== undefined && rule !== "none" && leads(this.inputs[i]!); // in bounds
      slopes.push(isWanted ? rule(g, this) : null);
    }
    return slopes;
  }

  override free(): void {
    if (this.isFreed) return;
    super.free();
    const output = this.#output;
    const kept = this.#kept;
    this.#output = null;
    this.#kept = nothing;
    if (output !== null) letGo(output.storage);
    for (let i = 0; i < kept.length; i++) letGo(kept[i]!.storage); // i is in bounds
  }

  input(index: number): Tensor {
    return this.#unchanged(this.inputs[index], index, "input");
  }

  output(): Tensor {
    return this.#unchanged(this.#output, this.inputs.length, "result");
  }

  kept(index: number): Tensor {
    const tensor = this.#kept[index];
    if (tensor === undefined) throw new Error(`internal: ${this.op} kept no view ${index}`);
    return tensor;
  }

  shape(index: number): Shape {
    const tensor = this.inputs[index];
    if (tensor === undefined) throw new Error(`internal: ${this.op} has no input ${index}`);
    return tensor.shape;
  }

  shapes(): readonly Shape[] {
    return this.inputs.map((tensor) => tensor.shape);
  }

  #unchanged(tensor: Tensor | null | undefined, index: number, role: string): Tensor {
    if (tensor === undefined || tensor === null)
      throw new Error(`internal: ${this.op} has no ${role} ${index}`);
    if (tensor.storage.version !== this.#versions[index])
      throw new GradientError(
        `backward: the ${role} ${printShape(tensor.shape)} of ${this.op} was changed in place after ` +
          "it was used - its slope needs the value it had",
        "change parameters after backward(), or use clone()",
      );
    return tensor;
  }
}

/** What a forward kept for its gradient alone, nobody else has seen. */
function holdKept(storage: Storage, output: Tensor, inputs: readonly Tensor[]): void {
  hold(storage);
  storage.isPrivate =
    storage !== output.storage && !inputs.some((input) => input.storage === storage);
}

/** The way back of a `FunctionNode`. */
export type Slopes = (g: Tensor) => readonly (Tensor | null)[];

/** A step of the graph whose way back is a function: of several results, or written in a cell. */
export class FunctionNode extends Node {
  readonly #isCustom: boolean;
  #slopes: Slopes | null;
  #holds: readonly Tensor[];

  constructor(
    op: string,
    inputs: readonly Tensor[],
    slopes: Slopes,
    { isCustom = false, holds = nothing }: Partial<FunctionNodeOptions> = {},
  ) {
    super(op, inputs);
    this.#isCustom = isCustom;
    this.#slopes = slopes;
    this.#holds = holds;
    for (const { storage } of holds) hold(storage);
  }

  override get isCustom(): boolean {
    return this.#isCustom;
  }

  override holds(): readonly Tensor[] {
    return this.#holds;
  }

  override slopes(g: Tensor): readonly (Tensor | null)[] {
    // It may keep what it sees, and be no code of the engine at all.
    publish(g.storage);
    return outside(() => this.#slopes?.(g) ?? []);
  }

  override free(): void {
    if (this.isFreed) return;
    super.free();
    for (const { storage } of this.#holds) letGo(storage);
    this.#slopes = null;
    this.#holds = nothing;
  }
}

interface FunctionNodeOptions {
  /** An op written in a cell. */
  readonly isCustom: boolean;
  /** What the function holds besides the inputs. */
  readonly holds: readonly Tensor[];
}

/** Records `output = op(inputs)` when somebody may ask for its slope. */
export function record<I extends readonly View[], P>(
  op: Op<I, P>,
  inputs: readonly Tensor[],
  params: P,
  output: Tensor,
  kept: readonly Tensor[],
): void {
  output.attach(new OpNode(op.name, op.gradient, inputs, params, output, kept));
}
