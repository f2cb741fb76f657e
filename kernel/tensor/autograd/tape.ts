/** The tape: what was computed from what. `backward.ts` walks it back. */
import { anomaly } from "./anomaly.ts";
import { GradientError } from "../errors.ts";
import type { GradientHooks } from "./hooks.ts";
import type { Gradient, Op } from "../ops/op.ts";
import { printShape } from "../shape.ts";
import { synchronously } from "./synchronous.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape, View } from "../view.ts";

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

/**
 * The slopes that a recorded op sends to its inputs, given that of its result; null for an input
 * that has none, or that `needs` does not ask for.
 */
export type Slopes = (
  g: Tensor,
  needs: (input: number) => boolean,
  createGraph: boolean,
) => readonly (Tensor | null)[];

/** One recorded op. Nodes are numbered as they are made, so a higher number never feeds a lower. */
export class Node {
  readonly id = ++created;
  readonly op: string;
  inputs: readonly Tensor[];
  /** Null once the graph was walked: a kept loss must not keep the whole forward pass alive. */
  slopes: Slopes | null;
  /** What sees, and may change, the slope of the result. */
  hooks: GradientHooks | null = null;
  /** The result, when it keeps its slope. */
  retainer: Tensor | null = null;
  /** What `slopes` holds besides the inputs. */
  holds: readonly Tensor[] = [];
  /** The stack of the call, in anomaly mode. */
  readonly site: Error | null;
  /** The op that gave the first input: it tells what a printed tensor came from after `free` too. */
  readonly before: string | null;
  /** An op written in a cell. */
  readonly isCustom: boolean;

  constructor(op: string, inputs: readonly Tensor[], slopes: Slopes, isCustom = false) {
    this.op = op;
    this.inputs = inputs;
    this.slopes = slopes;
    this.site = anomaly.on ? new Error(op) : null;
    this.before = inputs[0]?.node?.op ?? null;
    this.isCustom = isCustom;
  }

  free(): void {
    this.inputs = [];
    this.slopes = null;
    this.holds = [];
    this.hooks = null;
    this.retainer = null;
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
  const node = new Node(op.name, inputs, (g, needs, createGraph) => {
    saved.recording = createGraph;
    return inputs.map((_, input) => {
      const rule: Gradient<P> | "none" | undefined =
        typeof rules === "function" ? rules(input) : rules[input];
      if (rule === undefined || rule === "none" || !needs(input)) return null;
      return rule(g, saved);
    });
  });
  node.holds = [output, ...kept];
  output.attach(node);
}
