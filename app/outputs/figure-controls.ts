/**
 * The controls of a figure, in a quiet row under it: knobs that the figure alone reads. They are the
 * browser's own controls, so keys and screen readers know them.
 */
import type { KnobValue, KnobView } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import { createControl } from "./knob.ts";
import type { KnobControl } from "./knob.ts";
import type { OutputContext } from "./renderer.ts";

export interface FigureControls {
  readonly element: HTMLElement;
  /** Shows these; a control that is there already stays, and so does the hand on it. */
  show(views: readonly KnobView[]): void;
  dispose(): void;
}

interface Shown {
  readonly element: HTMLElement;
  readonly control: KnobControl;
  readonly stop: () => void;
  view: KnobView;
  /** The reader's hand has been on it: what it set is newer than what a kernel says. */
  isTouched: boolean;
}

let count = 0;

/** `page` gives the context of now, which changes with the theme. */
export function createFigureControls(page: () => OutputContext): FigureControls {
  const element = el("div", {
    class: "figure-controls",
    role: "group",
    "aria-label": "Controls of the figure",
  });
  let shown: readonly Shown[] = [];

  function add(view: KnobView): Shown {
    count += 1;
    const id = `figure-control-${count}`;
    const turn = (value: KnobValue) => {
      made.isTouched = true;
      made.view = { ...made.view, value } as KnobView; // the control's own kind of value
      page().onKnob(view.id, value);
    };
    const control = createControl(id, view, { turn, press: () => page().onPress(view.id) });
    const row = el("div", { class: `figure-control figure-${view.kind}` });
    if (view.kind !== "button") row.append(el("label", { for: id }, view.label));
    row.append(...control.elements);
    const stop = page().watchKnob(view.id, (value) => {
      if (value === made.view.value) return;
      made.isTouched = true;
      made.view = { ...made.view, value } as KnobView; // what is kept of one knob is of its kind
      control.draw(made.view);
    });
    const made: Shown = { element: row, control, stop, view, isTouched: false };
    control.draw(view);
    return made;
  }

  return {
    element,
    show(views) {
      const kept = views.map((view) => {
        const known = shown.find(
          (each) => each.view.id === view.id && each.view.kind === view.kind,
        );
        if (known === undefined) return add(view);
        if (!known.isTouched && known.view.value !== view.value) known.control.draw(view);
        if (!known.isTouched) known.view = view;
        return known;
      });
      const gone = shown.filter((each) => !kept.includes(each));
      if (gone.length === 0 && kept.length === shown.length) return;
      for (const each of gone) each.stop();
      shown = kept;
      element.replaceChildren(...kept.map((each) => each.element));
    },
    dispose() {
      for (const each of shown) each.stop();
      shown = [];
    },
  };
}
