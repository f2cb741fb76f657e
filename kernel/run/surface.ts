/**
 * What figures, knobs and files may ask of the kernel that runs the cell. The kernel installs the
 * real surface; outside one (a bundler, a unit test) nothing is shown and knobs keep their start.
 */
import type { KnobSpec, KnobView } from "../knobs.ts";
import type { KnobId, KnobValue, MimeBundle, RawFrame } from "../protocol.ts";
import type { Pin, RecordedFigure } from "../training.ts";

/** Something shown once and redrawn in place. */
export interface LiveDisplay {
  /** Says that it changed: `render` is called at the next flush, at most once a frame. Cheap. */
  invalidate(): void;
}

export interface KnobHandle<Value extends KnobValue> {
  readonly id: KnobId;
  /** The value at this moment, also inside a busy loop; noted as read by the running cell. */
  read(): Value;
  /** The same, for the knob's own use: the running cell did not ask for it, so no move runs it again. */
  peek(): Value;
  /** Turns the knob from a program; the page follows at the next flush. The reader's next move wins. */
  turn(value: Value): void;
  /** Shows the knob under the running cell too, unless it stands there. */
  show(): void;
}

/** A knob that is drawn with its figure, and not under it. A figure that reads it when drawn follows it. */
export interface FigureControl<Value extends KnobValue> {
  read(): Value;
  /** The same without following it. */
  peek(): Value;
  /** As it stands, for the page to draw; null where the kernel has no room for another knob. */
  view(): KnobView | null;
}

/** A figure that can be shown as it was at a recorded step of its cell. */
export interface Rewindable {
  /** Where it stands now: what `look` is given when the reader looks back to this moment. */
  position(): number | null;
  /** Weights are those of a recorded step; null: the newest. */
  look(position: number | null): void;
}

/** What a figure was pushed, for the record of its run. */
export type FigureRecord = Omit<RecordedFigure, "place">;

export interface RecordHandle {
  /** What is pinned has changed, perhaps after the run. */
  changed(): void;
}

/** Where a figure stands: the n-th of its kind in its cell, and the same place when the cell runs again. */
export interface FigurePlace {
  /** What figures at this place leave to each other; `first()` for the first of them. */
  memory<T extends object>(first: () => T): T;
  /** A control of the figure; its value survives a re-run as a knob's does. */
  control<Spec extends KnobSpec>(spec: Spec): FigureControl<Spec["value"]>;
  /** The same for a knob that belongs to cells: reading it is noted as with any other. */
  knob<Spec extends KnobSpec>(spec: Spec): FigureControl<Spec["value"]>;
  /** What `work` gives, worked out when a drawing first asks for it. */
  keep<T>(work: () => T): Kept<T>;
  /** The knobs that the run has read so far, by label, with what it read last. */
  settings(): ReadonlyMap<string, KnobValue>;
  /** What the reader pinned here in kernels before this one. */
  readonly pins: readonly Pin[];
  /** The number of this run among those that train; null where nobody counts them. */
  readonly runNumber: number | null;
  /** Has the record of the run ask `read` for what the figure was pushed. */
  record(read: () => FigureRecord): RecordHandle;
}

/** Something dear that drawings share. */
export interface Kept<T> {
  /** Worked out anew when a knob has moved that the work read; the drawing follows these knobs. */
  read(): T;
  /** Has it worked out anew the next time. */
  forget(): void;
}

export interface Surface {
  /** Shows `render()` under the running cell and again whenever invalidated. */
  show(render: () => MimeBundle, rewindable?: Rewindable): LiveDisplay;
  /**
   * Makes (or finds again) the knob of the running cell with this label, and shows it. `pressed` is
   * called for each press of a button, also while a loop runs.
   */
  knob<Spec extends KnobSpec>(spec: Spec, pressed?: () => unknown): KnobHandle<Spec["value"]>;
  /** The place of a figure of this kind that the running cell makes now. */
  place(kind: string): FigurePlace;
  /** What the notebook's names stand for at this moment. */
  names(): ReadonlyMap<string, unknown>;
  /** The cell's line in which `site` was made, for a diagram's lines; null outside of cells. */
  placeOf(site: Error): RawFrame | null;
  writeFile(name: string, bytes: Uint8Array): void;
  /** Resolves to null when the notebook has no such file. */
  readFile(name: string, operation: string): Promise<Uint8Array | null>;
}

/** A knob that nobody turns. */
function standing<Spec extends KnobSpec>(spec: Spec): FigureControl<Spec["value"]> {
  const now = () => spec.value;
  const view = () => ({ ...spec, id: spec.label as KnobId, slot: 0 }) as KnobView;
  return { read: now, peek: now, view };
}

const outside: Surface = {
  show: () => ({ invalidate: () => {} }),
  knob<Spec extends KnobSpec>(spec: Spec): KnobHandle<Spec["value"]> {
    let value: Spec["value"] = spec.value;
    const turn = (next: Spec["value"]) => void (value = next);
    const now = () => value;
    return { id: spec.label as KnobId, read: now, peek: now, turn, show: () => {} };
  },
  place: () => ({
    memory: (first) => first(),
    control: standing,
    knob: standing,
    keep<T>(work: () => T): Kept<T> {
      let kept: { readonly value: T } | null = null;
      const forget = () => void (kept = null);
      return { read: () => (kept ??= { value: work() }).value, forget };
    },
    settings: () => new Map(),
    pins: [],
    runNumber: null,
    record: () => ({ changed: () => {} }),
  }),
  names: () => new Map(),
  placeOf: () => null,
  writeFile: (name) => {
    throw new Error(`save: no notebook to keep "${name}" in: run this inside a Descent kernel`);
  },
  readFile: () => Promise.resolve(null),
};

let installed: Surface = outside;

export function installSurface(surface: Surface): void {
  installed = surface;
}

export function surface(): Surface {
  return installed;
}
