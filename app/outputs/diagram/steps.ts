/** The controls that walk through backpropagation: back, forward, and a slider between. */
import { el } from "../dom.ts";

export interface Steps {
  readonly element: HTMLElement;
  /** Says how many steps there are, where it stands and what happens there. */
  show(count: number, at: number, says: string): void;
}

let count = 0;

/** `go` is told the step to go to. */
export function createSteps(go: (at: number) => void): Steps {
  count += 1;
  const id = `diagram-steps-${count}`;
  let at = 0;
  let most = 0;
  const button = (text: string, by: number) => {
    const made = el("button", { type: "button", class: "button" }, text);
    made.addEventListener("click", () => go(Math.min(most, Math.max(0, at + by))));
    return made;
  };
  const back = button("Back", -1);
  const forward = button("Forward", 1);
  const range = el("input", {
    id,
    type: "range",
    class: "knob-range",
    min: "0",
    step: "1",
    "aria-label": "Step of the walk back",
  });
  const place = el("output", { class: "diagram-step", for: id });
  const says = el("p", { class: "diagram-says", role: "status" });
  const controls = el(
    "div",
    { class: "diagram-steps", role: "group", "aria-label": "Backpropagation, step by step" },
    back,
    range,
    forward,
    place,
  );
  range.addEventListener("input", () => go(Number(range.value)));
  controls.addEventListener("keydown", (event) => {
    // The slider has arrow keys of its own; on the buttons they step too.
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.stopPropagation();
    if (event.target === range) return;
    event.preventDefault();
    go(Math.min(most, Math.max(0, at + by)));
  });
  return {
    element: el("div", {}, controls, says),
    show(total, now, sentence) {
      most = total;
      at = now;
      range.max = String(total);
      range.value = String(now);
      range.setAttribute(
        "aria-valuetext",
        now === 0 ? "before the walk back" : `step ${now} of ${total}`,
      );
      // A button that has the focus keeps it at the end of the way.
      back.setAttribute("aria-disabled", String(now === 0));
      forward.setAttribute("aria-disabled", String(now === total));
      place.textContent = now === 0 ? "forward only" : `step ${now} of ${total}`;
      says.textContent = sentence;
    },
  };
}
