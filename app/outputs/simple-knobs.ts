/** Knobs that the browser has controls for: a switch, a list, a line of text, a button. */
import { TEXT_UNITS } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import type { KnobControl, Turn } from "./knob.ts";

export function createToggle(id: string, turn: Turn): KnobControl {
  const box = el("input", { type: "checkbox", role: "switch", id, class: "knob-switch" });
  box.addEventListener("change", () => turn(box.checked));
  return {
    elements: [box],
    draw(view) {
      if (view.kind === "toggle") box.checked = view.value;
    },
  };
}

export function createSelect(id: string, turn: Turn): KnobControl {
  const list = el("select", { id, class: "knob-list" });
  let names: readonly string[] = [];
  list.addEventListener("change", () => turn(list.value));
  return {
    elements: [list],
    draw(view) {
      if (view.kind !== "select") return;
      // An open list would close if its options were made anew.
      if (view.options.join("\0") !== names.join("\0")) {
        names = view.options;
        list.replaceChildren(...names.map((name) => new Option(name, name)));
      }
      list.value = view.value;
    },
  };
}

export function createTextField(id: string, turn: Turn): KnobControl {
  const field = el("input", {
    type: "text",
    id,
    class: "knob-text-field",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: String(TEXT_UNITS),
  });
  field.addEventListener("input", () => turn(field.value));
  return {
    elements: [field],
    draw(view) {
      if (view.kind !== "text") return;
      field.placeholder = view.placeholder;
      // Setting it would move the caret.
      if (field.value !== view.value) field.value = view.value;
    },
  };
}

export function createButton(id: string, press: () => void): KnobControl {
  const button = el("button", { type: "button", id, class: "button" });
  button.addEventListener("click", press);
  return {
    elements: [button],
    draw(view) {
      button.textContent = view.label;
    },
  };
}
