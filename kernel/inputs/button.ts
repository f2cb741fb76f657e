/** `ui.button`: something to press, also while a loop runs. */
import { type KnobHandle, surface } from "../run/surface.ts";
import { kindOf } from "../tensor/errors.ts";
import { noteKnobChange } from "./changes.ts";
import { checkLabel } from "./knob.ts";

/** A button under its cell. */
export class Button {
  readonly label: string;
  readonly #handle: KnobHandle<number>;

  constructor(label: string, pressed?: () => unknown) {
    checkLabel("ui.button", label);
    if (pressed !== undefined && typeof pressed !== "function") {
      throw new TypeError(
        `ui.button: ${kindOf(pressed)} for what "${label}" does - wanted a function, or nothing`,
      );
    }
    const answer =
      pressed &&
      (() => {
        noteKnobChange(label, "pressed");
        return pressed();
      });
    this.label = label;
    this.#handle = surface().knob(
      { kind: "button", label, answers: answer !== undefined, value: 0 },
      answer,
    );
  }

  /** How often it was pressed since the kernel began. */
  get presses(): number {
    return this.#handle.read();
  }

  toString(): string {
    return `${this.label}: pressed ${this.presses} times`;
  }

  /** Shown where it was made, and under each other cell that displays it. */
  [Symbol.for("Jupyter.display")](): Record<string, never> {
    this.#handle.show();
    return {};
  }
}

/**
 * A button under the running cell. Each press calls `pressed`, between two turns of a loop that runs,
 * and counts; what it prints stands under the cell.
 *
 *     ui.button("start again", () => net.reset());
 *
 * @throws TypeError when the label is no text or `pressed` no function, with what was given.
 */
export function button(label: string, pressed?: () => unknown): Button {
  return new Button(label, pressed);
}
