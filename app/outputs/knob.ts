/**
 * A knob: its label and its control. What the control is, `slider.ts`, `number-field.ts` and
 * `simple-knobs.ts` say; that all places which show one knob agree is the page's doing, through
 * `watchKnob`.
 */
import {
  KNOB_MIME,
  type KnobValue,
  type KnobView,
  type MimeBundle,
  parseKnobView,
} from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import { createNumberField } from "./number-field.ts";
import type { Mount } from "./renderer.ts";
import { createButton, createSelect, createTextField, createToggle } from "./simple-knobs.ts";
import { createSlider } from "./slider.ts";
import { textOf } from "./text.ts";

/** Tells the page what the reader's hand has set. */
export type Turn = (value: KnobValue) => void;

/** What the reader's hand is on. */
export interface KnobControl {
  /** The first carries the id that the label names. */
  readonly elements: readonly HTMLElement[];
  /** Shows the knob as it is now; where a hand is on it, the hand's place stays. */
  draw(view: KnobView): void;
}

let count = 0;

export const mountKnob: Mount<MimeBundle> = (element, bundle, context) => {
  const first = parseKnobView(bundle[KNOB_MIME]);
  if (first === null) {
    element.append(textOf(bundle, "text/plain"));
    return { update: () => {}, dispose: () => element.replaceChildren() };
  }
  let view = first;
  let page = context;
  count += 1;
  const id = `knob-${count}`;
  const control = createControl(id, view, {
    turn: (value) => {
      view = { ...view, value } as KnobView; // the control's own kind of value
      page.onKnob(view.id, value);
    },
    press: () => page.onPress(view.id),
  });
  const label = el("label", { class: "knob-label", for: id });
  const row = el("div", { class: `knob knob-${view.kind}` });
  // A button says its label itself.
  row.append(...(view.kind === "button" ? [] : [label]), ...control.elements);
  element.append(row);

  function draw(): void {
    label.textContent = view.label;
    control.draw(view);
  }

  const stopWatching = context.watchKnob(view.id, (value) => {
    if (value === view.value) return;
    const moved = parseKnobView({ ...view, value });
    if (moved === null) return;
    view = moved;
    draw();
  });

  draw();
  return {
    update(next, nextContext) {
      page = nextContext;
      const parsed = parseKnobView(next[KNOB_MIME]);
      if (parsed === null || parsed.kind !== view.kind) return;
      view = parsed;
      draw();
    },
    dispose() {
      stopWatching();
      element.replaceChildren();
    },
  };
};

/** The control of a knob, without its label. */
export function createControl(
  id: string,
  view: KnobView,
  { turn, press }: { readonly turn: Turn; readonly press: () => void },
): KnobControl {
  switch (view.kind) {
    case "slider":
      return createSlider(id, view, turn);
    case "number":
      return createNumberField(id, view, turn);
    case "toggle":
      return createToggle(id, turn);
    case "select":
      return createSelect(id, turn);
    case "text":
      return createTextField(id, turn);
    case "button":
      return createButton(id, press);
    default:
      return view satisfies never;
  }
}
