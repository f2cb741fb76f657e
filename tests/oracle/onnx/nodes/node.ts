/** What one kind of ONNX node computes, written with our ops. */
import type { Tensor } from "../../../../kernel/tensor/index.ts";
import { type Attributes, NotMapped } from "../model.ts";

/** The call of a node: its inputs and attributes by need, with the errors that name them. */
export class Call {
  readonly opset: number;
  readonly count: number;
  readonly #inputs: readonly (Tensor | null)[];
  readonly #attributes: Attributes;

  constructor(
    opset: number,
    count: number,
    inputs: readonly (Tensor | null)[],
    attributes: Attributes,
  ) {
    this.opset = opset;
    this.count = count;
    this.#inputs = inputs;
    this.#attributes = attributes;
  }

  /** The first input. */
  get x(): Tensor {
    return this.input(0);
  }

  input(index: number): Tensor {
    const found = this.#inputs[index] ?? null;
    if (found === null) throw new NotMapped(`input ${index} left out`);
    return found;
  }

  optional(index: number): Tensor | null {
    return this.#inputs[index] ?? null;
  }

  inputs(): Tensor[] {
    return this.#inputs.map((_, i) => this.input(i));
  }

  number(name: string, otherwise: number): number {
    return this.#attributes.numbers.get(name) ?? otherwise;
  }

  has(name: string): boolean {
    return this.#attributes.numbers.has(name);
  }

  list(name: string): readonly number[] | null {
    return this.#attributes.lists.get(name) ?? null;
  }

  text(name: string, otherwise: string): string {
    return this.#attributes.texts.get(name) ?? otherwise;
  }

  tensor(name: string): Tensor | null {
    return this.#attributes.tensors.get(name) ?? null;
  }

  /** Whole numbers that are an attribute in old opsets and an input in new ones. */
  numbers(name: string, index: number): readonly number[] | null {
    const given = this.list(name) ?? this.optional(index);
    return given === null || Array.isArray(given) ? given : wholeNumbers(given as Tensor);
  }
}

export function wholeNumbers(x: Tensor): number[] {
  return Array.from(x.data, Number);
}

export type NodeRule = (call: Call) => Tensor | readonly Tensor[];
export type NodeRules = Readonly<Record<string, NodeRule>>;
