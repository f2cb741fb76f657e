/** A knob: a real slider with its label and a field for the exact number. */
import { KNOB_MIME, type KnobView, type MimeBundle } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import { formatValue, fromTrack, parseTyped, toTrack, track } from "./knob-scale.ts";
import type { Mount } from "./renderer.ts";
import { textOf } from "./text.ts";

let count = 0;

export const mountKnob: Mount<MimeBundle> = (element, bundle, context) => {
  const first = parseKnob(bundle[KNOB_MIME]);
  if (first === null) {
    element.append(textOf(bundle, "text/plain"));
    return { update: () => {}, dispose: () => element.replaceChildren() };
  }
  let view = first;
  let page = context;
  count += 1;
  const id = `knob-${count}`;
  const label = el("label", { class: "knob-label", for: id });
  const range = el("input", { type: "range", id, class: "knob-range" });
  const field = el("input", {
    type: "text",
    inputmode: "decimal",
    class: "knob-field",
    autocomplete: "off",
    spellcheck: "false",
  });
  element.append(el("div", { class: "knob" }, label, range, field));

  let value = view.value;
  /** What the reader's hand is on, and nothing else may move. */
  let grip: HTMLElement | null = null;
  /** Moves both controls to the value, except the one a hand is on. */
  function place(held: HTMLElement | null): void {
    const text = formatValue(view, value);
    if (held !== range && grip !== range) range.value = String(toTrack(view, value));
    if (held !== field && grip !== field) field.value = text;
    range.setAttribute("aria-valuetext", text);
    const share =
      (Number(range.value) - Number(range.min)) / (Number(range.max) - Number(range.min));
    range.style.setProperty("--share", String(share));
  }

  function draw(): void {
    const { min, max, step } = track(view);
    label.textContent = view.label;
    Object.assign(range, { min: String(min), max: String(max) });
    range.step = view.log ? String(step) : "any";
    field.setAttribute("aria-label", `${view.label}, exact`);
    field.title = `From ${formatValue(view, view.min)} to ${formatValue(view, view.max)}`;
    const widest = [view.min, view.max, (view.min + view.max) / 3].map(
      (at) => formatValue(view, fromTrack(view, toTrack(view, at))).length,
    );
    field.style.width = `${Math.max(5, ...widest) + 1.5}ch`;
    place(null);
  }

  function turn(next: number, held: HTMLElement | null): void {
    if (next !== value) {
      value = next;
      page.onKnob(view.id, value);
    }
    place(held);
  }

  const release = () => {
    grip = null;
    place(null);
  };
  range.addEventListener("pointerdown", () => (grip = range));
  range.addEventListener("lostpointercapture", release);
  range.addEventListener("pointerup", release);
  range.addEventListener("pointercancel", release);
  field.addEventListener("input", () => (grip = field));
  field.addEventListener("blur", release);
  range.addEventListener("input", () => turn(fromTrack(view, Number(range.value)), range));
  // The thumb settles on the value that was taken.
  range.addEventListener("change", release);
  // Arrows move a linear slider by its own step, which `step=any` would leave to the browser.
  range.addEventListener("keydown", (event) => {
    const steps = arrowSteps(event.key);
    if (steps === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const unit = view.log ? 10 : view.step;
    const from = toTrack(view, value);
    turn(fromTrack(view, clampTo(range, from + steps * unit)), null);
  });
  const take = () => {
    const typed = parseTyped(view, field.value);
    if (typed !== null) turn(typed, null);
    release();
  };
  field.addEventListener("change", take);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") release();
    if (event.key === "Enter") take();
    if (event.key === "Enter" || event.key === "Escape") field.select();
    // The page's own keys are not for who is typing a number.
    event.stopPropagation();
  });

  draw();
  return {
    update(next, nextContext) {
      page = nextContext;
      const parsed = parseKnob(next[KNOB_MIME]);
      if (parsed === null) return;
      const isSame = parsed.id === view.id && parsed.value === view.value;
      view = parsed;
      // A bundle drawn again with the value it was made with does not undo the reader's hand.
      if (!isSame) value = parsed.value;
      draw();
    },
    dispose: () => element.replaceChildren(),
  };
};

/** How many steps a key moves a slider; null for keys that are not the slider's. */
function arrowSteps(key: string): number | null {
  if (key === "ArrowRight" || key === "ArrowUp") return 1;
  if (key === "ArrowLeft" || key === "ArrowDown") return -1;
  if (key === "PageUp") return 10;
  if (key === "PageDown") return -10;
  if (key === "Home") return -Infinity;
  if (key === "End") return Infinity;
  return null;
}

function clampTo(range: HTMLInputElement, place: number): number {
  return Math.min(Number(range.max), Math.max(Number(range.min), place));
}

/** A knob's view as a file or a kernel gave it; null if it cannot be one. */
export function parseKnob(value: unknown): KnobView | null {
  if (typeof value !== "object" || value === null) return null;
  const view = value as Partial<KnobView>;
  const numbers = [view.min, view.max, view.step, view.value];
  if (!numbers.every((number) => typeof number === "number" && Number.isFinite(number)))
    return null;
  const { min, max, step, log } = value as KnobView; // the four were just checked
  if (typeof view.id !== "string" || typeof view.label !== "string") return null;
  if (!(min < max) || !(step > 0) || (log && min <= 0)) return null;
  return value as KnobView;
}
