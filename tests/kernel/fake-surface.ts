/** A surface for tests of figures and knobs: remembers what was shown and lets a test move knobs. */
import type { KnobId, KnobView, MimeBundle } from "../../kernel/protocol.ts";
import { installSurface, surface } from "../../kernel/run/surface.ts";

export interface FakeSurface {
  /** One entry a display: how often it was invalidated, and its bundle now. */
  readonly displays: { invalidated: number; render: () => MimeBundle }[];
  readonly knobs: { readonly spec: Omit<KnobView, "id" | "slot">; value: number }[];
  remove(): void;
}

export function installFakeSurface(): FakeSurface {
  const before = surface();
  const displays: FakeSurface["displays"] = [];
  const knobs: FakeSurface["knobs"] = [];
  installSurface({
    ...before,
    show(render) {
      const display = { invalidated: 0, render };
      displays.push(display);
      return { invalidate: () => void (display.invalidated += 1) };
    },
    knob(spec) {
      const knob = { spec, value: spec.value };
      knobs.push(knob);
      const turn = (value: number) => void (knob.value = value);
      const now = () => knob.value;
      return { id: spec.label as KnobId, read: now, peek: now, turn };
    },
  });
  return { displays, knobs, remove: () => installSurface(before) };
}
