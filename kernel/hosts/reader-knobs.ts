/**
 * The reader's hand on knobs: which values they were given, over re-runs and kernels, and how a value
 * reaches the place where a running cell reads it.
 */
import { fitted, type KnobId, type KnobValue, type KnobView, toSlot } from "../knobs.ts";
import type { CellId } from "../protocol.ts";
import type { KnobMessage } from "./control.ts";

export interface ReaderKnobs {
  /** The kernel has shown a knob: from now on it can be reached. */
  shown(view: KnobView): void;
  set(id: KnobId, value: KnobValue): void;
  /** Counts a press; whether a function of a cell answers it, or null when this kernel has no such button. */
  press(id: KnobId): { readonly answers: boolean } | null;
  /** How often a button has been pressed in this kernel. */
  presses(id: KnobId): number;
  /** What the reader gave to the knobs of a cell. */
  of(cell: CellId): Record<KnobId, KnobValue>;
  /** Another kernel begins: it has no knobs yet, and no button was pressed in it. */
  forget(): void;
}

export function createReaderKnobs(
  given: Readonly<Record<string, KnobValue>>,
  send: (message: KnobMessage) => void,
): ReaderKnobs {
  const values = new Map(
    Object.entries(given).map(([id, value]): [KnobId, KnobValue] => [id as KnobId, value]),
  );
  let views = new Map<KnobId, KnobView>();

  function write(view: KnobView, value: KnobValue): void {
    const { slot } = view;
    if (view.kind === "text") {
      if (typeof value === "string") send({ kind: "text", slot, text: value });
      return;
    }
    const stored = toSlot(view, value);
    if (stored === null) return;
    const kind = view.kind === "button" && view.answers ? "press" : "knob";
    send({ kind, slot, value: stored });
  }

  /** Whether the knob stands elsewhere than a reader's value would put it. */
  function differs(view: KnobView, wanted: KnobValue): boolean {
    const value = fitted(view, wanted);
    return value !== null && value !== view.value;
  }

  const presses = (id: KnobId) => Number(values.get(id) ?? 0);

  return {
    presses,
    shown(view) {
      views.set(view.id, view);
      // The hand may have moved between the program's start and the knob's making.
      const wanted = values.get(view.id);
      if (wanted !== undefined && differs(view, wanted)) write(view, wanted);
    },
    set(id, value) {
      values.set(id, value);
      const view = views.get(id);
      if (view !== undefined) write(view, value);
    },
    press(id) {
      const view = views.get(id);
      if (view?.kind !== "button") return null;
      const count = presses(id) + 1;
      values.set(id, count);
      write(view, count);
      return view;
    },
    of: (cell) => Object.fromEntries([...values].filter(([id]) => id.startsWith(`${cell}/`))),
    forget() {
      for (const [id, { kind }] of views) if (kind === "button") values.delete(id);
      views = new Map();
    },
  };
}
