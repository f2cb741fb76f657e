/** `ui.text`: a line of text from the reader. */
import { TEXT_UNITS } from "../protocol.ts";
import { surface } from "../run/surface.ts";
import { checkOptions, printed } from "../tensor/options.ts";
import { checkLabel, Knob } from "./knob.ts";

export interface TextOptions {
  /** What it starts with; nothing unless told. A reader's text survives a re-run. */
  readonly value?: string;
  /** What an empty field says. */
  readonly placeholder?: string;
}

/** A field for a line of text under its cell, of at most 2,000 characters. */
export class TextBox extends Knob<string, string> {
  constructor(label: string, options: TextOptions = {}) {
    checkLabel("ui.text", label);
    checkOptions("ui.text", options, ["value", "placeholder"]);
    const { value = "", placeholder = "" } = options;
    for (const [name, text] of Object.entries({ value, placeholder })) {
      if (typeof text !== "string") {
        throw new TypeError(
          `ui.text: the ${name} of "${label}" must be a text, got ${printed(text)}`,
        );
      }
      if (text.length > TEXT_UNITS) {
        const [length, limit] = [text.length, TEXT_UNITS].map((count) =>
          count.toLocaleString("en"),
        );
        throw new RangeError(
          `ui.text: the ${name} of "${label}" has ${length} characters, ${limit} at most fit`,
        );
      }
    }
    super(label, surface().knob({ kind: "text", label, placeholder, value }));
  }

  protected decode(held: string): string {
    return held;
  }

  protected encode(value: string): string {
    return String(value);
  }
}

/**
 * A field for a line of text under the running cell, with what the reader last wrote.
 *
 *     const start = ui.text("begin with", { value: "an" });
 *
 * @throws TypeError, RangeError when label, start or placeholder make no sense, with what was given.
 */
export function text(label: string, options?: TextOptions): TextBox {
  return new TextBox(label, options);
}
