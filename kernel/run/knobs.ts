/** Knobs: their ids, where their values live, which run has read them, and what answers a press. */
import { applyControl, type Control, KNOB_SLOTS } from "../hosts/control.ts";
import { TEXT_SLOTS } from "../hosts/text-slots.ts";
import {
  fromSlot,
  KNOB_MIME,
  type KnobId,
  type KnobSpec,
  type KnobValue,
  type KnobView,
  TEXT_UNITS,
  toSlot,
} from "../knobs.ts";
import type { CellId, MimeBundle } from "../protocol.ts";
import type { Run, RunContext } from "./run.ts";
import type { KnobSetting } from "../training.ts";
import type { FigureControl, FigurePlace, Kept, KnobHandle, LiveDisplay } from "./surface.ts";

export interface Knobs {
  /**
   * The knob of this run with this label, at the reader's value if there is one, shown under it.
   * `pressed` is called for each press of a button.
   * @throws RangeError beyond 512 knobs, or 64 texts.
   */
  make(run: Run, spec: KnobSpec, pressed?: () => unknown): KnobHandle<KnobValue>;
  /** The place of the next figure of this kind that the run makes. */
  place(run: Run, kind: string): KnobPlace;
  /** The knobs that a run has read so far, with what it read last. */
  settings(run: Run): readonly KnobSetting[];
  /** Draws a figure: it follows the knobs read meanwhile, and its cell does not. */
  draw<T>(follower: Follower, render: () => T): T;
  /** Knobs read meanwhile are read for the kernel: no cell and no figure follows them. */
  unnoted<T>(work: () => T): T;
  /** Has figures drawn again whose knobs have moved since. */
  follow(): void;
  /** The cell runs anew: its figures of before follow nothing any more. */
  release(cell: CellId): void;
  /**
   * A button has been pressed so often. The run that made it, if a function of its cell answers; null
   * when there is none.
   */
  pressed(button: KnobId, presses: number): Run | null;
  /**
   * Answers the presses that no function has answered yet, in the order in which buttons were made.
   * What the functions give, which may be promises.
   */
  answerPresses(): unknown[];
}

export interface KnobsOptions {
  readonly control: Control;
  readonly context: RunContext;
  readonly show: (run: Run, render: () => MimeBundle) => LiveDisplay;
  /** Calls a function for the run that made it; what it throws is told there. */
  readonly call: (run: Run, answer: () => unknown) => unknown;
}

/** A figure that is drawn again when a knob it was given moves. */
export interface Follower {
  readonly cell: CellId;
  invalidate(): void;
}

/** Where a figure stands, as far as knobs go; `key` names it in every run of its cell. */
export interface KnobPlace extends Pick<
  FigurePlace,
  "memory" | "control" | "knob" | "keep" | "settings"
> {
  readonly key: string;
}

/** Where one knob's value is read and set. */
interface Place {
  readonly slot: number;
  now(): KnobValue;
  /** A value that such a knob cannot have changes nothing. */
  set(value: KnobValue): void;
}

interface Answer {
  readonly run: Run;
  readonly pressed: () => unknown;
  readonly slot: number;
  answered: number;
}

function haveMoved(read: ReadonlyMap<Place, KnobValue>): boolean {
  return Array.from(read).some(([place, value]) => place.now() !== value);
}

/** Places that controls of figures leave to knobs. */
const KEPT_SLOTS = 128;

export function createKnobs({ control, context, show, call }: KnobsOptions): Knobs {
  const numbers = new Map<KnobId, number>();
  const texts = new Map<KnobId, number>();
  const answers = new Map<KnobId, Answer>();
  /** What each figure has read of knobs when it was drawn last. */
  const followers = new Map<Follower, ReadonlyMap<Place, KnobValue>>();
  let drawing: Map<Place, KnobValue> | null = null;
  /** What the figures of a place leave to each other. */
  const memories = new Map<string, object>();
  const settings = new WeakMap<Run, Map<KnobId, KnobSetting>>();

  function slotOf(id: KnobId, spec: KnobSpec): number {
    const [slots, limit, what] =
      spec.kind === "text"
        ? ([texts, TEXT_SLOTS, "texts"] as const)
        : ([numbers, KNOB_SLOTS, "knobs"] as const);
    const known = slots.get(id);
    if (known !== undefined) return known;
    if (slots.size >= limit) {
      throw new RangeError(
        `ui.${spec.kind}: this notebook has ${limit} ${what} already, restart it`,
      );
    }
    slots.set(id, slots.size);
    return slots.size - 1;
  }

  function hasRoom(id: KnobId): boolean {
    return numbers.has(id) || numbers.size < KNOB_SLOTS - KEPT_SLOTS;
  }

  function numberPlace(slot: number, spec: KnobSpec): Place {
    const set = (value: KnobValue) => {
      const stored = toSlot(spec, value);
      if (stored !== null) control.knobs[slot] = stored;
    };
    set(spec.value);
    return { slot, now: () => fromSlot(spec, control.knobs[slot] ?? 0), set };
  }

  /** The newer of what the reader has typed, which is in the block, and what a program has set. */
  function textPlace(slot: number, spec: KnobSpec): Place {
    let seen = control.texts.version(slot);
    let text = String(spec.value);
    return {
      slot,
      now() {
        const version = control.texts.version(slot);
        if (version !== seen) {
          text = control.texts.read(slot);
          seen = version;
        }
        return text;
      },
      set(value) {
        if (typeof value !== "string") return;
        text = value.slice(0, TEXT_UNITS);
        seen = control.texts.version(slot);
      },
    };
  }

  /** The same cell, label and count give the same id in every run. */
  function nextId(run: Run, label: string): KnobId {
    const count = (run.knobLabels.get(label) ?? 0) + 1;
    run.knobLabels.set(label, count);
    return `${run.cell}/${label}${count === 1 ? "" : `#${count}`}` as KnobId;
  }

  function placeOf(run: Run, id: KnobId, spec: KnobSpec): Place {
    const slot = slotOf(id, spec);
    const place = spec.kind === "text" ? textPlace(slot, spec) : numberPlace(slot, spec);
    const wanted = run.knobValues[id];
    if (wanted !== undefined) place.set(wanted);
    return place;
  }

  function noteRead(id: KnobId, spec: KnobSpec, value: KnobValue): void {
    const run = context.current();
    if (run === null) return;
    run.readKnobs.add(id);
    if (spec.kind === "button") return;
    const read = settings.get(run);
    const setting = { id, label: spec.label, value };
    if (read === undefined) settings.set(run, new Map([[id, setting]]));
    else read.set(id, setting);
  }

  const settingsOf = (run: Run) => [...(settings.get(run)?.values() ?? [])];

  /** A knob that is drawn with the figure `key`; `note` hears of each look that is not a drawing's. */
  function drawnWith<Spec extends KnobSpec>(
    run: Run,
    key: string,
    spec: Spec,
    note: (id: KnobId, spec: KnobSpec, value: KnobValue) => void,
  ): FigureControl<Spec["value"]> {
    const id = `${key} ${spec.label}` as KnobId;
    // A cell may make more figures than there are places for knobs: they are drawn as they are.
    if (!hasRoom(id)) return { read: () => spec.value, peek: () => spec.value, view: () => null };
    const place = placeOf(run, id, spec);
    const peek = () => place.now() as Spec["value"]; // a place gives its own spec's kind
    return {
      peek,
      read() {
        const value = peek();
        if (drawing !== null) drawing.set(place, value);
        else note(id, spec, value);
        return value;
      },
      view: () => ({ ...spec, id, slot: place.slot, value: place.now() }) as KnobView,
    };
  }

  /** Does `work` as a drawing of its own, and tells it which knobs it has read. */
  function listen<T>(work: (read: ReadonlyMap<Place, KnobValue>) => T): T {
    const outer = drawing;
    const read = new Map<Place, KnobValue>();
    drawing = read;
    try {
      return work(read);
    } finally {
      drawing = outer;
    }
  }

  function keep<T>(work: () => T): Kept<T> {
    let kept: { readonly value: T; readonly read: ReadonlyMap<Place, KnobValue> } | null = null;
    return {
      read() {
        if (kept === null || haveMoved(kept.read))
          kept = listen((read) => ({ value: work(), read }));
        for (const [place, value] of kept.read) drawing?.set(place, value);
        return kept.value;
      },
      forget: () => void (kept = null),
    };
  }

  return {
    place(run, kind) {
      const key = nextId(run, `figure ${kind}`);
      return {
        key,
        memory<T extends object>(first: () => T): T {
          const held = memories.get(key) ?? first();
          memories.set(key, held);
          // One kind of figure keeps one kind of memory.
          return held as T;
        },
        control: (spec) => drawnWith(run, key, spec, () => {}),
        knob: (spec) => drawnWith(run, key, spec, noteRead),
        keep,
        settings: () => new Map(settingsOf(run).map(({ label, value }) => [label, value])),
      };
    },
    settings: settingsOf,
    make(run, spec, pressed) {
      const id = nextId(run, spec.label);
      const place = placeOf(run, id, spec);
      const { slot } = place;
      answers.delete(id);
      if (pressed !== undefined) {
        answers.set(id, { run, pressed, slot, answered: control.knobs[slot] ?? 0 });
      }
      const displays = new Map<CellId, LiveDisplay>();
      const render = (): MimeBundle => {
        // What a place gives is of the kind that its own spec has.
        const view = { ...spec, id, slot, value: place.now() } as KnobView;
        const text = spec.kind === "button" ? spec.label : `${spec.label}: ${String(view.value)}`;
        return { [KNOB_MIME]: view, "text/plain": text };
      };
      const shownBy = new WeakSet<Run>();
      const showUnder = (viewer: Run) => {
        if (shownBy.has(viewer)) return;
        shownBy.add(viewer);
        displays.set(viewer.cell, show(viewer, render));
      };
      showUnder(run);
      return {
        id,
        read() {
          const value = place.now();
          if (drawing !== null) drawing.set(place, value);
          else noteRead(id, spec, value);
          return value;
        },
        peek: place.now,
        turn(value) {
          place.set(value);
          for (const display of displays.values()) display.invalidate();
        },
        show() {
          const viewer = context.current();
          if (viewer !== null) showUnder(viewer);
        },
      };
    },
    draw(follower, render) {
      return listen((read) => {
        try {
          return render();
        } finally {
          if (read.size > 0) followers.set(follower, read);
          else followers.delete(follower);
        }
      });
    },
    unnoted: (work) => listen(() => work()),
    follow() {
      for (const [follower, read] of followers) if (haveMoved(read)) follower.invalidate();
    },
    release(cell) {
      for (const follower of followers.keys())
        if (follower.cell === cell) followers.delete(follower);
    },
    pressed(button, presses) {
      const answer = answers.get(button);
      if (answer === undefined) return null;
      applyControl(control, { kind: "press", slot: answer.slot, value: presses });
      return answer.run;
    },
    answerPresses() {
      const given: unknown[] = [];
      for (const answer of answers.values()) {
        const presses = control.knobs[answer.slot] ?? 0;
        while (answer.answered < presses) {
          // Counted before: a function that stops or fails is not called for the same press again.
          answer.answered += 1;
          given.push(call(answer.run, answer.pressed));
        }
      }
      return given;
    },
  };
}
