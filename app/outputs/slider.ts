/** A slider: a track to drag and a field for the exact number. */
import type { KnobView } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import type { KnobControl, Turn } from "./knob.ts";
import { formatValue, fromTrack, parseTyped, toTrack, track } from "./knob-scale.ts";

type SliderView = KnobView & { readonly kind: "slider" };

export function createSlider(id: string, first: SliderView, turn: Turn): KnobControl {
  let view = first;
  const range = el("input", { type: "range", id, class: "knob-range" });
  const field = el("input", {
    type: "text",
    inputmode: "decimal",
    class: "knob-field",
    autocomplete: "off",
    spellcheck: "false",
  });

  let { value } = view;
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

  function take(next: number, held: HTMLElement | null): void {
    if (next !== value) {
      value = next;
      turn(value);
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
  range.addEventListener("input", () => take(fromTrack(view, Number(range.value)), range));
  // The thumb settles on the value that was taken.
  range.addEventListener("change", release);
  // Arrows move a linear slider by its own step, which `step=any` would leave to the browser.
  range.addEventListener("keydown", (event) => {
    const steps = arrowSteps(event.key);
    if (steps === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const unit = view.log ? 10 : view.step;
    const from = toTrack(view, value);
    take(fromTrack(view, clampTo(range, from + steps * unit)), null);
  });
  const typed = () => {
    const next = parseTyped(view, field.value);
    if (next !== null) take(next, null);
    release();
  };
  field.addEventListener("change", typed);
  field.addEventListener("keydown", (event) => {
    // With nothing typed it leaves the knob.
    if (event.key === "Escape" && grip !== field) return;
    if (event.key === "Escape") release();
    if (event.key === "Enter") typed();
    if (event.key === "Enter" || event.key === "Escape") field.select();
    // The page's own keys are not for who is typing a number.
    event.stopPropagation();
  });

  return {
    elements: [range, field],
    draw(next) {
      if (next.kind !== "slider") return;
      view = next;
      ({ value } = view);
      const { min, max, step } = track(view);
      Object.assign(range, { min: String(min), max: String(max) });
      range.step = view.log ? String(step) : "any";
      field.setAttribute("aria-label", `${view.label}, exact`);
      field.title = `From ${formatValue(view, view.min)} to ${formatValue(view, view.max)}`;
      const widest = [view.min, view.max, (view.min + view.max) / 3].map(
        (at) => formatValue(view, fromTrack(view, toTrack(view, at))).length,
      );
      field.style.width = `${Math.max(5, ...widest) + 1.5}ch`;
      place(null);
    },
  };
}

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
