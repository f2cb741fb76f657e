/**
 * How runs that train began: what names stood for, the values of networks and optimisers, the random
 * generator. So that a cell can be run again from there, with the same random numbers or with others.
 */
import type { CellId } from "../protocol.ts";
import type { Frame } from "../tensor/io/frame.ts";
import type { GeneratorState } from "../tensor/random.ts";
import type { Start } from "../training.ts";
import type { ScopeSnapshot } from "./scope.ts";

/** More is not kept, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Seeds for cells that set none are below this, so that they can be typed. */
const SEEDS = 1_000_000;

export interface StartSource {
  /** A network's, an optimiser's or a tensor's values; null for what has none. */
  readonly keep: (value: unknown) => Frame | null;
  /** About how many bytes that takes. */
  readonly sizeOf: (value: unknown) => number;
  readonly restore: (frame: Frame, into?: Frame) => void;
  readonly same: (one: Frame, other: Frame) => boolean;
  readonly generator: () => GeneratorState;
  readonly setGenerator: (state: GeneratorState) => void;
  readonly manualSeed: (seed: number) => unknown;
  readonly seeds: { shift: number; last: number | null };
}

interface Begun {
  readonly values: ScopeSnapshot;
  /** Null: they were too large to be kept. */
  readonly frames: ReadonlyMap<string, Frame> | null;
  readonly generator: GeneratorState;
  readonly shift: number;
  /** What the run has left of the names that it wrote. */
  readonly after: ReadonlyMap<string, unknown>;
}

export interface StartsOptions {
  readonly source: StartSource;
  readonly values: () => ScopeSnapshot;
  readonly rebind: (name: string, value: unknown) => void;
  /** Says what the reader must know. */
  readonly tell: (sentence: string) => void;
  readonly random?: () => number;
}

export interface Starts {
  /** Whether it is known how the cell's last run began. */
  has(cell: CellId): boolean;
  /** A run of the cell begins: it is put back where its last one began, if that is wanted. */
  begin(cell: CellId, start: Start): void;
  /** It has ended and wrote these names; a start is kept only of what trains. */
  settle(cell: CellId, trained: boolean, wrote: readonly string[]): void;
}

export function createStarts(options: StartsOptions): Starts {
  const { source, values, rebind, tell, random = Math.random } = options;
  const { seeds } = source;
  const starts = new Map<CellId, Begun>();
  let current: Begun | null = null;

  function goBack(begun: Begun, isNewSeed: boolean): void {
    const now = values();
    for (const [name, left] of begun.after) {
      const isOurs = Object.is(now.get(name), left);
      // What another cell has made since stays, with the values that it had here where they fit.
      if (isOurs && begun.values.has(name)) rebind(name, begun.values.get(name));
    }
    for (const [name, frame] of begun.frames ?? []) {
      const value = now.get(name);
      const into = Object.is(value, begun.values.get(name)) ? null : source.keep(value);
      if (into === null) source.restore(frame);
      else source.restore(frame, into);
    }
    if (begun.frames === null) {
      tell("The networks here are too large to be kept as they were: they begin as they are now.");
    }
    source.setGenerator(begun.generator);
    // For a cell that sets no seed itself.
    if (isNewSeed) source.manualSeed(Math.floor(random() * SEEDS));
    seeds.shift = begun.shift + (isNewSeed ? 1 : 0);
  }

  function framesOf(now: ScopeSnapshot): ReadonlyMap<string, Frame> | null {
    let bytes = 0;
    for (const value of now.values()) bytes += source.sizeOf(value);
    if (bytes > MOST_BYTES) return null;
    const frames = new Map<string, Frame>();
    for (const [name, value] of now) {
      const frame = source.keep(value);
      if (frame !== null) frames.set(name, frame);
    }
    return frames;
  }

  /** What the run has trained of what was there; other cells may train the rest meanwhile. */
  function changed({ values: before, frames }: Begun, now: ScopeSnapshot): Begun["frames"] {
    if (frames === null) return null;
    const isChanged = ([name, frame]: readonly [string, Frame]) => {
      const value = now.get(name);
      if (!Object.is(value, before.get(name))) return false;
      const kept = source.keep(value);
      return kept !== null && !source.same(frame, kept);
    };
    return new Map([...frames].filter(isChanged));
  }

  return {
    has: (cell) => starts.has(cell),
    begin(cell, start) {
      const before = starts.get(cell);
      seeds.shift = 0;
      if (start !== "run" && before !== undefined) goBack(before, start === "new seed");
      const now = values();
      current = {
        values: now,
        frames: framesOf(now),
        generator: source.generator(),
        shift: seeds.shift,
        after: new Map(),
      };
    },
    settle(cell, trained, wrote) {
      seeds.shift = 0;
      if (current !== null && trained) {
        const now = values();
        const left = new Set(wrote);
        const after = new Map([...now].filter(([name]) => left.has(name)));
        starts.set(cell, { ...current, after, frames: changed(current, now) });
      }
      current = null;
    },
  };
}
