/** `ui.toggle`: something that is on or off. */
import { surface } from "../run/surface.ts";
import { checkOptions, printed } from "../tensor/options.ts";
import { checkLabel, Knob } from "./knob.ts";

export interface ToggleOptions {
  /** Whether it starts on; off unless told. A reader's choice survives a re-run. */
  readonly value?: boolean;
}

/** A switch under its cell. Read its `value`: the toggle itself is an object, and so always truthy. */
export class Toggle extends Knob<boolean, boolean> {
  constructor(label: string, options: ToggleOptions = {}) {
    checkLabel("ui.toggle", label);
    checkOptions("ui.toggle", options, ["value"]);
    const { value = false } = options;
    if (typeof value !== "boolean") {
      throw new TypeError(
        `ui.toggle: the value of "${label}" must be true or false, got ${printed(value)}`,
      );
    }
    super(label, surface().knob({ kind: "toggle", label, value }));
  }

  protected decode(held: boolean): boolean {
    return held;
  }

  protected encode(value: boolean): boolean {
    return value;
  }
}

/**
 * A switch under the running cell, as the reader last left it.
 *
 *     const augment = ui.toggle("shift the pictures");
 *
 * @throws TypeError when label or start make no sense, with what was given.
 */
export function toggle(label: string, options?: ToggleOptions): Toggle {
  return new Toggle(label, options);
}
