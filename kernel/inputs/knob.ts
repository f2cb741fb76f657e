/** What all knobs are: a label, and a value in the reader's hand that is live inside a busy loop too. */
import type { KnobValue } from "../protocol.ts";
import type { KnobHandle } from "../run/surface.ts";
import { kindOf } from "../tensor/errors.ts";
import { noteKnobChange } from "./changes.ts";

/** `Held` is what crosses to the page; `Value` what cells read. */
export abstract class Knob<Value, Held extends KnobValue = KnobValue> {
  readonly label: string;
  readonly #handle: KnobHandle<Held>;
  #last: Held;

  constructor(label: string, handle: KnobHandle<Held>) {
    this.label = label;
    this.#handle = handle;
    // The knob's own look at where it stands is no move.
    this.#last = handle.peek();
  }

  /** What cells read for what the page has. */
  protected abstract decode(held: Held): Value;
  /** The nearest place that the knob has. */
  protected abstract encode(value: Value): Held;

  /** The value at this moment. */
  get value(): Value {
    const held = this.#handle.read();
    if (held !== this.#last) noteKnobChange(this.label, held);
    this.#last = held;
    return this.decode(held);
  }

  /** Turns the knob from a program, as training does: to the nearest place it has. */
  set value(value: Value) {
    this.#handle.turn(this.encode(value));
    this.#last = this.#handle.peek();
  }

  /** So that arithmetic works: `2 * lr`. */
  valueOf(): Value {
    return this.value;
  }

  toString(): string {
    return String(this.value);
  }

  /** Shown where it was made, and under each other cell that displays it. */
  [Symbol.for("Jupyter.display")](): Record<string, never> {
    this.#handle.show();
    return {};
  }
}

/** @throws TypeError unless `label` is a text that can be read. */
export function checkLabel(kind: string, label: unknown): asserts label is string {
  if (typeof label === "string" && label.trim() !== "") return;
  const got = label === "" ? "an empty text" : kindOf(label);
  throw new TypeError(`${kind}: ${got} for the label - wanted a text such as "learning rate"`);
}
