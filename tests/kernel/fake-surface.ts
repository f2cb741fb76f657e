/** A surface for tests of figures and knobs: remembers what was shown and lets a test move knobs. */
import type { KnobSpec } from "../../kernel/knobs.ts";
import type { KnobId, KnobValue, MimeBundle } from "../../kernel/protocol.ts";
import {
  type FigurePlace,
  installSurface,
  type KnobHandle,
  type Rewindable,
  surface,
} from "../../kernel/run/surface.ts";

export interface FakeSurface {
  /** One entry a display: how often it was invalidated, its bundle now, and the way back to earlier steps. */
  readonly displays: {
    invalidated: number;
    render: () => MimeBundle;
    rewindable: Rewindable | undefined;
  }[];
  readonly knobs: {
    readonly spec: KnobSpec;
    value: KnobValue;
    readonly pressed: (() => unknown) | undefined;
    /** How often it was shown besides where it was made. */
    shown: number;
  }[];
  /** Where figures stand; nothing is remembered unless a test puts another in its place. */
  place: (kind: string) => FigurePlace;
  remove(): void;
}

export function installFakeSurface(): FakeSurface {
  const before = surface();
  const displays: FakeSurface["displays"] = [];
  const knobs: FakeSurface["knobs"] = [];
  const fake: FakeSurface = {
    displays,
    knobs,
    place: before.place,
    remove: () => installSurface(before),
  };
  installSurface({
    ...before,
    place: (kind) => fake.place(kind),
    show(render, rewindable) {
      const display = { invalidated: 0, render, rewindable };
      displays.push(display);
      return { invalidate: () => void (display.invalidated += 1) };
    },
    knob<Spec extends KnobSpec>(spec: Spec, pressed?: () => unknown): KnobHandle<Spec["value"]> {
      const knob: FakeSurface["knobs"][number] = { spec, value: spec.value, pressed, shown: 0 };
      knobs.push(knob);
      const turn = (value: KnobValue) => void (knob.value = value);
      const now = () => knob.value;
      const show = () => void (knob.shown += 1);
      return { id: spec.label as KnobId, read: now, peek: now, turn, show };
    },
  });
  return fake;
}
