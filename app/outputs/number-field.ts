/** A field for a number: typed, or stepped by the arrow keys. */
import type { KnobView } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import type { KnobControl, Turn } from "./knob.ts";
import { formatNumber, parseNumber, stepFrom } from "./knob-number.ts";

type NumberView = KnobView & { readonly kind: "number" };

export function createNumberField(id: string, first: NumberView, turn: Turn): KnobControl {
  let view = first;
  const field = el("input", {
    type: "text",
    inputmode: "decimal",
    id,
    class: "knob-field",
    role: "spinbutton",
    autocomplete: "off",
    spellcheck: "false",
  });
  let { value } = view;
  let isTyping = false;

  function place(): void {
    const text = formatNumber(value);
    if (!isTyping) field.value = text;
    field.setAttribute("aria-valuenow", String(value));
    field.setAttribute("aria-valuetext", text);
  }

  function take(next: number | null): void {
    isTyping = false;
    if (next !== null && next !== value) {
      value = next;
      turn(value);
    }
    place();
  }

  field.addEventListener("input", () => (isTyping = true));
  field.addEventListener("change", () => take(parseNumber(view, field.value)));
  field.addEventListener("blur", () => take(null));
  field.addEventListener("keydown", (event) => {
    // With nothing typed it leaves the knob.
    if (event.key === "Escape" && !isTyping) return;
    // The page's own keys are not for who is typing a number.
    event.stopPropagation();
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (steps !== undefined) {
      event.preventDefault();
      take(stepFrom(view, parseNumber(view, field.value) ?? value, steps));
    } else if (event.key === "Enter") take(parseNumber(view, field.value));
    else if (event.key === "Escape") take(null);
    else return;
    field.select();
  });

  return {
    elements: [field],
    draw(next) {
      if (next.kind !== "number") return;
      view = next;
      ({ value } = view);
      const { min, max } = view;
      for (const [name, bound] of [["min", min] as const, ["max", max] as const]) {
        if (bound === null) field.removeAttribute(`aria-value${name}`);
        else field.setAttribute(`aria-value${name}`, String(bound));
      }
      const ends = [min, max].map((bound) => (bound === null ? "" : formatNumber(bound)));
      field.title =
        min !== null && max !== null
          ? `From ${ends[0]} to ${ends[1]}`
          : min !== null
            ? `At least ${ends[0]}`
            : max !== null
              ? `At most ${ends[1]}`
              : "";
      field.style.width = `${Math.max(8, formatNumber(value).length, ...ends.map((end) => end.length)) + 1.5}ch`;
      place();
    },
  };
}
