/** Knobs: their ids, where their values live, and which run has read them. */
import { type Control, KNOB_SLOTS } from "../hosts/control.ts";
import { KNOB_MIME, type KnobId, type KnobView } from "../protocol.ts";
import type { Run, RunContext } from "./run.ts";
import type { KnobHandle, Surface } from "./surface.ts";

export interface Knobs {
  /**
   * The knob of this run with this label, at the reader's value if there is one, put on `show`.
   * @throws RangeError beyond 512 knobs.
   */
  make(run: Run, spec: Omit<KnobView, "id" | "slot">, show: Surface["show"]): KnobHandle;
}

export function createKnobs(control: Control, context: RunContext): Knobs {
  const slots = new Map<KnobId, number>();

  function slotOf(id: KnobId): number {
    const known = slots.get(id);
    if (known !== undefined) return known;
    if (slots.size >= KNOB_SLOTS) {
      throw new RangeError(`ui.slider: this notebook has ${KNOB_SLOTS} knobs already, restart it`);
    }
    slots.set(id, slots.size);
    return slots.size - 1;
  }

  return {
    make(run, spec, show) {
      const count = (run.knobLabels.get(spec.label) ?? 0) + 1;
      run.knobLabels.set(spec.label, count);
      const suffix = count === 1 ? "" : `#${count}`;
      const id = `${run.cell}/${spec.label}${suffix}` as KnobId;
      const slot = slotOf(id);
      const wanted = run.knobValues[id] ?? spec.value;
      const set = (value: number) => {
        // A diverged model has no place on a slider: the knob stays where it was.
        if (Number.isNaN(value)) return;
        control.knobs[slot] = Math.min(spec.max, Math.max(spec.min, value));
      };
      const now = () => control.knobs[slot] ?? spec.value;
      set(wanted);
      const display = show(() => {
        const view: KnobView = { ...spec, id, slot, value: now() };
        return { [KNOB_MIME]: view, "text/plain": `${spec.label}: ${view.value}` };
      });
      return {
        id,
        read() {
          context.current()?.readKnobs.add(id);
          return now();
        },
        peek: now,
        turn(value) {
          set(value);
          display.invalidate();
        },
      };
    },
  };
}
